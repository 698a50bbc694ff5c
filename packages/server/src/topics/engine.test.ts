import { deflateSync } from 'node:zlib';
import type { PoolClient } from 'pg';
import { afterEach, describe, expect, test } from 'vitest';
import { openHouse, type TestHouse } from '../../test/house.ts';
import type { Gate } from '../platform/db.ts';
import { openLog } from '../platform/log.ts';
import { openLocks } from './engine.lock.ts';
import { type Engine, openEngine } from './engine.ts';
import { giveSignals, type Said, sayings } from './grammar.fixture.ts';
import { USUAL_PACE } from './machine.ts';

const log = openLog('silent');
const ALWAYS = { ...USUAL_PACE, saveEveryMs: 0, itemsPerTurn: 60 };
const NEVER = { ...ALWAYS, saveEveryMs: 1e12 };

const houses: TestHouse[] = [];
afterEach(async () => {
  for (const house of houses.splice(0)) await house.close();
});

async function aHouse(): Promise<TestHouse> {
  const house = await openHouse();
  houses.push(house);
  return house;
}

const engineOf = (house: TestHouse, pace = ALWAYS): Engine => openEngine({ ...house.tools, log }, pace);

const DAYS = 12;
const BURST = { day: 10, count: 40 };

function twoWeeks(house: TestHouse, seed = 1): Said[] {
  const start = new Date(house.now().getTime() - DAYS * 86_400_000);
  return sayings({ seed, start, days: DAYS, perDay: 40, burst: BURST });
}

/** Everything that the engine has said, without when it was written down. */
async function said(house: TestHouse) {
  const read = async (query: string) => (await house.owner.query(query)).rows;
  return {
    topics: await read(`select to_jsonb(t) - 'changed_at' as row from topics t order by id`),
    members: await read('select * from topic_signals order by signal_id'),
    alerts: await read('select * from alerts order by id'),
    events: (await house.events())
      .filter(({ name }) => name.startsWith('alert.'))
      .map(({ name, payload }) => ({ name, payload })),
    runs: await read('select id, state, applied, items, engine_at from engine_runs order by id'),
  };
}

test('a burst becomes one topic with one alert, with the signals that made it and what was expected', async () => {
  const house = await aHouse();
  const weeks = twoWeeks(house);
  const ids = await giveSignals(house, weeks, { source: 'feedback' });

  await engineOf(house).drain();

  const { topics, alerts, members, events, runs } = await said(house);
  expect(topics).toHaveLength(1);
  expect(alerts).toMatchObject([{ pattern: 'new', historical: false, compartment: 'open' }]);
  expect(alerts[0].observed).toBeGreaterThanOrEqual(30);
  expect(alerts[0].expected).toBeLessThan(3);
  const burst = new Set(ids.filter((_, i) => weeks[i]!.text.includes('ninety nine')));
  const hits = members.filter(({ topic_id, signal_id }) => topic_id === topics[0].row.id && burst.has(signal_id));
  expect(hits.length).toBeGreaterThanOrEqual(0.9 * burst.size);
  expect(events.filter(({ name }) => name === 'alert.raised')).toHaveLength(1);
  expect(runs).toMatchObject([{ state: 'running', items: String(weeks.length) }]);
});

/** A gate that dies at the n-th change: before it commits, or just after it has. */
function mortal(db: Gate, at: number, when: 'before' | 'after'): Gate {
  let changes = 0;
  return {
    as: db.as,
    change: async (actor, fn) => {
      const dies = ++changes === at;
      const done = await db.change(actor, async (trx) => {
        const result = await fn(trx);
        if (dies && when === 'before') throw new Error('killed');
        return result;
      });
      if (dies) throw new Error('killed');
      return done;
    },
  };
}

describe('a process that is killed', () => {
  test.each([1, 2, 3])(
    'anywhere and again leaves what it would have left alive, seed %i',
    async (seed) => {
      const [calm, rough] = [await aHouse(), await aHouse()];
      for (const house of [calm, rough])
        await giveSignals(house, twoWeeks(house, seed), { source: 'feedback', batchRows: 30 });
      await engineOf(calm).drain();

      let kills = 0;
      for (let life = 1; life < 40; life++) {
        const db = mortal(rough.tools.db, 1 + ((life * seed * 7) % 4), life % 2 ? 'before' : 'after');
        const engine = openEngine({ ...rough.tools, db, log }, life % 3 === 0 ? NEVER : ALWAYS);
        const died = await engine.drain().then(
          () => false,
          () => true,
        );
        if (!died) break;
        kills++;
      }
      await engineOf(rough).drain();

      expect(kills).toBeGreaterThan(5);
      expect(await said(rough)).toEqual(await said(calm));
    },
    60_000,
  );

  test('without a stored state, or with one that it cannot read, reads the log again and says the same', async () => {
    const house = await aHouse();
    await giveSignals(house, twoWeeks(house), { source: 'feedback' });
    await engineOf(house, NEVER).drain();
    const before = await said(house);

    await engineOf(house).drain();
    expect(await said(house)).toEqual(before);

    await house.owner.query(`update engine_runs set build = 'of last year'`);
    await engineOf(house).drain();
    expect(await said(house)).toEqual(before);

    await house.owner.query(`update engine_checkpoints set bytes = $1`, [deflateSync(Buffer.alloc(3))]);
    await house.owner.query('update engine_runs set state_bytes = 3');
    await engineOf(house).drain();
    expect(await said(house)).toEqual(before);
  });
});

test('two engines at once write each position once and say everything once', async () => {
  const [one, two] = [await aHouse(), await aHouse()];
  for (const house of [one, two]) await giveSignals(house, twoWeeks(house), { source: 'feedback', batchRows: 30 });
  await engineOf(one).drain();

  await Promise.all([engineOf(two).drain(), engineOf(two).drain()]);
  await engineOf(two).drain();

  expect(await said(two)).toEqual(await said(one));
  const { rows } = await two.owner.query('select position, body from engine_log order by position');
  expect(rows.map(({ position }) => Number(position))).toEqual(rows.map((_, i) => i + 1));
  expect(new Set(rows.map(({ body }) => body.batch)).size).toBe(rows.length);
});

test('only one process drives a compartment, and the next takes over when it has gone', async () => {
  const house = await aHouse();
  const [first, second] = [openLocks(house.app), openLocks(house.app)];

  expect(await first.mayDrive('open')).toBe(true);
  expect(await first.mayDrive('open')).toBe(true);
  expect(await second.mayDrive('open')).toBe(false);
  await first.release();
  expect(await second.mayDrive('open')).toBe(true);
  await second.release();
});

test('a batch that commits late is read, once, and nothing behind it is read before', async () => {
  const house = await aHouse();
  const weeks = twoWeeks(house);
  await giveSignals(house, weeks.slice(0, 100), { source: 'feedback' });
  const engine = engineOf(house);
  await engine.drain();
  const late = await openTransaction(house);
  await giveSignals(house, weeks.slice(0, 1), { source: 'late', via: late });
  for (let i = 0; i < 10; i++) {
    await giveSignals(house, weeks.slice(100 + i * 10, 110 + i * 10), { source: 'feedback' });
  }
  const items = async () => Number((await house.owner.query('select items from engine_runs')).rows[0].items);

  for (let i = 0; i < 5; i++) expect(await engine.turn()).toBe(0);
  expect(await items()).toBe(100);
  await late.query('commit');
  late.release();
  await engine.drain();

  expect(await items()).toBe(201);
  const { rows } = await house.owner.query(`select body ->> 'batch' as batch from engine_log where kind = 'signals'`);
  expect(rows).toHaveLength(12);
  expect(new Set(rows.map(({ batch }) => batch)).size).toBe(12);
});

async function openTransaction(house: TestHouse): Promise<PoolClient> {
  const client = await house.owner.connect();
  await client.query('begin');
  return client;
}

test('a batch whose rows cannot all be read yet holds back what is behind it', async () => {
  const house = await aHouse();
  await giveSignals(house, twoWeeks(house).slice(0, 50), { source: 'feedback', batchRows: 10 });
  await house.owner.query(
    'update intake_batches set row_count = 11 where id = (select min(id) + 2 from intake_batches)',
  );
  const items = async () => Number((await house.owner.query('select items from engine_runs')).rows[0].items);

  await engineOf(house).drain();
  expect(await items()).toBe(20);
});
