/** Signals at rest: writing them, and reading them by what they are called. */
import type { SignalView } from '@groundswell/contract';
import { sql } from 'kysely';
import type { Db, Trx } from '../platform/db.ts';
import type { Followed } from '../platform/follow.ts';
import { dimensionsAsMerged } from './dictionary.merge.store.ts';
import type { Dimensions } from './dimensions.ts';
import type { Arrival, Known } from './revisions.ts';
import { indexWords } from './search-words.ts';
import { type KeptSignal, saidIn, viewSignal } from './signal.ts';
import type { Source } from './source.store.ts';

/** One row per intake transaction, kept together with its signals: what followers of signals follow. */
export const BATCHES: Followed = { table: 'intake_batches', key: { column: 'id', type: 'bigint' } };

/** A row of `BATCHES`, as `follow` reads it. */
export interface BatchRow {
  readonly id: string;
  readonly compartment: string;
  readonly source_id: string;
  readonly import_id: string | null;
  readonly row_count: number;
  readonly received_at: Date;
}

/**
 * Every revision that is known of these things, each asked for by itself: given a list of a thousand, PostgreSQL reads the
 * whole table as long as it has not counted how many things there are, which is what a large first import lives through.
 */
export async function loadKnown(db: Db, itemIds: readonly string[]): Promise<Known[]> {
  const { rows } = await sql<Known>`
    select known.* from unnest(${itemIds}::uuid[]) asked (item_id), lateral (
      select signal_id as "signalId", item_id as "itemId", revised_at as "revisedAt", at, latest
        from signals where item_id = asked.item_id offset 0) known`.execute(db);
  return rows;
}

export interface NewBatch {
  readonly source: Source;
  readonly receivedAt: Date;
  readonly importId: string | null;
  readonly arrivals: readonly Arrival[];
}

/**
 * All rows and their batch in one statement: 5,000 rows are one message and one plan. The primary key is the idempotency:
 * a row that exists, even where the caller cannot see it, is left as it is and not counted.
 */
export async function insertBatch(trx: Trx, { source, receivedAt, importId, arrivals }: NewBatch): Promise<void> {
  const { id: sourceId, compartment, kind } = source;
  await sql`
    with batch as materialized (select nextval('intake_batches_id_seq') as id),
    added as (
      insert into signals (signal_id, item_id, compartment, source_id, batch_id, external_id, revision, revised_at, latest,
        arrived_latest, replaces, at, received_at, kind, title, text, length, truncated, language, author, creator_tier,
        exposure, rating, dimensions, search)
      select "signalId", "itemId", ${compartment}, ${sourceId}::uuid, batch.id, "externalId", revision, "revisedAt", latest,
        latest, replaces, at, ${receivedAt}::timestamptz, ${kind}, title, text, length, truncated, language, author, "creatorTier",
        exposure, rating, dimensions, coalesce(vector, to_tsvector('simple', coalesce(words, concat_ws(' ', title, text))))
        from batch, json_to_recordset(${JSON.stringify(arrivals.map(withWords))}::json) as row (
          "signalId" uuid, "itemId" uuid, "externalId" text, revision text, "revisedAt" timestamptz, latest boolean,
          replaces uuid, at timestamptz, title text, text text, length int, truncated boolean, language text, author text,
          "creatorTier" text, exposure smallint, rating smallint, dimensions jsonb, words text, vector tsvector)
      on conflict do nothing
      returning 1)
    insert into intake_batches (id, compartment, source_id, import_id, row_count, received_at) overriding system value
    select batch.id, ${compartment}, ${sourceId}::uuid, ${importId}::uuid, added.rows, ${receivedAt}::timestamptz
      from batch, (select count(*)::int as rows from added) added where added.rows > 0`.execute(trx);
}

/** The words are made here and not with the draft: of many scripts they are far longer than the text, and drafts wait. */
function withWords({ found: _, ...arrival }: Arrival) {
  return { ...arrival, words: arrival.vector === null ? indexWords(saidIn(arrival)) : null };
}

export async function markSuperseded(trx: Trx, signalIds: readonly string[]): Promise<void> {
  if (signalIds.length === 0) return;
  await sql`update signals set latest = false where signal_id = any(${signalIds}::uuid[])`.execute(trx);
}

/** A signal of a batch. */
export interface BatchSignal {
  readonly id: string;
  readonly at: Date;
  readonly title: string | null;
  readonly text: string;
  readonly author: string | null;
  readonly rating: number | null;
  readonly exposure: number;
  readonly dimensions: Dimensions;
  /** What was latest before it; null for a new thing. */
  readonly replaces: string | null;
  /** False for a revision that was out of date when it came: it takes nobody's place and is not counted. */
  readonly arrivedLatest: boolean;
}

/** All signals of one batch in an order that never changes; none of what is read here ever changes either. */
export async function readBatch(db: Db, batchId: string): Promise<BatchSignal[]> {
  const { rows } = await sql<BatchSignal>`
    select signal_id as id, at, title, text, author, rating, exposure, dimensions, replaces, arrived_latest as "arrivedLatest"
      from signals where batch_id = ${batchId} order by at, signal_id`.execute(db);
  return rows;
}

/** In the order of `ids`. What the reader may not see is left out. */
export async function loadKept(db: Db, ids: readonly string[]): Promise<KeptSignal[]> {
  const { rows } = await sql<KeptSignal>`
    select g.signal_id as id, g.source_id as "sourceId", s.name as "sourceName", g.kind, g.external_id as "externalId", g.at,
           g.received_at as "receivedAt", g.language, g.exposure, g.title, g.text, g.length, g.truncated, g.author, g.rating,
           g.creator_tier as "creatorTier", ${dimensionsAsMerged('g')} as dimensions, g.latest
      from signals g join sources s on s.id = g.source_id where g.signal_id = any(${ids}::uuid[])`.execute(db);
  const found = new Map(rows.map((row) => [row.id, row]));
  return ids.flatMap((id) => found.get(id) ?? []);
}

/** As others show them: covered from X2 up, in the order of `ids`. Topic and copies are for those to add who know them. */
export async function loadSignals(db: Db, ids: readonly string[]): Promise<SignalView[]> {
  return (await loadKept(db, ids)).map((kept) => viewSignal(kept));
}
