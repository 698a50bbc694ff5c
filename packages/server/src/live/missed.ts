/** What somebody missed since a position that they were given. */
import { SYSTEM } from '../access/index.ts';
import { type Cursor, EVENTS, endOf, readAfter, readCursor } from '../platform/follow.ts';
import type { Tools } from '../platform/tools.ts';
import { BATCH, type EventRow } from './watch.ts';

/** Beyond this many events nobody is told one by one. */
const CATCH_UP_MAX = 4 * BATCH;

export interface Missed {
  readonly rows: EventRow[];
  readonly cursor: Cursor;
}

/** Null when it is too much, or when this database never was where the position says: it was put back from a copy. */
export async function readMissed({ db }: Tools, compartments: readonly string[], from: string): Promise<Missed | null> {
  const rows: EventRow[] = [];
  let cursor: Cursor = from;
  for (;;) {
    const [horizon, batch] = await db.as(SYSTEM.live(compartments), async (reader) => {
      const next = await readAfter<EventRow>(reader, EVENTS, cursor, BATCH);
      return [await endOf(reader), next] as const;
    });
    if (BigInt(readCursor(from).xid) > BigInt(readCursor(horizon!).xid)) return null;
    rows.push(...batch.rows);
    cursor = batch.cursor;
    if (batch.rows.length < BATCH) return { rows, cursor };
    if (rows.length >= CATCH_UP_MAX) return null;
  }
}
