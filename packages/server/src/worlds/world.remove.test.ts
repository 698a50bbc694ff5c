/** What is left of a world that was removed: nothing. Every table of every schema is counted, so none can be forgotten. */

import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type Caller, openHouse, type TestHouse } from '../../test/house.ts';
import { openSessionLocks } from '../platform/session-locks.ts';
import { mergeValues } from '../signals/dictionary.actions.ts';
import { type AtWork, atWork, inside, opened, SMALL, stateOf, steer, TINY } from './world.fixture.ts';

let house: TestHouse;
let lead: Caller;
let work: AtWork | null = null;
beforeEach(async () => {
  house = await openHouse();
  lead = house.as('lead');
  const { body: source } = await house.as('admin').post('/api/sources', { name: 'ours', kind: 'ticket' });
  const signal = { id: 'one', ts: house.now().toISOString(), text: 'our own signal stays', author: 'ana' };
  await lead.post(`/api/signals?source=${source.id}`, [signal]);
  await lead.get('/api/home');
  work = atWork(house);
  // What the engine and the copies write of our own signal is counted before a world is opened, however late they read it:
  // transactions of other databases hold them back.
  const read = `select (select count(*) from engine_streams) > 0 and (select count(*) from copy_cursors) > 0 as both`;
  await expect.poll(async () => (await house.owner.query(read)).rows[0].both, { timeout: 60_000 }).toBe(true);
});
afterEach(async () => {
  await work?.halt();
  work = null;
  await house.close();
});

/** Names of kinds of jobs stay, like the names of our tables. */
const NAMES = 'graphile_worker._private_tasks';

/** Rows by table, but for what was done to worlds, which is part of the record of the house. */
async function counts(): Promise<Record<string, number>> {
  const { rows } = await house.owner.query(
    `select format('%I.%I', n.nspname, c.relname) as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
      where c.relkind = 'r' and n.nspname !~ '^pg_' and n.nspname <> 'information_schema' order by 1`,
  );
  const found: Record<string, number> = {};
  for (const { name } of rows) {
    if (name === NAMES) continue;
    const ours = `(select id from events where name like 'world.%' and compartment = 'open')`;
    const kept = {
      'public.events': `where id not in ${ours}`,
      'public.event_payloads': `where event_id not in ${ours}`,
    };
    const where = kept[name as keyof typeof kept] ?? '';
    found[name] = (await house.owner.query(`select count(*)::int as n from ${name} ${where}`)).rows[0].n;
  }
  return found;
}

/** Once nothing is to be done any more. */
async function settled(): Promise<Record<string, number>> {
  await work?.stop();
  await house.drainJobs();
  const found = await counts();
  work = atWork(house);
  return found;
}

const remove = (who: Caller, number: number) => who.delete(`/api/worlds/${number}`);

test('after a whole drill, with everything that can be done in it, no row is left', { timeout: 180_000 }, async () => {
  const before = await settled();
  const { number } = await opened(lead, { ...SMALL, kind: 'drill', speed: 600 });
  await work!.until(number, 'playing');
  const here = inside(lead, number);
  const listed = async () => (await here.get('/api/issues')).body.issues as { key: string }[];
  await expect.poll(async () => (await listed()).length, { timeout: 60_000 }).toBeGreaterThan(0);
  const issues = await listed();
  const issue = (await here.get(`/api/issues/${issues[0]!.key}`)).body;
  const titled = { version: issue.version, title: 'what a trainee calls it' };
  expect((await here.post(`/api/issues/${issue.key}/title`, titled)).status).toBe(200);
  await here.put('/api/detection/open', { falseAlertsPerWeek: 3 });
  expect((await lead.post(`/api/worlds/${number}/notes`, { text: 'many cannot upload' })).status).toBe(200);
  const compartment = `sample_${number}`;
  const merger = { ...house.as('admin'), compartments: [compartment] };
  const [one, other] = (await here.get('/api/dimensions/country')).body.values.map(
    ({ value }: { value: string }) => value,
  );
  await mergeValues(house.tools, merger, 'country', { compartment, from: [one], to: other });
  await steer(lead, number, 'close');
  expect((await lead.get(`/api/worlds/${number}/debrief`)).status).toBe(200);
  const full = await counts();
  const filled = Object.keys(full).filter((name) => full[name]! > (before[name] ?? 0));
  for (const table of [
    'signals',
    'topics',
    'issues',
    'events',
    'dimension_merges',
    'world_notes',
    'engine_checkpoints',
  ]) {
    expect(filled).toContain(`public.${table}`); // there was something to leave behind
  }

  expect((await remove(lead, number)).status).toBe(200);
  await work!.until(number, null);
  expect(await settled()).toEqual(before);
  const { rows } = await house.owner.query(
    `select name from events where compartment = 'open' and name like 'world.%' order by seq`,
  );
  expect(rows.map(({ name }) => name)).toEqual(['world.opened', 'world.closed', 'world.removed']);
});

test('removed while it is filled, read or played, it leaves nothing either', { timeout: 180_000 }, async () => {
  const before = await settled();
  for (const state of ['filling', 'reading', 'playing'] as const) {
    const { number } = await opened(lead, { ...TINY, speed: 600 });
    if (state !== 'filling') await work!.until(number, state);
    else while ((await counts())['public.signals']! < 2) await sleep(20);
    expect((await remove(lead, number)).status).toBe(200);
    expect((await remove(lead, number)).status).toBe(200); // asked twice
    await work!.until(number, null);
    expect(await settled(), state).toEqual(before);
    expect((await lead.get(`/api/worlds/${number}`)).status).toBe(404);
  }
});

test('it waits for threads that may still write there, and for nobody else', { timeout: 60_000 }, async () => {
  const before = await settled();
  const { number } = await opened(lead, TINY);
  await work!.until(number, 'paused');
  const locks = openSessionLocks(house.app, 4_747_002);
  expect(await locks.mayWork(`sample_${number}`)).toBe(true);
  await remove(lead, number);
  await sleep(5_000);
  expect(await stateOf(house, number)).toBe('removing');
  await locks.letGo(`sample_${number}`);
  await work!.until(number, null);
  await locks.release();
  expect(await settled()).toEqual(before);
});

test('who opened it removes it, or who manages people; nobody else', async () => {
  const { number } = await opened(lead, TINY);
  const other = house.as('specialist');
  expect((await remove(other, number)).body).toMatchObject({ code: 'access.not_allowed' });
  expect((await remove(house.as('viewer'), number)).status).toBe(403);
  expect((await remove(house.as('admin'), number)).status).toBe(200);
});

test('the database removes nothing but what is in a world that is marked for it', async () => {
  const { number } = await opened(lead, TINY);
  await work!.until(number, 'paused');
  const [{ id }] = (await house.owner.query('select id from worlds')).rows;
  const refused = (pool: typeof house.app, statement: string) => expect(pool.query(statement)).rejects;
  await refused(house.app, `select app.sweep_world('${id}', 1000)`).toThrow('not marked for removal');
  await refused(house.app, `select app.forget_world('${id}')`).toThrow('not marked for removal');
  await refused(house.app, `select app.sweep_world('${house.unusedId}', 1000)`).toThrow('not marked for removal');
  for (const statement of [
    `delete from events where compartment = 'sample_${number}'`,
    'delete from worlds',
    `insert into compartments (name, title, world) values ('mine', 'mine', '${id}')`,
    `update compartments set world = null`,
    `select app.is_of_world('open')`,
  ]) {
    await refused(house.app, statement).toThrow('permission denied');
  }
  // People make compartments of the house, but only as somebody inside; and never one of a world.
  await refused(house.app, `insert into compartments (name, title) values ('mine', 'mine')`).toThrow(
    'row-level security',
  );
  // Not even the owner: the record of the house stays, and the house cannot be made part of a world.
  await refused(house.owner, `delete from events where compartment = 'open'`).toThrow('append-only');
  await refused(house.owner, 'delete from events').toThrow('append-only');
  await refused(house.owner, `update events set name = 'x' where compartment = 'sample_${number}'`).toThrow(
    'append-only',
  );
  await refused(house.owner, 'truncate events cascade').toThrow('append-only');
  await refused(house.owner, `update compartments set world = '${id}' where name = 'open'`).toThrow(
    'neither becomes part',
  );
  await refused(house.owner, `update compartments set world = null where name = 'sample_${number}'`).toThrow('neither');
});
