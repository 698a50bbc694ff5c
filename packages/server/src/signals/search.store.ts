/** Searching signals: which, in what order, one page at a time. */
import { type RawBuilder, sql } from 'kysely';
import type { Db } from '../platform/db.ts';
import type { Position } from './cursor.ts';
import { asksForWords, type SpeltFilter } from './filter.store.ts';
import { type Place, pagePlace, type Reads, wholePlace } from './place.store.ts';
import { askedBy } from './query.ts';
import { rankOf } from './query-text.store.ts';

export type Sort = 'newest' | 'oldest' | 'relevance';

export interface Page {
  readonly filter: SpeltFilter;
  readonly sort: Sort;
  readonly after: Position | null;
  readonly limit: number;
}

/**
 * To rank a match its words are read and weighed, at some 20 µs each; a common word matches half the table. So the newest
 * of the matches are ranked, and the rest is not reached by relevance.
 */
const RANKED_MAX = 2_000;

export async function findPage(db: Db, page: Page, above: Reads): Promise<Position[]> {
  return (await pageQuery(page, above).execute(db)).rows;
}

/** By compartment, no more than `limit` in all. */
export async function countFound(
  db: Db,
  filter: SpeltFilter,
  above: Reads,
  limit: number,
): Promise<Map<string, number>> {
  const { from, conditions } = wholePlace(filter, above);
  const { rows } = await sql<{ compartment: string; count: number }>`
    select compartment, count(*)::int as count from (
      select signals.compartment from ${from} where ${conditions} limit ${limit}) found
     group by 1 order by 1`.execute(db);
  return new Map(rows.map(({ compartment, count }) => [compartment, count]));
}

export function pageQuery({ filter, sort, after, limit }: Page, above: Reads): RawBuilder<Position> {
  const place = pagePlace(filter, above);
  const { from, conditions, at, id } = place;
  const rank = sort === 'relevance' && asksForWords(filter.q) ? rankOf(filter.asked ?? askedBy(filter.q)) : null;
  if (rank) return byRelevance(rank, place, after, limit);
  const [beyond, direction] = sort === 'oldest' ? [sql`>`, sql`asc`] : [sql`<`, sql`desc`];
  return sql<Position>`
    select ${at} as at, ${id} as id, null as rank from ${from}
     where ${conditions} ${after ? sql`and (${at}, ${id}) ${beyond} (${after.at}, ${after.id}::uuid)` : sql``}
     order by ${at} ${direction}, ${id} ${direction} limit ${limit}`;
}

function byRelevance(
  rank: RawBuilder<unknown>,
  { from, conditions, at, id }: Place,
  after: Position | null,
  limit: number,
): RawBuilder<Position> {
  const beyond = sql`where (rank, at, id) < (${after?.rank ?? 0}::float4, ${after?.at}::timestamptz, ${after?.id}::uuid)`;
  return sql<Position>`
    with found as materialized (
      select ${at} as at, ${id} as id, signals.search from ${from} where ${conditions}
       order by ${at} desc, ${id} desc limit ${RANKED_MAX}),
    ranked as (select at, id, ${rank} as rank from found)
    select at, id, rank from ranked ${after ? beyond : sql``}
     order by rank desc, at desc, id desc limit ${limit}`;
}
