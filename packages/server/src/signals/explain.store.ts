/** Signals as rows of time and dimensions, to be compared with others; alike ones are one row. Only what the reader may see. */
import { sql } from 'kysely';
import type { Db } from '../platform/db.ts';
import type { Above } from './above.ts';
import { matching, type SpeltFilter } from './filter.store.ts';
import { wholePlace } from './place.store.ts';
import { belowRate, countAll, isLarge, type Sample, sampleOf } from './sample.store.ts';
import { probeQuery } from './summary.store.ts';

/** Signals that have the same dimensions and language, of one compartment. */
export interface Alike {
  readonly compartment: string;
  readonly dimensions: Readonly<Record<string, string>>;
  readonly language: string | null;
  /** ms since 1970: rounded to seconds, the first and the last would fall out of their time. */
  readonly at: readonly number[];
}

export interface Looked {
  readonly alike: readonly Alike[];
  readonly looked: number;
  /** Looked at ÷ all that match. */
  readonly rate: number;
}

/** Rows of a large table that tell about how many match. */
const PROBED = 10_000;

/** At most `most` signals, an even part where there are more; without those that `except` finds. */
export async function readAlike(
  db: Db,
  filter: SpeltFilter,
  above: Above,
  { most, except = null }: { most: number; except?: SpeltFilter | null },
): Promise<Looked> {
  const first = await evenPart(db, filter, above, most);
  const { from, conditions } = wholePlace(filter, above, first);
  const others = except ? sql`and (${matching(except, above)}) is not true` : sql``;
  const { rows } = await sql<Alike & { all: number; looked: number }>`
    with found as materialized (
      select signals.signal_id, signals.compartment, signals.dimensions, signals.language, signals.at
        from ${from} where ${conditions} ${others} ${first?.within ?? sql``}),
    counted as materialized (select count(*)::int as n from found),
    cut as materialized (
      select case when n > ${most} then (select signal_id from found order by signal_id offset ${most} limit 1) end as bound,
             n from counted),
    told as materialized (
      select found.* from found, cut where cut.bound is null or found.signal_id < cut.bound)
    select compartment, dimensions, language, array_agg((extract(epoch from at) * 1000)::float8) as at, (select n from counted) as all,
           (select count(*)::int from told) as looked
      from told group by 1, 2, 3`.execute(db);
  if (rows.length === 0) return { alike: [], looked: 0, rate: 1 };
  const { all, looked } = rows[0]!;
  return { alike: rows, looked, rate: (looked / all) * (first?.rate ?? 1) };
}

/** Ids are hashes: those below a bound are no choice. Null where all are read and counted. */
async function evenPart(db: Db, filter: SpeltFilter, above: Above, most: number): Promise<Sample | null> {
  const all = await countAll(db);
  if (!isLarge(all)) return null;
  const probe = sampleOf(all, PROBED);
  const { rows } = await probeQuery(filter, above, probe).execute(db);
  const about = rows[0]!.met / probe.rate;
  if (about <= 2 * most) return null;
  const rate = (1.5 * most) / about;
  return { rate, table: sql`signals`, within: sql`and signals.${belowRate(rate)}`, bound: belowRate(rate) };
}

/** What values count as now, by compartment, name and value. */
export async function mergesOf(db: Db): Promise<ReadonlyMap<string, string>> {
  const { rows } = await sql<{ compartment: string; name: string; value: string; to: string }>`
    select compartment, name, from_value as value, counts_as as "to" from dimension_merges where undone_at is null`.execute(
    db,
  );
  return new Map(rows.map(({ compartment, name, value, to }) => [mergeKey(compartment, name, value), to]));
}

export const mergeKey = (compartment: string, name: string, value: string): string =>
  JSON.stringify([compartment, name, value]);

/** The hours of the first and of the last signal that the reader may see; null without any. */
export async function reachOf(db: Db): Promise<{ from: Date; to: Date } | null> {
  const { rows } = await sql<{ from: Date | null; to: Date | null }>`
    select min(hour) as "from", max(hour) + interval '1 hour' as "to" from signal_counts where signals > 0`.execute(db);
  const [{ from, to } = { from: null, to: null }] = rows;
  return from && to ? { from, to } : null;
}
