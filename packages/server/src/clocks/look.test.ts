import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { type Caller, openHouse, type TestHouse } from '../../test/house.ts';
import { beginClocks } from '../cases/index.ts';
import { lookAround } from './look.actions.ts';

const MINUTE = 60_000;
const MONDAY = new Date('2026-03-02T09:00:00.000Z');

let house: TestHouse;
let ana: Caller;
let counsel: Caller;
beforeAll(async () => {
  house = await openHouse();
  ana = house.as('specialist');
  await house.givenCompartment('legal');
  counsel = house.as({ name: 'counsel', compartments: ['legal'], can: [...house.as('lead').can] });
  for (const who of [ana, counsel]) await who.get('/api/session');
}, 120_000);
afterAll(() => house.close());
beforeEach(async () => {
  house.clock.set(MONDAY);
  await house.owner.query('delete from clock_events; delete from clocks; delete from clock_items');
  await house.owner.query(`delete from graphile_worker._private_jobs`);
});

/** P0 by a law of an hour: acknowledged within 5 minutes, contained within 15, and by the law within 60. */
const open = async (who = ana, said: object = {}) => {
  const { status, body } = await who.post('/api/cases', {
    ...{ kind: 'investigation', facts: { legal: 'eu_terrorist_order' } },
    ...said,
  });
  expect(status, JSON.stringify(body)).toBe(200);
  return body;
};
const look = (compartment = 'open') => lookAround(house.tools, compartment, beginClocks);
const after = (minutes: number) => house.clock.set(new Date(MONDAY.getTime() + minutes * MINUTE));

/** `acknowledge/house/1 50% +2.5`: of a case, in minutes from Monday morning. */
const marks = async (id: string): Promise<string[]> => {
  const { rows } = await house.owner.query(
    `select key, share, at from clock_events where kind in ('warn', 'breach') and item_id = $1 order by at, key`,
    [id],
  );
  return rows.map(({ key, share, at }) => `${key} ${share * 100}% +${(at.getTime() - MONDAY.getTime()) / MINUTE}`);
};
const told = async (id?: string): Promise<string[]> =>
  (await house.events())
    .filter(({ name, subject }) => name.startsWith('case.clock_') && (id === undefined || subject.id === id))
    .map(({ name, payload }) => `${name} ${(payload as { key: string }).key}`);

test('each mark is found in its time, and says when the next one is due', async () => {
  const { id } = await open();
  expect(await look()).toEqual(new Date(MONDAY.getTime() + 2.5 * MINUTE + 1));
  after(2.5);
  await look();
  expect(await marks(id), 'in the very millisecond it is still in time').toEqual([]);
  house.clock.advance(1);
  await look();
  expect(await marks(id)).toEqual(['acknowledge/house/1 50% +2.5']);
  expect(await told(id)).toEqual(['case.clock_warned acknowledge/house/1']);
  after(6);
  await look();
  expect(await marks(id)).toEqual([
    'acknowledge/house/1 50% +2.5',
    'acknowledge/house/1 75% +3.75',
    'acknowledge/house/1 90% +4.5',
    'acknowledge/house/1 100% +5',
  ]);
  expect((await told(id)).at(-1)).toBe('case.clock_breached acknowledge/house/1');
  const { clock } = (await ana.get(`/api/cases/${id}`)).body;
  expect(clock).toMatchObject({ metric: 'acknowledge', breached: true, remainingMs: -MINUTE, share: 1.2 });
});

test('after a night without a look every mark has its own moment, one line a clock is told, and a second look finds nothing', async () => {
  const { id } = await open();
  after(70);
  await look();
  expect(await marks(id)).toHaveLength(12);
  expect(await marks(id)).toContain('containment/eu_terrorist_order/1 75% +45');
  expect((await told(id)).sort()).toEqual([
    'case.clock_breached acknowledge/house/1',
    'case.clock_breached containment/eu_terrorist_order/1',
    'case.clock_breached containment/house/1',
  ]);
  expect(await look()).toBeNull();
  await look();
  expect(await marks(id)).toHaveLength(12);
  expect(await told(id)).toHaveLength(3);
});

test('two that look at once, and people who take the same cases meanwhile, leave each mark once', async () => {
  const cases = [];
  for (let i = 0; i < 130; i++) cases.push(await open());
  after(4);
  const taken = cases
    .slice(0, 20)
    .map(({ id, version }) => ana.put(`/api/cases/${id}/owner`, { version, owner: ana.id }));
  const replies = await Promise.all([look(), look(), look(), ...taken].map((one) => one.catch((error) => error)));
  expect(replies.filter((one) => one instanceof Error)).toEqual([]);
  expect(replies.slice(3).map((one) => (one as { status: number }).status)).toEqual(taken.map(() => 200));
  await look();
  for (const { id } of cases) {
    expect(await marks(id), id).toEqual(['acknowledge/house/1 50% +2.5', 'acknowledge/house/1 75% +3.75']);
  }
  const ids = new Set(cases.map(({ id }) => id));
  const lines = (await house.events()).filter(
    ({ name, subject }) => name === 'case.clock_warned' && ids.has(subject.id),
  );
  expect(lines).toHaveLength(130);
  const { rows } = await house.owner.query(`select phase, count(*)::int as n from clocks where metric = 'acknowledge'
    group by 1 order by 1`);
  expect(rows).toEqual([
    { phase: 'fulfilled', n: 20 },
    { phase: 'running', n: 110 },
  ]);
});

test('cut off between any two steps, nothing is kept of it, and the next look leaves each mark once', async () => {
  const cases = [await open(), await open(), await open()];
  after(3);
  for (const table of ['clock_events', 'clocks', 'clock_items', 'events', 'event_payloads']) {
    await house.owner.query(`create function cut() returns trigger language plpgsql security definer as $$
      begin perform pg_terminate_backend(pg_backend_pid()); return new; end $$`);
    await house.owner.query(
      `create trigger cut after insert or update on ${table} for each row execute function cut()`,
    );
    await expect(look(), table).rejects.toThrow();
    await house.owner.query(`drop trigger cut on ${table}; drop function cut`);
    for (const { id } of cases) {
      expect(await marks(id), table).toEqual([]);
      expect(await told(id), table).toEqual([]);
    }
  }
  await look();
  for (const { id } of cases) {
    expect(await marks(id)).toEqual(['acknowledge/house/1 50% +2.5']);
    expect(await told(id)).toHaveLength(1);
  }
});

test('a record that is broken holds up nobody, is said, and is left alone for an hour', async () => {
  const [broken, sound] = [await open(), await open()];
  await house.owner.query(
    `update clock_events set event = jsonb_set(event, '{pin,calendar,version}', '99') where item_id = $1 and kind = 'apply'`,
    [broken.id],
  );
  after(3);
  await expect(look()).rejects.toThrow('1 items have clocks that cannot be counted');
  expect(await marks(sound.id)).toHaveLength(1);
  expect(await marks(broken.id)).toEqual([]);
  await look();
  const { rows } = await house.owner.query('select look_at from clock_items where item_id = $1', [broken.id]);
  expect(rows[0].look_at).toEqual(new Date(MONDAY.getTime() + 63 * MINUTE));
});

test('what is due within a minute is put into the queue at its moment, once however many wait for it', async () => {
  const jobs = async () =>
    (
      await house.owner.query(`select key, round(extract(epoch from run_at - now()))::int as seconds
       from graphile_worker._private_jobs where key like 'clocks.look %' order by run_at`)
    ).rows;
  const cases = [await open(), await open()];
  expect(await jobs(), 'two and a half minutes are left to the rounds').toEqual([]);
  after(4);
  for (const { id, version } of cases) await ana.put(`/api/cases/${id}`, { version, title: 'Look here' });
  const [job, ...more] = await jobs();
  expect(more.length).toBeLessThanOrEqual(1); // two seconds, when one passes meanwhile
  expect(job.seconds).toBeGreaterThanOrEqual(28);
  expect(job.seconds).toBeLessThanOrEqual(32);
  after(4.6);
  await house.owner.query(`update graphile_worker._private_jobs set run_at = now()`);
  await house.drainJobs();
  for (const { id } of cases) expect((await marks(id)).at(-1)).toBe('acknowledge/house/1 90% +4.5');
});

test('whoever looks behind one wall finds nothing behind another; the round looks behind all', async () => {
  const { id } = await open(counsel, { compartment: 'legal' });
  after(3);
  expect(await look('open')).toBeNull();
  expect(await marks(id)).toEqual([]);
  await look('legal');
  expect(await marks(id)).toHaveLength(1);
  const line = (await house.events()).find(({ name, subject }) => name === 'case.clock_warned' && subject.id === id);
  expect(line).toMatchObject({ compartment: 'legal', actor: 'system.reactions' });
});

test('events of clocks are added and never changed, and a mark cannot be written twice', async () => {
  const { id } = await open();
  after(3);
  await look();
  for (const change of [`update clock_events set at = now()`, `delete from clock_events`]) {
    await expect(house.app.query(change)).rejects.toThrow('permission denied');
  }
  const again = house.owner.query(
    `insert into clock_events select item_id, key, seq + 1, compartment, at, kind, version, share, event from clock_events
      where item_id = $1 and kind = 'warn'`,
    [id],
  );
  await expect(again).rejects.toThrow('clock_events_mark');
});
