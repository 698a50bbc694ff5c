/**
 * How many signals match, when, and where. Exact up to 10,000; above that the answer must not cost more, so it is scaled up
 * from a sample.
 */
import { type RawBuilder, sql } from 'kysely';
import type { Db } from '../platform/db.ts';
import { liveMergeOf } from './dictionary.merge.store.ts';
import type { SpeltFilter } from './filter.store.ts';
import type { Bar } from './histogram.ts';
import { type Reads, wholePlace } from './place.store.ts';
import { belowRate, countAll, isLarge, type Sample, sampleOf } from './sample.store.ts';
import type { Value } from './summary.ts';

export const COUNTED_MAX = 10_000;

export interface Counted {
  readonly total: number;
  readonly more: boolean;
  /** Null when no source of these signals names authors. */
  readonly people: number | null;
}

export const MORE: Counted = { total: COUNTED_MAX, more: true, people: null };

/** Counts the matches up to `COUNTED_MAX`; of more, the rest is not known. */
export async function countMatches(db: Db, filter: SpeltFilter, above: Reads): Promise<Counted> {
  if ((await guessMany(db, filter, above)) !== null) return MORE;
  const { rows } = await countQuery(filter, above).execute(db);
  return countedBy(rows[0]!);
}

interface Total {
  readonly total: number;
  readonly authors: number;
  readonly named: boolean;
}

const countedBy = ({ total, authors, named }: Total): Counted =>
  total > COUNTED_MAX ? MORE : { total, more: false, people: named ? authors : null };

export const countQuery = (filter: SpeltFilter, above: Reads) => {
  const { from, conditions } = wholePlace(filter, above);
  return sql<Total>`
  select count(*)::int as total, count(distinct author)::int as authors, ${namesAuthors(filter)} as named
    from (select author from ${from} where ${conditions} limit ${COUNTED_MAX + 1}) found`;
};

const namesAuthors = ({ source }: SpeltFilter) =>
  sql`exists (select from sources where has_authors ${source ? sql`and id = ${source}` : sql``})`;

/** Rows of the whole that are looked at before it is counted. */
const PROBED = 2_500;
/** So many standard deviations above what 10,000 matches would leave among them. */
const SURELY = 7;

/** About how many match, where that is surely more than 10,000: counting up to there would tell nothing new. Null where not. */
export async function guessMany(db: Db, filter: SpeltFilter, above: Reads): Promise<number | null> {
  const all = await countAll(db);
  if (!isLarge(all)) return null;
  const sample = sampleOf(all, PROBED);
  const expected = COUNTED_MAX * sample.rate;
  const { rows } = await probeQuery(filter, above, sample).execute(db);
  const { met } = rows[0]!;
  return met > expected + SURELY * Math.sqrt(expected) ? met / sample.rate : null;
}

export const probeQuery = (filter: SpeltFilter, above: Reads, sample: Sample) => {
  const { from, conditions } = wholePlace(filter, above, sample);
  return sql<{ met: number }>`select count(*)::int as met from ${from} where ${conditions} ${sample.within}`;
};

/** Everything that the head shows, from one reading of the matches: most of the time goes into fetching their rows. */
export interface Head {
  readonly counted: Counted;
  readonly times: Bar[];
  readonly facets: Value[];
}

/** Of all matches; `times` and `facets` are empty where there are more than 10,000. */
export async function readHead(db: Db, filter: SpeltFilter, above: Reads): Promise<Head> {
  const { rows } = await headQuery(filter, above, null).execute(db);
  return { counted: countedBy(rows[0]!), ...headBy(rows[0]!, 1) };
}

/** Matches that bars are drawn from, and those whose dimensions are taken apart, which is what costs. */
const TIMED = 6_000;
const FACETED = 3_000;

/** From a sample, where `about` so many match: `rate` tells which part of them was read. */
export async function estimateHead(
  db: Db,
  filter: SpeltFilter,
  above: Reads,
  about: number,
): Promise<Omit<Head, 'counted'> & { rate: number }> {
  const sample = sampleOf(await countAll(db), undefined, { wanted: TIMED, of: about });
  const faceted = Math.min(sample.rate, FACETED / about);
  const { rows } = await headQuery(filter, above, { ...sample, faceted }).execute(db);
  const { times } = headBy(rows[0]!, sample.rate);
  return { times, facets: headBy(rows[0]!, faceted).facets, rate: sample.rate };
}

interface HeadRow extends Total {
  /** Moments in ms. */
  readonly times: readonly (readonly [at: number, count: number])[] | null;
  readonly facets: readonly (readonly [facet: string, value: string, count: number, others: number])[] | null;
}

const headBy = ({ times, facets }: HeadRow, rate: number) => ({
  times: (times ?? []).map(([ms, count]) => ({ at: new Date(ms), count: Math.round(count / rate) })),
  facets: (facets ?? []).map(([facet, value, count, others]) => ({
    facet,
    value,
    count: Math.round(count / rate),
    others,
  })),
});

/** Not asked of more than are counted. */
const AUTHORS = sql`case when count(*) <= ${COUNTED_MAX} then
  (select count(*)::int from (select distinct author from found) a where author is not null) else 0 end`;

/** Values listed of one facet. */
const VALUES_MAX = 12;
/** Dimensions listed, the most used first. */
const DIMENSIONS_LISTED = 12;
/**
 * The most frequent values of source, language, rating and every dimension (as `dimension.<name>`), and bars over time. A
 * dimension that bears one of those three names is left out: it could not be told from the field.
 */
export const headQuery = (
  filter: SpeltFilter,
  above: Reads,
  sample: (Sample & { readonly faceted: number }) | null,
) => {
  const { from, conditions } = wholePlace(filter, above, sample);
  return sql<HeadRow>`
  with found as materialized (
    select signals.signal_id, signals.compartment, source_id, language, rating, dimensions, signals.at, author
      from ${from} where ${conditions} ${sample ? sample.within : sql`limit ${COUNTED_MAX + 1}`}),
  counted as materialized (
    select count(*)::int as total, ${sample ? sql`0` : AUTHORS} as authors,
           max(at) - min(at) as span
      from found),
  told as not materialized (
    select * from found where ${sample ? belowRate(sample.faceted) : sql`(select total from counted) <= ${COUNTED_MAX}`}),
  -- taken apart once for all that have the same
  alike as (select compartment, dimensions, count(*) as n from told group by 1, 2),
  said as (
    select compartment, d.key as name, d.value, sum(n) as n from alike, jsonb_each_text(dimensions) d
     where d.key not in ('source', 'language', 'rating') group by 1, 2, 3),
  valued as (
    select 'source' as facet, source_id::text as value, count(*) as n from told group by source_id
    union all select 'language', language, count(*) from told where language is not null group by language
    union all select 'rating', rating::text, count(*) from told where rating is not null group by rating
    union all select 'dimension.' || s.name, coalesce(m.counts_as, s.value), sum(s.n)::bigint
                from said s ${liveMergeOf('s.compartment', 's.name', 's.value')} group by 1, 2),
  placed as (
    select facet, value, n, row_number() over (partition by facet order by n desc, value) as place,
           count(*) over (partition by facet) as values, sum(n) over (partition by facet) as used from valued),
  ordered as (
    select *, dense_rank() over (order by array_position(array['source', 'language', 'rating'], facet), used desc, facet) as rank
      from placed),
  stepped as (select ${STEP} as step from counted),
  times as (
    select date_bin((select step from stepped), at, timestamptz '1970-01-01 00:00Z') as moment, count(*) as n
      from ${sample ? sql`found` : sql`told`} group by 1)
  select total, authors, ${namesAuthors(filter)} as named,
         (select json_agg(json_build_array(facet, value, n, greatest(values - ${VALUES_MAX}, 0)) order by rank, place)
            from ordered where place <= ${VALUES_MAX} and rank <= ${3 + DIMENSIONS_LISTED}) as facets,
         (select json_agg(json_build_array((extract(epoch from moment) * 1000)::float8, n) order by moment) from times) as times
    from counted`;
};

/**
 * Finer than any bar that is drawn for such a span, and no finer than that: bars of less than an hour are drawn up to 30
 * hours, of less than a day up to 60 days. `date_bin` and not arithmetic on epochs: that is done in decimals, and took
 * three times as long.
 */
const STEP: RawBuilder<unknown> = sql`
  case when span < interval '31 hours' then interval '1 minute' when span < interval '61 days' then interval '1 hour'
       else interval '1 day' end`;
