/**
 * Following a table without a hole. Numbers from a sequence commit out of order: whoever remembers "I have read up to 7"
 * misses a 6 that commits later. Here rows carry the id of their transaction, and are read only once every transaction
 * that began before theirs has ended; the order is (transaction, key), and so is the cursor. The price: one transaction
 * that stays open holds back everything after it, which is why the app's pool ends those that idle.
 *
 * The table has `xid xid8 not null default pg_current_xact_id()` and an index on (xid, key).
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { Refusal } from '@groundswell/contract';
import { type RawBuilder, sql } from 'kysely';
import { z } from 'zod';
import type { Asker, Db, Gate } from './db.ts';

export interface Followed {
  readonly table: string;
  /** What orders the rows of one transaction; unique among them. */
  readonly key: { readonly column: string; readonly type: 'bigint' | 'uuid' | 'text' };
  /** Further conditions. A row that fails them now and would meet them later is missed: test what never changes. */
  readonly where?: RawBuilder<boolean>;
}

export const EVENTS: Followed = { table: 'events', key: { column: 'seq', type: 'bigint' } };

/** Opaque to callers; null stands before the first row. */
export type Cursor = string | null;

export interface Batch<Row> {
  readonly rows: Row[];
  /** Where to go on: the last row, or the given cursor if there was none. */
  readonly cursor: Cursor;
}

/** The next rows after `after`, as far as they are settled. */
export async function readAfter<Row>(
  db: Db,
  { table, key, where }: Followed,
  after: Cursor,
  limit: number,
): Promise<Batch<Row>> {
  const order = sql.ref(key.column);
  const { rows } = await sql<Row & { follow_xid: string; follow_key: string }>`
    select *, xid::text as follow_xid, ${order}::text as follow_key from ${sql.table(table)}
     where xid < pg_snapshot_xmin(pg_current_snapshot())
       and ${behind(after, key)}
       ${where ? sql`and ${where}` : sql``}
     order by xid, ${order} limit ${limit}`.execute(db);
  const last = rows.at(-1);
  return { rows, cursor: last ? writeCursor(last.follow_xid, last.follow_key) : after };
}

/** The rows behind a cursor, settled or not: a condition for counting what is still to come, never for reading it. */
export function behind(cursor: Cursor, { column, type }: Followed['key']): RawBuilder<boolean> {
  if (cursor === null) return sql`true`;
  const { xid, key } = readCursor(cursor);
  if (key === null) return sql`xid >= ${xid}::xid8`;
  return sql`(xid, ${sql.ref(column)}) > (${xid}::xid8, ${key}::${sql.raw(type)})`;
}

/** Where the settled rows end at this moment: to follow from now on, without the past. */
export async function endOf(db: Db): Promise<Cursor> {
  const { rows } = await sql<{ xmin: string }>`
    select pg_snapshot_xmin(pg_current_snapshot())::text as xmin`.execute(db);
  return writeCursor(rows[0]!.xmin, null);
}

export interface FollowOptions<Row> {
  readonly db: Gate;
  /** Under whose wall: rows that they may not see are passed over, not waited for. */
  readonly actor: Asker;
  readonly source: Followed;
  readonly from: Cursor;
  readonly batch: number;
  /** Called with one batch at a time, in order. It keeps the cursor together with what it does; if it throws, following ends. */
  readonly onRows: (batch: Batch<Row>) => Promise<void>;
  readonly bell: Bell;
  readonly signal: AbortSignal;
  readonly pollMs?: number;
}

/** What wakes followers: see bell.ts. */
export interface Bell {
  /** Resolves at the next ring, after `ms`, or when `signal` aborts. */
  wait(ms: number, signal: AbortSignal): Promise<void>;
}

/** A bell that never rings: its followers only poll. */
export const SILENCE: Bell = {
  wait: (ms, signal) => sleep(ms, undefined, { signal }).catch(() => {}),
};

/** The poll is no fallback for lost notices alone: a row may settle after its notice, when an older transaction ends. */
const POLL_MS = 500;

/** Delivers every row once and in order, until `signal` aborts. */
export async function follow<Row>(options: FollowOptions<Row>): Promise<void> {
  const { db, actor, source, batch, onRows, bell, signal, pollMs = POLL_MS } = options;
  let cursor = options.from;
  while (!signal.aborted) {
    const rung = bell.wait(pollMs, signal); // listening before reading: nothing falls between the two
    const next = await db.as(actor, (reader) => readAfter<Row>(reader, source, cursor, batch));
    if (next.rows.length > 0) {
      await onRows(next);
      cursor = next.cursor;
    }
    if (next.rows.length < batch) await rung;
  }
}

function writeCursor(xid: string, key: string | null): string {
  return Buffer.from(JSON.stringify(key === null ? [xid] : [xid, key])).toString('base64url');
}

/** Cursors come back from outside: anything that we have not written is refused. */
export function readCursor(cursor: string): { xid: string; key: string | null } {
  try {
    const [xid, key] = Position.parse(JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8')));
    return { xid, key: key ?? null };
  } catch {
    throw new Refusal('request.invalid', 'This position is not one that was given out. Start again without one.');
  }
}

const Position = z.tuple([z.string().regex(/^\d{1,20}$/), z.string().max(200).optional()]);
