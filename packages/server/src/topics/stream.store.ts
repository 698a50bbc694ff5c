/** The log of each stream at rest: every statement on engine_streams, engine_log and engine_held. */
import { sql } from 'kysely';
import type { Db, Trx } from '../platform/db.ts';
import { behind, type Cursor, type Followed, readAfter } from '../platform/follow.ts';
import type { Batch, LogBody, LogEntry } from './stream.ts';

declare module '../platform/database.ts' {
  interface Database {
    engine_streams: StreamsTable;
    engine_log: LogTable;
    engine_held: HeldTable;
  }
}

/** bigint comes as text from the driver; the counts here stay far below 2^53. */
interface StreamsTable {
  compartment: string;
  next_position: string;
  items: string;
  false_alerts_per_week: number;
  follow_cursor: string;
}

interface LogTable {
  compartment: string;
  position: string | number;
  at: Date;
  kind: string;
  body: unknown;
  items: string | number;
}

interface HeldTable {
  batch_id: string;
  compartment: string;
  import_id: string;
  row_count: number;
  run_id: string | null;
}

const BATCHES: Followed = { table: 'intake_batches', key: { column: 'id', type: 'bigint' } };

export interface Stream {
  readonly compartment: string;
  readonly nextPosition: number;
  readonly items: number;
  readonly falseAlertsPerWeek: number;
  readonly cursor: Cursor;
}

export async function loadStream(db: Db, compartment: string): Promise<Stream | undefined> {
  const row = await db
    .selectFrom('engine_streams')
    .selectAll()
    .where('compartment', '=', compartment)
    .executeTakeFirst();
  return row && asStream(row);
}

/** How many false alerts a week are bearable here; float4 in the table, so the digits beyond it are cut. */
export async function budgetOf(db: Db, compartment: string): Promise<number> {
  return Number(((await loadStream(db, compartment))?.falseAlertsPerWeek ?? 1).toPrecision(6));
}

/** The stream's row, locked to the end of the transaction: whoever holds it gives the next position. */
export async function lockStream(trx: Trx, compartment: string): Promise<Stream> {
  await sql`insert into engine_streams (compartment) values (${compartment}) on conflict do nothing`.execute(trx);
  const streams = trx.selectFrom('engine_streams').selectAll().where('compartment', '=', compartment).forUpdate();
  return asStream(await streams.executeTakeFirstOrThrow());
}

const asStream = (row: StreamsTable): Stream => ({
  compartment: row.compartment,
  nextPosition: Number(row.next_position),
  items: Number(row.items),
  falseAlertsPerWeek: row.false_alerts_per_week,
  cursor: row.follow_cursor || null,
});

export async function saveCursor(trx: Trx, compartment: string, cursor: Cursor): Promise<void> {
  const row = { follow_cursor: cursor ?? '' };
  await trx.updateTable('engine_streams').set(row).where('compartment', '=', compartment).execute();
}

export async function saveBudget(trx: Trx, compartment: string, falseAlertsPerWeek: number): Promise<void> {
  const row = { false_alerts_per_week: falseAlertsPerWeek };
  await trx.updateTable('engine_streams').set(row).where('compartment', '=', compartment).execute();
}

export interface NewEntry {
  readonly body: LogBody;
  /** Signals that it brings. */
  readonly items: number;
}

/** Appends in the given order. The stream must be locked, or two writers would give one position twice. */
export async function appendEntries(trx: Trx, stream: Stream, at: Date, entries: readonly NewEntry[]): Promise<Stream> {
  if (entries.length === 0) return stream;
  let { items, nextPosition } = stream;
  const rows = entries.map((entry) => {
    const { kind, ...body } = entry.body;
    items += entry.items;
    return { compartment: stream.compartment, position: nextPosition++, at, kind, body: JSON.stringify(body), items };
  });
  await trx.insertInto('engine_log').values(rows).execute();
  await trx
    .updateTable('engine_streams')
    .set({ next_position: String(nextPosition), items: String(items) })
    .where('compartment', '=', stream.compartment)
    .execute();
  return { ...stream, items, nextPosition };
}

export async function readLog(db: Db, compartment: string, after: number, limit: number): Promise<LogEntry[]> {
  const rows = await db
    .selectFrom('engine_log')
    .select(['position', 'kind', 'body', 'items'])
    .where('compartment', '=', compartment)
    .where('position', '>', after)
    .orderBy('position')
    .limit(limit)
    .execute();
  return rows.map(({ position, kind, body, items }) => {
    return { ...(body as object), kind, position: Number(position), items: Number(items) } as LogEntry;
  });
}

/** What intake has written since `after`, as far as it is settled. */
export async function nextBatches(db: Db, after: Cursor, limit: number): Promise<{ batches: Batch[]; cursor: Cursor }> {
  const { rows, cursor } = await readAfter<BatchRow>(db, BATCHES, after, limit);
  return { batches: rows.map((row) => ({ id: row.id, importId: row.import_id, rowCount: row.row_count })), cursor };
}

/** Whether there are batches that may not be read yet because an older transaction, of whatever database, is still open. */
export async function isUnsettled(db: Db): Promise<boolean> {
  const { rows } = await sql<{ unsettled: boolean }>`
    select exists (select from intake_batches where xid >= pg_snapshot_xmin(pg_current_snapshot())) as unsettled`.execute(
    db,
  );
  return rows[0]!.unsettled;
}

interface BatchRow {
  id: string;
  import_id: string | null;
  row_count: number;
}

export async function holdBatches(trx: Trx, compartment: string, batches: readonly Batch[]): Promise<void> {
  if (batches.length === 0) return;
  const rows = batches.map(({ id, importId, rowCount }) => {
    return { batch_id: id, compartment, import_id: importId!, row_count: rowCount, run_id: null };
  });
  await trx.insertInto('engine_held').values(rows).execute();
}

/** Imports with batches about which nothing is decided yet. */
export async function heldImports(db: Db, compartment: string): Promise<string[]> {
  const held = db.selectFrom('engine_held').select('import_id').distinct().where('run_id', 'is', null);
  const rows = await held.where('compartment', '=', compartment).orderBy('import_id').execute();
  return rows.map((row) => row.import_id);
}

export async function heldOf(db: Db, importId: string): Promise<Batch[]> {
  const rows = await db
    .selectFrom('engine_held')
    .select(['batch_id as id', 'import_id as importId', 'row_count as rowCount'])
    .where('import_id', '=', importId)
    .where('run_id', 'is', null)
    .orderBy('batch_id')
    .execute();
  return rows;
}

export async function releaseHeld(trx: Trx, importId: string): Promise<void> {
  await trx.deleteFrom('engine_held').where('import_id', '=', importId).where('run_id', 'is', null).execute();
}

/** From now on these batches are read by that run and by nobody else. */
export async function giveHeldTo(trx: Trx, importId: string, runId: string): Promise<void> {
  const held = trx.updateTable('engine_held').set({ run_id: runId });
  await held.where('import_id', '=', importId).where('run_id', 'is', null).execute();
}

/** Signals that no run has been given: of unfinished imports, and of batches beyond the cursor. */
export async function countUngiven(db: Db, { compartment, cursor }: Stream): Promise<number> {
  const held = await db
    .selectFrom('engine_held')
    .select(({ fn }) => fn.coalesce(fn.sum<string>('row_count'), sql<string>`0`).as('rows'))
    .where('compartment', '=', compartment)
    .where('run_id', 'is', null)
    .executeTakeFirstOrThrow();
  const { rows } = await sql<{ rows: string }>`
    select coalesce(sum(row_count), 0) as rows from intake_batches
     where compartment = ${compartment} and ${behind(cursor, BATCHES.key)}`.execute(db);
  return Number(held.rows) + Number(rows[0]!.rows);
}
