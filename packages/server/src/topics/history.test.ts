import { afterAll, beforeAll, expect, test } from 'vitest';
import { openHouse, type TestHouse } from '../../test/house.ts';
import { SYSTEM } from '../access/index.ts';
import type { Gate } from '../platform/db.ts';
import { openLog } from '../platform/log.ts';
import { openEngine } from './engine.ts';
import { fixedId, giveSignals, type Said, sayings } from './grammar.fixture.ts';
import { historyOf } from './history.ts';
import { USUAL_PACE } from './machine.ts';
import { writeLog } from './stream.actions.ts';

const log = openLog('silent');
const PACE = { ...USUAL_PACE, saveEveryMs: 0, itemsPerTurn: 200 };
const DAY_MS = 86_400_000;

let house: TestHouse;
beforeAll(async () => {
  house = await openHouse();
});
afterAll(() => house.close());

const drain = (db: Gate = house.tools.db) => openEngine({ ...house.tools, db, log }, PACE).drain();

async function givenImport(name: string, said: readonly Said[], oldRows: number): Promise<string> {
  const id = fixedId(`import ${name}`);
  await giveSignals(house, [], { source: name });
  await house.owner.query(
    `insert into imports (id, compartment, created_by, source_id, state, file_name, file_sha256, file_bytes, format, preview,
                          created_at, added, old_rows)
     values ($1, 'open', 'ana', $2, 'running', 'reviews.csv', '', 1, 'csv', '{}', $3, $4, $5)`,
    [id, fixedId(`source ${name}`), house.now(), said.length, oldRows],
  );
  await giveSignals(house, said, { source: name, importId: id });
  return id;
}

const finish = (id: string) => house.owner.query(`update imports set state = 'done' where id = $1`, [id]);
const progress = (id: string) =>
  house.tools.db.as(SYSTEM.engine('open'), async (db) => (await historyOf(db, [id])).get(id) ?? null);
const rows = async (query: string) => (await house.owner.query(query)).rows;

const counted = async () => {
  const { read, waiting } = (await house.as('lead').get('/api/detection')).body.streams[0];
  return { read, waiting };
};

const longAgo = new Date('2021-05-01T00:00:00Z');
const old = sayings({ seed: 5, start: longAgo, days: 14, perDay: 40, burst: { day: 11, count: 45 } });

test('what an import brings is held back until it is known whether that is news or history', async () => {
  // Shuffled: a file need not be in order of time.
  const mixed = [...old].sort((a, b) => (fixedId(a.text + a.at) < fixedId(b.text + b.at) ? -1 : 1));
  const id = await givenImport('reviews', mixed, mixed.length);

  await drain();

  expect(await rows('select * from engine_log')).toEqual([]);
  expect(await progress(id)).toBeNull();
  const { body } = await house
    .as('lead')
    .get('/api/detection')
    .catch(() => ({ body: null }));
  if (body?.streams) expect(body.streams[0]).toMatchObject({ read: 0, waiting: old.length });
});

test('mostly old rows are replayed in order of time, alerts are historical, and the live engine learns from it', async () => {
  const id = fixedId('import reviews');
  await finish(id);
  // Said before the engine has looked: whoever watches the import must not take it for a live one and turn away.
  expect(await progress(id)).toMatchObject({ state: 'waiting', read: 0, total: old.length });
  const gate = diesOnce(house.tools.db, 4);
  await expect(drain(gate)).rejects.toThrow('killed'); // in the middle of it
  const half = await progress(id);
  expect(half).toMatchObject({ state: 'running', total: old.length });
  expect(await counted()).toEqual({ read: half!.read, waiting: old.length - half!.read });
  await drain();

  expect(await progress(id)).toEqual({ state: 'done', read: old.length, total: old.length, alerts: 1, issues: 1 });
  const [alert] = await rows('select * from alerts');
  expect(alert).toMatchObject({ historical: true, pattern: 'new' });
  const burst = longAgo.getTime() + 11 * DAY_MS;
  expect(alert.onset_at.getTime()).toBeGreaterThanOrEqual(burst - DAY_MS);
  expect(alert.at.getTime()).toBeLessThan(burst + DAY_MS);
  expect(await rows('select kind, items from engine_log')).toEqual([{ kind: 'basis', items: '0' }]);
  const events = (await house.events()).filter(({ name }) => /^(alert\.raised|history)/.test(name));
  expect(events).toMatchObject([
    { name: 'alert.raised', payload: { historical: true } },
    { name: 'history.finished', subject: { kind: 'import', id }, payload: { importId: id, alerts: 1 } },
  ]);
  expect(await rows('select * from engine_held')).toEqual([]);
  expect(await rows('select * from engine_history')).toEqual([]);
  expect(await counted()).toEqual({ read: old.length, waiting: 0 });
});

function diesOnce(db: Gate, at: number): Gate {
  let changes = 0;
  return {
    as: db.as,
    change: (actor, fn) =>
      db.change(actor, async (trx) => {
        const done = await fn(trx);
        if (++changes === at) throw new Error('killed');
        return done;
      }),
  };
}

test('a topic of the past goes on as the same topic when people speak of it again', async () => {
  const [topic] = await rows('select id from topics');
  const again = old.filter(({ text }) => text.includes('ninety nine')).slice(0, 8);
  const now = again.map((one, i) => ({ ...one, at: new Date(house.now().getTime() - i * 60_000) }));
  const ids = await giveSignals(house, now, { source: 'feedback' });

  await drain();

  const members = await rows(`select signal_id from topic_signals where topic_id = '${topic.id}'`);
  const joined = ids.filter((id) => members.some(({ signal_id }) => signal_id === id));
  expect(joined.length).toBeGreaterThanOrEqual(6);
  expect(await rows('select id from topics')).toHaveLength(1);
});

test('an import of new rows is read live, like anything that is sent', async () => {
  const start = new Date(house.now().getTime() - DAY_MS);
  const fresh = sayings({ seed: 8, start, days: 1, perDay: 30 });
  const id = await givenImport('today', fresh, 3);
  await finish(id);
  await drain();

  expect(await progress(id)).toBeNull();
  const [run] = await rows('select items from engine_runs where import_id is null');
  expect(Number(run.items)).toBe(fresh.length + 8);
});

test('a run that fails every time is given up and says so, and the live engine goes on', async () => {
  const id = await givenImport('broken', old.slice(0, 50), 50);
  await finish(id);
  const runs = () => rows(`select id from engine_runs where import_id = '${id}'`);
  while ((await runs()).length === 0) await writeLog(house.tools, 'open');
  await house.owner.query(`update engine_runs set false_alerts_per_week = -1 where import_id = $1`, [id]);

  const engine = openEngine({ ...house.tools, log }, { ...PACE, pauseMs: 0 });
  for (let i = 0; i < 5; i++) await engine.turn();
  await drain();

  expect(await progress(id)).toMatchObject({ state: 'failed', read: 0, total: 50 });
  const [live] = await rows('select error, applied from engine_runs where import_id is null');
  const [stream] = await rows('select next_position - 1 as last from engine_streams');
  expect(live).toEqual({ error: null, applied: stream.last });
});
