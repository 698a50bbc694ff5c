/**
 * How many signals match, when, and where. Exact up to 10,000; above that the answer must not cost more, so it is scaled up
 * from a sample.
 */
import { type RawBuilder, sql } from 'kysely';
import type { Db } from '../platform/db.ts';
import { liveMergeOf } from './dictionary.merge.store.ts';
import { matching, type SpeltFilter } from './filter.store.ts';
import type { Seam } from './query.store.ts';
import type { Value } from './summary.ts';

export const COUNTED_MAX = 10_000;
/** Rows of the whole that a sample looks at. Of a million signals, what 10,000 match is still met 200 times: ± 7 %. */
const LOOKED_AT = 20_000;

export interface Counted {
  readonly total: number;
  readonly more: boolean;
  /** Null when no source of these signals names authors. */
  readonly people: number | null;
  readonly first: Date | null;
  readonly last: Date | null;
}

/** Counts the matches up to `COUNTED_MAX`; of more, the rest is not known. */
export async function countMatches(db: Db, filter: SpeltFilter, above: Seam): Promise<Counted> {
  const { rows } = await countQuery(filter, above).execute(db);
  const { total, authors, named, first, last } = rows[0]!;
  const more = total > COUNTED_MAX;
  return more
    ? { total: COUNTED_MAX, more, people: null, first: null, last: null }
    : { total, more, people: named ? authors : null, first, last };
}

export const countQuery = (filter: SpeltFilter, above: Seam) =>
  sql<{ total: number; authors: number; named: boolean; first: Date | null; last: Date | null }>`
    select count(*)::int as total, count(distinct author)::int as authors, min(at) as first, max(at) as last,
           exists (select from sources where has_authors ${filter.source ? sql`and id = ${filter.source}` : sql``}) as named
      from (select author, at from signals where ${matching(filter, above)} limit ${COUNTED_MAX + 1}) found`;

/**
 * An even part of all signals, cheap to look at: those whose id lies below `rate` of all ids. Ids are hashes, so this is no
 * choice, is the same at every asking, and is read through the primary key.
 */
export interface Sample {
  readonly rate: number;
}

/** For more than 10,000 matches. */
export async function chooseSample(db: Db): Promise<Sample> {
  const { rows } = await sql<{ kept: number }>`
    select coalesce(sum(signals), 0)::float8 as kept from sources`.execute(db);
  return { rate: Math.min(1, LOOKED_AT / Math.max(rows[0]!.kept, 1)) };
}

function within(sample: Sample | null): RawBuilder<unknown> {
  if (!sample || sample.rate >= 1) return sql``;
  const bound = Math.floor(sample.rate * 2 ** 32)
    .toString(16)
    .padStart(8, '0');
  return sql`and signals.signal_id < ${`${bound}-0000-0000-0000-000000000000`}::uuid`;
}

/** Where an id stands among all: 0 for the first, 1 for the last. */
const placeOf = (id: string): number => (Number.parseInt(id.slice(0, 8), 16) + 1) / 2 ** 32;

/** Values listed of one facet. */
const VALUES_MAX = 12;
/** Dimensions listed, the most used first. */
const DIMENSIONS_LISTED = 12;

/**
 * The most frequent values of source, language, rating and every dimension (as `dimension.<name>`). A dimension that bears
 * one of those three names is left out: it could not be told from the field.
 */
export async function findFacets(db: Db, filter: SpeltFilter, above: Seam, sample: Sample | null): Promise<Value[]> {
  const { rows } = await facetQuery(filter, above, sample).execute(db);
  const { seen = 0, lastId = '' } = rows[0] ?? {};
  const rate = !sample ? 1 : seen < FACETED_MAX ? sample.rate : placeOf(lastId);
  return rows.map(({ facet, value, others, count }) => ({ facet, value, others, count: Math.round(count / rate) }));
}

/** Taking apart the dimensions is what costs. The matches with the lowest ids are an even sample too. */
const FACETED_MAX = 5_000;

export const facetQuery = (filter: SpeltFilter, above: Seam, sample: Sample | null) => sql<
  Value & { seen: number; lastId: string }
>`
  with found as materialized (
    select signal_id, compartment, source_id, language, rating, dimensions from signals where ${matching(filter, above)} ${within(sample)}
     ${sample ? sql`order by signal_id limit ${FACETED_MAX}` : sql``}),
  said as (
    select compartment, d.key as name, d.value, count(*) as n from found, jsonb_each_text(dimensions) d
     where d.key not in ('source', 'language', 'rating') group by 1, 2, 3),
  counted as (
    select 'source' as facet, source_id::text as value, count(*) as n from found group by source_id
    union all select 'language', language, count(*) from found where language is not null group by language
    union all select 'rating', rating::text, count(*) from found where rating is not null group by rating
    union all select 'dimension.' || s.name, coalesce(m.counts_as, s.value), sum(s.n)::bigint
                from said s ${liveMergeOf('s.compartment', 's.name', 's.value')} group by 1, 2),
  placed as (
    select facet, value, n, row_number() over (partition by facet order by n desc, value) as place,
           count(*) over (partition by facet) as values, sum(n) over (partition by facet) as used from counted),
  ordered as (
    select *, dense_rank() over (order by array_position(array['source', 'language', 'rating'], facet), used desc, facet) as rank
      from placed)
  select facet, value, n::float8 as count, greatest(values - ${VALUES_MAX}, 0)::int as others,
         (select count(*)::int from found) as seen, (select signal_id from found order by signal_id desc limit 1) as "lastId"
    from ordered where place <= ${VALUES_MAX} and rank <= ${3 + DIMENSIONS_LISTED} order by rank, place`;

/** When the matches were said, in steps of `stepMs`. */
export async function findTimes(
  db: Db,
  filter: SpeltFilter,
  above: Seam,
  sample: Sample | null,
  stepMs: number,
): Promise<{ at: Date; count: number }[]> {
  const { rows } = await timesQuery(filter, above, sample, stepMs).execute(db);
  const rate = sample?.rate ?? 1;
  return rows.map(({ at, count }) => ({ at, count: Math.round(count / rate) }));
}

/** `date_bin` and not arithmetic on epochs: that is done in decimals, and took three times as long. */
export const timesQuery = (filter: SpeltFilter, above: Seam, sample: Sample | null, stepMs: number) =>
  sql<{ at: Date; count: number }>`
    select date_bin(make_interval(secs => ${stepMs / 1000}), signals.at, timestamptz '1970-01-01 00:00Z') as at,
           count(*)::float8 as count
      from signals where ${matching(filter, above)} ${within(sample)} group by 1 order by 1`;
