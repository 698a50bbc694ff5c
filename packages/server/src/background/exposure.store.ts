/** How many were active behind two stretches of time, by the finest cut that knows these dimensions. */
import { sql } from 'kysely';
import type { Db } from '../platform/db.ts';

export interface Stretch {
  readonly from: Date;
  readonly to: Date;
}

export interface ActiveCell {
  readonly dimensions: Readonly<Record<string, string>>;
  /** User days, part days by their part. */
  readonly base: number;
  readonly current: number;
}

/** Null where nobody sent numbers for both times that know one of the names. Days are those of UTC. */
export async function activeBehind(
  db: Db,
  compartment: string,
  names: readonly string[],
  { base, current }: { base: Stretch; current: Stretch },
): Promise<ActiveCell[] | null> {
  const { rows: cuts } = await sql<{ names: string[]; shared: number }>`
    select names, (select count(*)::int from unnest(names) n where n = any(${[...names]}::text[])) as shared
      from active_users where compartment = ${compartment} and day >= ${base.from}::timestamptz::date - 1
       and day <= ${current.to}::timestamptz::date + 1
     group by names order by shared desc, cardinality(names) limit 1`.execute(db);
  const cut = cuts[0];
  if (!cut || cut.shared === 0) return null;
  const part = (
    stretch: Stretch,
  ) => sql`greatest(0, extract(epoch from least(day + 1, ${stretch.to}::timestamptz at time zone 'UTC')
    - greatest(day::timestamp, ${stretch.from}::timestamptz at time zone 'UTC')) / 86400)`;
  const { rows } = await sql<ActiveCell & { baseDays: number; currentDays: number }>`
    with days as (
      select day, dimensions, users, ${part(base)} as in_base, ${part(current)} as in_current from active_users
       where compartment = ${compartment} and names = ${cut.names}::text[]
         and day >= ${base.from}::timestamptz::date - 1 and day <= ${current.to}::timestamptz::date + 1),
    covered as (
      select coalesce(sum(in_base), 0)::float8 as base, coalesce(sum(in_current), 0)::float8 as current
        from (select distinct day, in_base, in_current from days) d)
    select dimensions, sum(users * in_base)::float8 as base, sum(users * in_current)::float8 as current,
           (select base from covered) as "baseDays", (select current from covered) as "currentDays"
      from days group by dimensions`.execute(db);
  const covered = rows[0];
  if (!covered || covered.baseDays <= 0 || covered.currentDays <= 0) return null;
  // days for which nothing was sent count as the others of their stretch
  const length = ({ from, to }: Stretch): number => (to.getTime() - from.getTime()) / 86_400_000;
  const [more, moreNow] = [length(base) / covered.baseDays, length(current) / covered.currentDays];
  return rows.map(({ dimensions, ...n }) => ({ dimensions, base: n.base * more, current: n.current * moreNow }));
}
