/** Active users at rest. */
import { sql } from 'kysely';
import type { Db, Trx } from '../platform/db.ts';
import { liveMergeOf } from '../signals/index.ts';
import { type ActiveUsers, type Cut, type DayCount, OTHERS, SERIES_SHOWN } from './active-users.ts';

export interface By {
  readonly compartment: string;
  readonly actor: string;
  readonly at: Date;
}

/** In the order of their keys, so that two who send the same never wait for each other in a ring. */
export async function keepActiveUsers(trx: Trx, rows: readonly ActiveUsers[], by: By) {
  const sent = rows.map(({ day, users, dimensions }) => ({ day, users, dimensions, names: Object.keys(dimensions) }));
  const { rows: kept } = await sql<{ fresh: boolean }>`
    insert into active_users (compartment, day, dimensions, names, users, sent_by, sent_at)
    select ${by.compartment}, r.day, r.dimensions, r.names, r.users, ${by.actor}, ${by.at}::timestamptz
      from json_to_recordset(${JSON.stringify(sent)}::json) as r (day date, dimensions jsonb, names text[], users bigint)
     order by r.day, r.dimensions
    on conflict (compartment, day, dimensions) do update
       set users = excluded.users, sent_by = excluded.sent_by, sent_at = excluded.sent_at
     where active_users.users <> excluded.users
    returning xmax = 0 as fresh`.execute(trx);
  const added = kept.filter(({ fresh }) => fresh).length;
  return { added, replaced: kept.length - added, unchanged: rows.length - kept.length };
}

export interface Days {
  readonly compartment: string;
  readonly from?: string;
  readonly to?: string;
}

const within = ({ compartment, from, to }: Days) => sql`compartment = ${compartment}
  ${from ? sql`and day >= ${from}::date` : sql``} ${to ? sql`and day <= ${to}::date` : sql``}`;

export async function listCuts(db: Db, days: Days): Promise<Cut[]> {
  const { rows } = await sql<Cut>`
    select names, count(*)::int as rows, min(day)::text as "from", max(day)::text as "to" from active_users
     where ${within(days)} group by names order by cardinality(names), names`.execute(db);
  return rows;
}

/** Of each time the mean of its totals; null where none was sent. A total is a row that is of no value of any dimension. */
export async function meanOfTotals(
  db: Db,
  asked: readonly Required<Days>[],
): Promise<({ people: number; days: number } | null)[]> {
  const { rows } = await sql<{ n: number; people: number; days: number }>`
    select w.n::int as n, avg(a.users)::float8 as people, count(*)::int as days
      from unnest(${asked.map(({ compartment }) => compartment)}::text[], ${asked.map(({ from }) => from)}::date[],
                  ${asked.map(({ to }) => to)}::date[]) with ordinality w (compartment, since, til, n)
      join active_users a on a.compartment = w.compartment and a.day >= w.since and a.day <= w.til and a.names = '{}'::text[]
     group by 1 having avg(a.users) > 0`.execute(db);
  const found = new Map(rows.map(({ n, people, days }) => [n - 1, { people, days }]));
  return asked.map((_, i) => found.get(i) ?? null);
}

/**
 * Per day and value of `by`, of the rows of one cut; all but the largest values are one here already, for there may be a
 * million. Values that were merged are one: their numbers are added up. What is kept stays as it was sent, so that a number
 * is replaced by its own spelling and a merge can be taken back.
 */
export async function countDays(db: Db, days: Days & { names: readonly string[]; by?: string }): Promise<DayCount[]> {
  const { rows } = await sql<DayCount>`
    with said as (
      select compartment, ${days.by ?? null}::text as name, dimensions ->> ${days.by ?? null}::text as value, day, sum(users) as users
        from active_users where ${within(days)} and names = ${[...days.names]}::text[] group by 1, 2, 3, 4),
    counted as (
      select coalesce(m.counts_as, s.value) as value, s.day, sum(s.users) as users
        from said s ${liveMergeOf('s.compartment', 's.name', 's.value')} group by 1, 2),
    shown as (
      select value from counted where value <> ${OTHERS} group by 1 order by sum(users) desc, value limit ${SERIES_SHOWN})
    select case when value is null or value in (select value from shown) then value else ${OTHERS} end as value,
           day::text as day, sum(users)::float8 as users
      from counted group by 1, counted.day order by counted.day, 1`.execute(db);
  return rows;
}
