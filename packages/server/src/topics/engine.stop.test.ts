import { afterAll, beforeAll, expect, test } from 'vitest';
import { openHouse, type TestHouse } from '../../test/house.ts';
import type { Gate } from '../platform/db.ts';
import { openLog } from '../platform/log.ts';
import { openEngine, runEngine } from './engine.ts';
import { giveSignals, sayings } from './grammar.fixture.ts';
import { USUAL_PACE } from './machine.ts';

const log = openLog('silent');
const BATCHES = 30;
const ROWS = 20;

let house: TestHouse;
beforeAll(async () => {
  house = await openHouse();
  const start = new Date(house.now().getTime() - 86_400_000);
  await giveSignals(house, sayings({ seed: 9, start, days: 1, perDay: BATCHES * ROWS }), {
    source: 'feedback',
    batchRows: ROWS,
  });
});
afterAll(() => house.close());

const run = async () =>
  (await house.owner.query('select items::int, position::int, applied::int from engine_runs')).rows[0];

/** Asks to stop while the `nth` read of the database is on its way. */
function asksAt(db: Gate, nth: number, stop: AbortController): Gate {
  let reads = 0;
  return {
    change: db.change,
    as: (actor, fn) => {
      if (++reads === nth) stop.abort();
      return db.as(actor, fn);
    },
  };
}

test('a stop is heard in the middle of a turn: what was read is stored, and the next engine reads on from there', async () => {
  const stop = new AbortController();
  const { db, clock } = house.tools;
  // The names of the compartments, the stored state, the log, and then the batches one by one.
  const bench = { db: asksAt(db, 6, stop), clock, log, stop: stop.signal };
  await runEngine(bench, openEngine(bench, { ...USUAL_PACE, itemsPerTurn: BATCHES * ROWS }), stop.signal);
  const left = await run();
  expect(left.applied).toBeGreaterThan(0);
  expect(left.applied).toBeLessThan(6);
  expect(left).toEqual({ items: left.applied * ROWS, position: left.applied, applied: left.applied });

  await openEngine({ db, clock, log }).drain();
  expect(await run()).toMatchObject({ items: BATCHES * ROWS, applied: BATCHES });
});
