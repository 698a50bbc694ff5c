/** A server of somebody else's: here another database, and other logins, of the cluster that the tests share. */
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { MIGRATIONS, openHouse, type TestHouse } from '../../test/house.ts';
import { type Config, readConfig } from './config.ts';
import { withClient } from './embedded-postgres.ts';
import { openLog } from './log.ts';
import { openPostgres } from './postgres.ts';
import { ensureAppRole } from './postgres-roles.ts';

let house: TestHouse;
let root: string;
beforeAll(async () => {
  house = await openHouse({ slices: [] });
  root = house.urlFor('superuser');
});
afterAll(() => house.close());

const log = openLog('silent');
let owner: { url: string; name: string };
beforeEach(async () => {
  const name = `theirs_${randomUUID().slice(0, 8)}`;
  const url = new URL(root);
  [url.username, url.password, url.pathname] = [name, 'hunter2', name];
  owner = { url: url.href, name };
  await withClient(root, (client) => client.query(`create role ${name} login password 'hunter2'`));
  await withClient(root, (client) => client.query(`create database ${name} owner ${name}`));
  return () =>
    withClient(root, async (client) => {
      await client.query(`drop database ${name} with (force)`);
      await client.query(`drop role ${name}`);
    });
});

function config(more: NodeJS.ProcessEnv): Config {
  return readConfig({ DATABASE_URL: owner.url, ...more });
}

test('the given login migrates, the other one serves, and search is said to be unindexed until it is prepared', async () => {
  const postgres = await openPostgres(config({ DATABASE_APP_URL: appUrl() }), MIGRATIONS, log);
  const who = async (pool: typeof postgres.appPool) => (await pool.query('select current_user as who')).rows[0].who;

  expect([await who(postgres.ownerPool), await who(postgres.appPool)]).toEqual([owner.name, 'gs_app']);
  expect((await postgres.appPool.query('select from events')).rowCount).toBe(0);
  await postgres.close();
});

/** The cluster's own `gs_app`, in the other database. */
function appUrl(): string {
  const url = new URL(house.urlFor('app'));
  url.pathname = owner.name;
  return url.href;
}

test('an app login that could step over the wall stops the start', async () => {
  const url = new URL(root);
  url.pathname = owner.name;
  for (const unsafe of [url.href, owner.url]) {
    const start = openPostgres(config({ DATABASE_APP_URL: unsafe }), MIGRATIONS, log);
    await expect(start).rejects.toThrow(/cannot serve requests: it (is, or may become|owns)/);
  }
});

test('an owner who may not create the missing role is told what to ask for', async () => {
  const ensure = withClient(owner.url, (client) => ensureAppRole(client, 'gs_missing', 'secret'));
  await expect(ensure).rejects.toThrow(/may not create roles.*Nothing was changed.*DATABASE_APP_URL.*CREATEROLE/s);
});

test('without a login for the app, its password follows from the owner’s; a role with another one is not overwritten', async () => {
  const start = openPostgres(config({}), MIGRATIONS, log);
  await expect(start).rejects.toThrow(/could not be opened with the login gs_app: password.*DATABASE_APP_URL/s);
});

test('a server that cannot be reached is named, and its password is not', async () => {
  const url = new URL(owner.url);
  url.port = '1';
  const start = openPostgres(readConfig({ DATABASE_URL: url.href }), MIGRATIONS, log).catch((error) => error.message);
  expect(await start).toMatch(/127\.0\.0\.1:1 could not be opened with DATABASE_URL: .*ECONNREFUSED/s);
  expect(await start).not.toContain('hunter2');
});
