/** The engine in a thread of its own, so that reading signals never makes a request wait; restarted if it falls. */
import { compartmentNames, SYSTEM } from '../access/index.ts';
import type { Gate } from '../platform/db.ts';
import type { Logger } from '../platform/log.ts';
import { gauge } from '../platform/metrics.ts';
import { keepThread } from '../platform/threads.ts';
import { liveRunId } from './identity.ts';
import { loadRun } from './run.store.ts';
import { loadStream } from './stream.store.ts';

/** What the thread is given: it opens a few database connections of its own. */
export interface EngineOrders {
  readonly appUrl: string;
  readonly logLevel: string;
}

export interface EngineThread {
  /** The file that runs in the thread: `app/engine-worker.ts`, or what the bundle made of it. */
  readonly entry: URL;
  readonly orders: EngineOrders;
  readonly db: Gate;
  readonly log: Logger;
}

/** Returns how to stop it: the state is stored first. */
export function startEngineThread({ entry, orders, db, log }: EngineThread): () => Promise<void> {
  gauge('groundswell_engine_waiting_entries', 'Log entries that the live engine has not read yet.', () => lagOf(db));
  gauge('groundswell_engine_items', 'Signals that the live engine has read.', () => itemsOf(db));
  return keepThread({ entry, orders, log, failed: 'the engine thread failed and is started again' });
}

async function lagOf(db: Gate): Promise<number> {
  return sumOver(db, async (compartment) => {
    return db.as(SYSTEM.engine(compartment), async (reader) => {
      const stream = await loadStream(reader, compartment);
      const run = await loadRun(reader, liveRunId(compartment));
      return stream ? stream.nextPosition - 1 - (run?.applied ?? 0) : 0;
    });
  });
}

async function itemsOf(db: Gate): Promise<number> {
  return sumOver(db, async (compartment) => {
    const run = await db.as(SYSTEM.engine(compartment), (reader) => loadRun(reader, liveRunId(compartment)));
    return run?.items ?? 0;
  });
}

async function sumOver(db: Gate, read: (compartment: string) => Promise<number>): Promise<number> {
  let sum = 0;
  for (const compartment of await compartmentNames(db)) sum += await read(compartment);
  return sum;
}
