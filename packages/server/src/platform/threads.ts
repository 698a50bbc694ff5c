/** Work in a thread of its own, started again if it falls. The thread ends when it is sent any message. */
import { setTimeout as sleep } from 'node:timers/promises';
import { Worker } from 'node:worker_threads';
import type { Logger } from './log.ts';

export interface KeptThread {
  readonly entry: URL;
  /** What the thread is given at every start. */
  readonly orders: unknown;
  readonly log: Logger;
  /** What the log says of a fall. */
  readonly failed: string;
  /** How long it may take to put away its work. */
  readonly stopLimitMs?: number;
}

const RESTART_MS = 1_000;
const STOP_LIMIT_MS = 8_000; // of the twenty seconds that the whole house has

/**
 * Returns how to stop it: resolves when the thread has put away its work. One that is too deep in it is cut off: whatever
 * works in a thread must bear that at any moment, and goes on from what it has kept.
 */
export function keepThread({
  entry,
  orders,
  log,
  failed,
  stopLimitMs = STOP_LIMIT_MS,
}: KeptThread): () => Promise<void> {
  let stopping = false;
  let thread: Worker;
  const run = async (): Promise<void> => {
    while (!stopping) {
      thread = new Worker(entry, { workerData: orders });
      const ended = new Promise<number>((resolve) => thread.once('exit', resolve));
      thread.on('error', (err) => log.error({ err }, failed));
      await ended;
      if (!stopping) await sleep(RESTART_MS);
    }
  };
  const running = run();
  return async () => {
    stopping = true;
    thread.postMessage('stop');
    const late = setTimeout(() => {
      log.warn(
        { entry: entry.pathname },
        'a thread did not stop in time and is cut off; it goes on from what it has kept',
      );
      void thread.terminate();
    }, stopLimitMs);
    await running;
    clearTimeout(late);
  };
}
