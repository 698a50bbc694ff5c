/** The follower in a thread of its own: neither a request nor the detection engine makes it wait, nor waits for it. */
import { compartmentNames, SYSTEM } from '../access/index.ts';
import type { Gate } from '../platform/db.ts';
import type { Logger } from '../platform/log.ts';
import { gauge } from '../platform/metrics.ts';
import { keepThread } from '../platform/threads.ts';
import { countWaiting } from './follow.store.ts';

/** What the thread is given: it opens a few database connections of its own. */
export interface CopiesOrders {
  readonly appUrl: string;
  readonly logLevel: string;
}

export interface CopiesThread {
  /** The file that runs in the thread: `app/copies-worker.ts`, or what the bundle made of it. */
  readonly entry: URL;
  readonly orders: CopiesOrders;
  readonly db: Gate;
  readonly log: Logger;
}

/** Returns how to stop it. */
export function startCopiesThread({ entry, orders, db, log }: CopiesThread): () => Promise<void> {
  const help = 'Signals that were not compared with others yet.';
  gauge('groundswell_copies_waiting_signals', help, () => waitingOf(db));
  return keepThread({ entry, orders, log, failed: 'the thread for copied texts failed and is started again' });
}

async function waitingOf(db: Gate): Promise<number> {
  let sum = 0;
  for (const compartment of await compartmentNames(db)) {
    sum += await db.as(SYSTEM.copies(compartment), (reader) => countWaiting(reader, compartment));
  }
  return sum;
}
