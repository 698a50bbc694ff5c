/** Searching signals: which, in what order, one page at a time. */
import type { SignalFilter } from '@groundswell/contract';
import { type RawBuilder, sql } from 'kysely';
import type { Db } from '../platform/db.ts';
import type { Above } from './above.ts';
import type { Position } from './cursor.ts';
import { asksForWords, matching, tsQuery } from './filter.store.ts';

export type Sort = 'newest' | 'oldest' | 'relevance';

export interface Page {
  readonly filter: SignalFilter;
  readonly sort: Sort;
  readonly after: Position | null;
  readonly limit: number;
}

/**
 * To rank a match its words are read and weighed, at some 20 µs each; a common word matches half the table. So the newest
 * of the matches are ranked, and the rest is not reached by relevance.
 */
const RANKED_MAX = 2_000;

export async function findPage(db: Db, page: Page, above: Pick<Above, 'inTopic' | 'inCopies'>): Promise<Position[]> {
  return (await pageQuery(page, above).execute(db)).rows;
}

export function pageQuery(
  { filter, sort, after, limit }: Page,
  above: Pick<Above, 'inTopic' | 'inCopies'>,
): RawBuilder<Position> {
  const conditions = matching(filter, above);
  if (sort === 'relevance' && asksForWords(filter.q)) return byRelevance(filter.q, conditions, after, limit);
  const [beyond, direction] = sort === 'oldest' ? [sql`>`, sql`asc`] : [sql`<`, sql`desc`];
  return sql<Position>`
    select at, signal_id as id, null as rank from signals
     where ${conditions} ${after ? sql`and (at, signal_id) ${beyond} (${after.at}, ${after.id}::uuid)` : sql``}
     order by at ${direction}, signal_id ${direction} limit ${limit}`;
}

function byRelevance(
  q: string,
  conditions: RawBuilder<unknown>,
  after: Position | null,
  limit: number,
): RawBuilder<Position> {
  const beyond = sql`where (rank, at, id) < (${after?.rank ?? 0}::float4, ${after?.at}::timestamptz, ${after?.id}::uuid)`;
  return sql<Position>`
    with found as materialized (
      select at, signal_id as id, search from signals where ${conditions} order by at desc, signal_id desc limit ${RANKED_MAX}),
    ranked as (select at, id, ts_rank(search, ${tsQuery(q)}, 1) as rank from found) -- 1: a long text is no better for its length
    select at, id, rank from ranked ${after ? beyond : sql``}
     order by rank desc, at desc, id desc limit ${limit}`;
}
