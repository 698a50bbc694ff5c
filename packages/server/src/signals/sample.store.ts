/**
 * An even part of the latest signals, kept beside them: what a million matches are estimated from. Ids are hashes, so those
 * below a bound are no choice and the same at every asking.
 */
import { type RawBuilder, sql } from 'kysely';
import type { Db, Trx } from '../platform/db.ts';

/** One in 64 is kept there; the bound stands in the migration too. */
const KEPT_RATE = 1 / 64;
const KEPT_BELOW = boundOf(KEPT_RATE);
/** Rows that an estimate looks at. Of a million signals, what 10,000 match is still met 156 times: ± 8 %. */
const LOOKED_AT = 16_000;
/** With fewer signals than this the table itself is looked at. */
const SMALL = 100_000;

export interface Sample {
  /** Which part of all signals it holds. */
  readonly rate: number;
  /** In the place of the table `signals`, and called so. */
  readonly table: RawBuilder<unknown>;
  /** What keeps a query of that table within it. */
  readonly within: RawBuilder<unknown>;
  /** What holds for all that can be in it, asked of any `signal_id`. */
  readonly bound: RawBuilder<unknown>;
}

function boundOf(rate: number): string {
  const bound = Math.floor(rate * 2 ** 32)
    .toString(16)
    .padStart(8, '0');
  return `${bound}-0000-0000-0000-000000000000`;
}

/** Puts those of these signals that belong into the sample. To be done after all else of their transaction. */
export async function keepSample(trx: Trx, signalIds: readonly string[]): Promise<void> {
  const chosen = signalIds.filter((id) => id < KEPT_BELOW);
  if (chosen.length === 0) return;
  await sql`
    insert into signal_sample
    select signal_id, compartment, source_id, item_id, latest, at, kind, left(title, 0), truncated, language, author, creator_tier,
           exposure, rating, dimensions, search
      from signals where signal_id = any(${chosen}::uuid[]) and latest
    on conflict do nothing`.execute(trx);
}

/** Superseded revisions are found by nobody. */
export async function leaveSample(trx: Trx, signalIds: readonly string[]): Promise<void> {
  const chosen = signalIds.filter((id) => id < KEPT_BELOW);
  if (chosen.length === 0) return;
  await sql`delete from signal_sample where signal_id = any(${chosen}::uuid[])`.execute(trx);
}

/** How many rows the table has, seen and unseen ones: what a search costs hangs on it, and nothing else is done with it. */
export async function countAll(db: Db): Promise<number> {
  const { rows } = await sql<{ all: number }>`
    select greatest((select reltuples from pg_class where oid = 'public.signals'::regclass),
                    (select sum(signals) from sources), 0)::float8 as all`.execute(db);
  return rows[0]!.all;
}

export const isLarge = (all: number): boolean => all > SMALL;

/** An even part. Where it is known about how many rows match, no more of them are read than are wanted. */
export function sampleOf(all: number, lookedAt = LOOKED_AT, { wanted = 1, of = 1 } = {}): Sample {
  const large = isLarge(all);
  const whole = large ? KEPT_RATE : 1;
  const rate = Math.min(whole, lookedAt / Math.max(all, 1), wanted / Math.max(of, 1));
  return {
    rate,
    table: large ? sql`signal_sample signals` : sql`signals`,
    within: rate === whole ? sql`` : sql`and signals.${belowRate(rate)}`,
    bound: rate === 1 ? sql`true` : belowRate(rate),
  };
}

/** An even part of whatever has a `signal_id`. */
export const belowRate = (rate: number): RawBuilder<unknown> => sql`signal_id < ${boundOf(rate)}::uuid`;
