import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openLog } from '../platform/log.ts';
import { registry } from '../platform/metrics.ts';
import { type CopiesHouse, openCopiesHouse } from './copies.fixture.ts';
import { startCopiesThread } from './copies.thread.ts';

const ENTRY = new URL('../app/copies-worker.ts', import.meta.url);
const CALL = 'Bring back the old payout schedule now, creators cannot pay their rent with promises';

let house: CopiesHouse;
beforeAll(async () => {
  house = await openCopiesHouse();
});
afterAll(() => house.close());

const found = async () => (await house.owner.query('select signals from copy_groups')).rows;

async function until(signals: number): Promise<void> {
  for (let i = 0; i < 300; i++) {
    if ((await found())[0]?.signals === signals) return;
    await sleep(50);
  }
  throw new Error(`The thread has not found ${signals} copies within 15 seconds.`);
}

test('the thread compares what comes in soon after, is measured, stops cleanly, and the next goes on from there', async () => {
  const source = await house.givenSource('Play Store');
  const thread = {
    entry: ENTRY,
    orders: { appUrl: house.urlFor('app'), logLevel: 'fatal' },
    db: house.tools.db,
    log: openLog('silent'),
  };
  const stop = startCopiesThread(thread);
  await house.send(
    source,
    ['a', 'b'].map((id) => ({ id, text: CALL, author: id })),
  );
  await until(2);
  const began = performance.now();
  await house.send(source, [{ id: 'c', text: CALL, author: 'c' }]);
  await until(3);
  expect(performance.now() - began).toBeLessThan(5_000); // a second on a quiet machine
  const waiting = async () =>
    (await registry.getSingleMetric('groundswell_copies_waiting_signals')!.get()).values[0]!.value;
  expect(await waiting()).toBe(0);
  await stop();

  await house.send(source, [{ id: 'd', text: CALL, author: 'd' }]);
  await sleep(300);
  expect(await waiting()).toBe(1);
  const stopNext = startCopiesThread(thread);
  await until(4);
  await stopNext();
  expect((await house.owner.query('select count(*)::int as n from signal_copies')).rows).toEqual([{ n: 4 }]);
}, 60_000);
