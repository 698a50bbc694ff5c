/** Which batches this process is at work on: what it knows of its own requests, the database cannot know. */
import type { Gate } from '../platform/db.ts';

export interface Runner {
  /** True once the sender has hung up. */
  readonly gone: () => boolean;
  /** Resolves when the request has let go of its batch. */
  readonly ended: Promise<void>;
}

interface Runners {
  readonly atWork: Map<string, Runner>;
  /** Ended, but the database could not be told. */
  readonly unsaid: Set<string>;
}

const houses = new WeakMap<Gate, Runners>();

export function runnersOf(db: Gate): Runners {
  const found = houses.get(db) ?? { atWork: new Map<string, Runner>(), unsaid: new Set<string>() };
  houses.set(db, found);
  return found;
}
