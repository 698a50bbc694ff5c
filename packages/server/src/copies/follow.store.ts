/** What the follower reads of intake, and how far it has come. Signals and batches are never written here. */
import type { KnownCopy } from '@groundswell/analytics';
import { sql } from 'kysely';
import type { Db, Trx } from '../platform/db.ts';
import { behind, type Cursor, readAfter } from '../platform/follow.ts';
import { BATCHES, type BatchRow } from '../signals/index.ts';
import type { Said } from './copies.ts';

declare module '../platform/database.ts' {
  interface Database {
    copy_cursors: { compartment: string; cursor: unknown; version: number };
  }
}

export interface Place {
  readonly cursor: Cursor;
  /** 0 before the first batch. */
  readonly version: number;
}

export async function loadPlace(db: Db, compartment: string): Promise<Place> {
  const found = db.selectFrom('copy_cursors').select(['cursor', 'version']).where('compartment', '=', compartment);
  const row = await found.executeTakeFirst();
  return { cursor: (row?.cursor as Cursor | undefined) ?? null, version: row?.version ?? 0 };
}

/** Moves on from the place that was seen; false if somebody else has moved meanwhile. */
export async function movePlace(trx: Trx, compartment: string, seen: Place, cursor: Cursor): Promise<boolean> {
  const { rows } = await sql`
    insert into copy_cursors as c (compartment, cursor, version)
    values (${compartment}, to_jsonb(${cursor}::text), ${seen.version + 1})
    on conflict (compartment) do update set cursor = excluded.cursor, version = excluded.version
     where c.version = ${seen.version}
    returning 1`.execute(trx);
  return rows.length === 1;
}

export interface NextBatches {
  readonly ids: readonly string[];
  readonly cursor: Cursor;
}

/** The next batches, as many as hold at most `rows` signals; at least one if there is any. */
export async function nextBatches(db: Db, after: Cursor, rows: number): Promise<NextBatches> {
  const most = await readAfter<BatchRow>(db, BATCHES, after, BATCHES_AT_ONCE);
  let sum = 0;
  let fit = 0;
  for (const batch of most.rows) {
    sum += batch.row_count;
    if (fit > 0 && sum > rows) break;
    fit++;
  }
  const some = fit === most.rows.length ? most : await readAfter<BatchRow>(db, BATCHES, after, fit);
  return { ids: some.rows.map(({ id }) => id), cursor: some.cursor };
}
const BATCHES_AT_ONCE = 200;

const SAID = sql`
  s.signal_id as id, s.item_id as "itemId", s.at, s.received_at as "receivedAt", s.title, s.text, s.length, s.author,
  s.language, s.source_id as "sourceId", s.replaces, s.arrived_latest as "arrivedLatest", s.latest`;

/** The signals of these batches in an order that never changes. */
export async function readBatches(db: Db, ids: readonly string[]): Promise<Said[]> {
  const { rows } = await sql<Said>`
    select ${SAID} from unnest(${ids}::bigint[]) with ordinality b (id, nth) join signals s on s.batch_id = b.id
     order by b.nth, s.at, s.signal_id`.execute(db);
  return rows;
}

export async function readSignals(db: Db, ids: readonly string[]): Promise<Said[]> {
  const { rows } = await sql<Said>`select ${SAID} from signals s where s.signal_id = any(${ids}::uuid[])`.execute(db);
  return rows;
}

/**
 * Ids of the batches up to `cursor` that brought the last `rows` signals, the oldest first, and how many each brought;
 * none that came more than `forMs` before the last of them.
 */
export async function lastBatches(db: Db, cursor: Cursor, rows: number, forMs: number): Promise<[string, number][]> {
  if (cursor === null) return [];
  const { rows: found } = await sql<{ id: string; rowCount: number }>`
    select id, row_count as "rowCount" from (
      select id, xid, row_count, received_at, max(received_at) over () as last_at,
             sum(row_count) over (order by xid desc, id desc) - row_count as later
        from intake_batches where not ${behind(cursor, BATCHES.key)}) b
     where later < ${rows} and received_at >= last_at - ${forMs} * interval '1 millisecond' order by xid, id`.execute(
    db,
  );
  return found.map(({ id, rowCount }) => [id, rowCount]);
}

/** Of these signals, which belong to a group: by the signal that the group began with. */
export async function knownCopies(db: Db, ids: readonly string[]): Promise<Map<string, KnownCopy>> {
  const { rows } = await sql<KnownCopy & { id: string }>`
    select c.signal_id as id, g.first_signal_id as "group", c.exact
      from signal_copies c join copy_groups g on g.id = c.group_id where c.signal_id = any(${ids}::uuid[])`.execute(db);
  return new Map(rows.map(({ id, group, exact }) => [id, { group, exact }]));
}

/** Signals of this compartment that arrived and were not compared yet. */
export async function countWaiting(db: Db, compartment: string): Promise<number> {
  const { cursor } = await loadPlace(db, compartment);
  const { rows } = await sql<{ rows: string }>`
    select coalesce(sum(row_count), 0) as rows from intake_batches
     where compartment = ${compartment} and ${behind(cursor, BATCHES.key)}`.execute(db);
  return Number(rows[0]!.rows);
}

/** Whether there are batches that may not be read yet because an older transaction is still open. */
export async function isUnsettled(db: Db): Promise<boolean> {
  const { rows } = await sql<{ unsettled: boolean }>`
    select exists (select from intake_batches where xid >= pg_snapshot_xmin(pg_current_snapshot())) as unsettled`.execute(
    db,
  );
  return rows[0]!.unsettled;
}
