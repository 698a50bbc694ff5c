import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Pool } from 'pg';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { openHouse, type TestHouse } from '../../test/house.ts';
import { openPool } from './db.ts';
import { withClient } from './embedded-postgres.ts';
import { openLog } from './log.ts';
import { migrate } from './migrate.ts';

let house: TestHouse;
let pool: Pool;
let folder: string;
let url: string;

/** Migrations are tried in an empty database beside the house. */
beforeAll(async () => {
  house = await openHouse({ slices: [] });
});
afterAll(() => house.close());

let count = 0;
beforeEach(async () => {
  const name = `migrate_${process.pid}_${++count}`;
  await withClient(house.urlFor('superuser'), (root) => root.query(`create database ${name} owner gs_owner`));
  const address = new URL(house.urlFor('owner'));
  address.pathname = name;
  url = address.href;
  pool = openPool(url, 'owner', openLog('silent'));
  folder = mkdtempSync(join(tmpdir(), 'groundswell-migrations-'));
  write('0001_first.sql', 'create table first (id int);');
  write('0002_second.sql', 'create table second (id int); insert into second values (1);');
  return async () => {
    await pool.end();
    rmSync(folder, { recursive: true });
    await withClient(house.urlFor('superuser'), (root) => root.query(`drop database ${name} with (force)`));
  };
});

const write = (name: string, text: string) => writeFileSync(join(folder, name), text);

test('each file once, in order, and later files later', async () => {
  expect(await migrate(pool, folder)).toEqual(['0001_first.sql', '0002_second.sql']);
  write('0003_third.sql', 'create table third ()');
  expect(await migrate(pool, folder)).toEqual(['0003_third.sql']);
  expect(await migrate(pool, folder)).toEqual([]);
});

test('a file that was changed after it had run is refused, and nothing else runs', async () => {
  await migrate(pool, folder);
  write('0001_first.sql', 'create table first (id bigint);');
  write('0003_third.sql', 'create table third ()');
  await expect(migrate(pool, folder)).rejects.toThrow('0001_first.sql was changed after it had been applied');
  expect((await pool.query("select to_regclass('third') as t")).rows[0].t).toBeNull();
});

test('turned line ends are no change', async () => {
  write('0001_first.sql', 'create table first (\n  id int\n);');
  await migrate(pool, folder);
  write('0001_first.sql', 'create table first (\r\n  id int\r\n);');
  expect(await migrate(pool, folder)).toEqual([]);
});

test('a database that is newer than the programme is refused', async () => {
  await migrate(pool, folder);
  rmSync(join(folder, '0002_second.sql'));
  await expect(migrate(pool, folder)).rejects.toThrow('the database is newer');
});

test('a file that fails is taken back whole, and those before it stay', async () => {
  write('0002_second.sql', 'create table second (id int); select 1 / 0;');
  await expect(migrate(pool, folder)).rejects.toThrow(
    '0002_second.sql failed and was taken back whole: division by zero',
  );
  const { rows } = await pool.query(
    "select to_regclass('first') is not null as first, to_regclass('second') is not null as second",
  );
  expect(rows).toEqual([{ first: true, second: false }]);
});

test('two that start at once apply each file once', async () => {
  const other = openPool(url, 'owner', openLog('silent'));
  const applied = await Promise.all([migrate(pool, folder), migrate(other, folder)]);
  await other.end();
  expect(applied.flat().sort()).toEqual(['0001_first.sql', '0002_second.sql']);
});
