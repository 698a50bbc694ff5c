/** What the engine reads of intake: signals and imports, never written here. */
import type { Item } from '@groundswell/analytics';
import { sql } from 'kysely';
import type { Db } from '../platform/db.ts';
import { type BatchSignal, COVERED_FROM, isPlaceholder, readBatch, withoutPlaceholders } from '../signals/index.ts';
import type { FinishedImport } from './stream.ts';

/** Of these imports, those that will bring no more rows. A failed one that is resumed brings its rest as a part of its own. */
export async function finishedImports(db: Db, ids: readonly string[]): Promise<FinishedImport[]> {
  const { rows } = await sql<{ id: string; sourceId: string; oldRows: string; rows: string; newRows: string }>`
    select id, source_id as "sourceId", old_rows as "oldRows", added + revised + unchanged as rows,
           added + revised as "newRows"
      from imports where id = any(${ids}::uuid[]) and state in ('done', 'failed', 'cancelled') order by id`.execute(db);
  return rows.map((row) => ({
    id: row.id,
    sourceId: row.sourceId,
    oldRows: Number(row.oldRows),
    rows: Number(row.rows),
    newRows: Number(row.newRows),
  }));
}

/** What could be read, and what of it the engine is given. */
export interface Reading {
  readonly rows: number;
  readonly items: Item[];
}

const SIGNAL = sql`s.signal_id as id, s.at, s.title, s.text, s.author, s.rating, s.dimensions, s.replaces, s.exposure, s.arrived_latest as "arrivedLatest"`;

/** The signals of one intake transaction, in an order that never changes. */
export async function takeBatch(db: Db, batchId: string): Promise<Reading> {
  return asReading(await readBatch(db, batchId));
}

/** Numbers `after` + 1 up to `after` + `limit` of what a history run has to read. */
export async function readHistory(db: Db, runId: string, after: number, limit: number): Promise<Reading> {
  const { rows } = await sql<BatchSignal>`
    select ${SIGNAL} from engine_history h join signals s on s.signal_id = h.signal_id
     where h.run_id = ${runId} and h.seq > ${after} and h.seq <= ${after + limit} order by h.seq`.execute(db);
  return asReading(rows);
}

const asReading = (rows: readonly BatchSignal[]): Reading => ({
  rows: rows.length,
  items: rows.filter((row) => row.arrivedLatest).map(asItem),
});

/**
 * What stands in the place of personal data is no word that anybody said: left in, a crowd that gives its addresses would
 * be grouped by them, and "email" would name it. A line end takes its place, so that what stood on its two sides is not
 * quoted as one phrase. A dimension that held nothing else is left out.
 */
const asItem = (row: BatchSignal): Item => ({
  id: row.id,
  at: row.at.getTime(),
  text: withoutPlaceholders(row.title === null ? row.text : `${row.title}\n${row.text}`, '\n'),
  author: row.author,
  rating: row.rating,
  dimensions: Object.values(row.dimensions).some(isPlaceholder)
    ? Object.fromEntries(Object.entries(row.dimensions).filter(([, value]) => !isPlaceholder(value)))
    : row.dimensions,
  replaces: row.replaces,
  covered: row.exposure >= COVERED_FROM,
});
