import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openHouse, type TestHouse } from '../../test/house.ts';
import { openLog } from '../platform/log.ts';
import { registry } from '../platform/metrics.ts';
import { startEngineThread } from './engine.thread.ts';
import { giveSignals, sayings } from './grammar.fixture.ts';

const ENTRY = new URL('../app/engine-worker.ts', import.meta.url);
let house: TestHouse;
beforeAll(async () => {
  house = await openHouse();
});
afterAll(() => house.close());

const run = async () => (await house.owner.query('select items, position, applied from engine_runs')).rows[0];

async function until(items: number): Promise<void> {
  for (let i = 0; i < 300; i++) {
    if (Number((await run())?.items) === items) return;
    await sleep(100);
  }
  throw new Error(`The thread has not read ${items} signals within 30 seconds.`);
}

test('the thread reads what comes in, is measured, stores its state when it is stopped, and the next goes on from there', async () => {
  const orders = { appUrl: house.urlFor('app'), logLevel: 'fatal' };
  const thread = { entry: ENTRY, orders, db: house.tools.db, log: openLog('silent') };
  const said = sayings({ seed: 4, start: new Date(house.now().getTime() - 86_400_000), days: 1, perDay: 90 });
  const stop = startEngineThread(thread);
  await giveSignals(house, said.slice(0, 50), { source: 'feedback', batchRows: 25 });
  await until(50);
  const metric = async (name: string) => (await registry.getSingleMetric(name)!.get()).values[0]!.value;
  expect(await metric('groundswell_engine_items')).toBe(50);
  expect(await metric('groundswell_engine_waiting_entries')).toBe(0);
  await stop();
  expect(await run()).toEqual({ items: '50', position: '2', applied: '2' });

  await giveSignals(house, said.slice(50), { source: 'feedback', batchRows: 20 });
  const stopNext = startEngineThread(thread);
  await until(90);
  await stopNext();
  expect(await run()).toEqual({ items: '90', position: '4', applied: '4' });
}, 60_000);
