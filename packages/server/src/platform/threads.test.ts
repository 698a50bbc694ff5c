import { expect, test } from 'vitest';
import { openLog } from './log.ts';
import { keepThread } from './threads.ts';

const log = openLog('silent');
const threadOf = (code: string) => new URL(`data:text/javascript,${encodeURIComponent(code)}`);

/** Says over shared memory how often it has begun and whether it has put away its work. */
const SHARED = `import { parentPort, workerData } from 'node:worker_threads';
  const told = new Int32Array(workerData); Atomics.add(told, 0, 1);`;

async function begun(told: Int32Array, times: number): Promise<void> {
  await expect.poll(() => Atomics.load(told, 0), { timeout: 10_000, interval: 10 }).toBe(times);
}

test('a thread that falls is started again, and one that is asked to stop puts away its work first', async () => {
  const orders = new SharedArrayBuffer(8);
  const told = new Int32Array(orders);
  const code = `${SHARED} if (Atomics.load(told, 0) === 1) throw new Error('it falls');
    parentPort.on('message', () => { Atomics.add(told, 1, 1); parentPort.close(); });`;
  const stop = keepThread({ entry: threadOf(code), orders, log, failed: 'fell' });
  await begun(told, 2);
  await stop();
  expect([...told]).toEqual([2, 1]);
});

test('a thread that is too deep in its work to hear is cut off', async () => {
  const orders = new SharedArrayBuffer(8);
  const told = new Int32Array(orders);
  const stop = keepThread({ entry: threadOf(`${SHARED} for (;;);`), orders, log, failed: 'fell', stopLimitMs: 300 });
  await begun(told, 1);
  const asked = performance.now();
  await stop();
  expect(performance.now() - asked).toBeLessThan(3_000);
  expect([...told]).toEqual([1, 0]);
}, 10_000);
