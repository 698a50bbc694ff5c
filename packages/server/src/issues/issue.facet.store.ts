/** How many issues there are of each value of a field, under a condition. */
import type { IssueFacet } from '@groundswell/contract';
import { type RawBuilder, sql } from 'kysely';
import type { Db } from '../platform/db.ts';
import { countMarked, type Marked } from './news.store.ts';
import { ME } from './owner.store.ts';
import type { Graves } from './severity.store.ts';

type Sql = RawBuilder<unknown>;
type Values = IssueFacet['values'];

const read = async (db: Db, query: RawBuilder<Values[number]>): Promise<Values> => (await query.execute(db)).rows;

export const countStates = (db: Db, under: Sql): Promise<Values> =>
  read(
    db,
    sql`select state as value, state as label, count(*)::int as count from issues where ${under}
         group by state order by count desc, state`,
  );

export const countCompartments = (db: Db, under: Sql): Promise<Values> =>
  read(
    db,
    sql`select compartment as value, compartment as label, count(*)::int as count from issues where ${under}
         group by compartment order by count desc, compartment`,
  );

/** Of what a reader looks for first, also where there is none of it. */
export async function countMarks(db: Db, under: Sql, marked: Marked): Promise<Values> {
  const { unread, followed } = await countMarked(db, under, marked);
  return [
    { value: 'unread', label: 'unread', count: unread },
    { value: 'followed', label: 'followed', count: followed },
  ];
}

/** Also where there is none of it, as there are four of them at all times. */
export async function countGraves(db: Db, under: Sql, graves: Graves): Promise<Values> {
  const { rows } = await sql<{ id: string }>`select id from issues where ${under}`.execute(db);
  return ([1, 2, 3, 4] as const).map((severity) => ({
    value: `S${severity}`,
    label: `S${severity}`,
    count: rows.filter(({ id }) => graves.get(id) === severity).length,
  }));
}

const MOST = 50;

/** Mine and nobody's first, also where there are none. Somebody whose name another bears too is written as an id. */
export const countOwners = (db: Db, under: Sql): Promise<Values> =>
  read(
    db,
    sql`with owned as (select owner_id as id, count(*)::int as n from issues where ${under} group by 1)
        select value, label, count from (
          select 0 as rank, 'me' as value, 'me' as label, coalesce((select n from owned where id = ${ME}), 0) as count
           where ${ME} is not null
          union all select 1, 'nobody', 'nobody', coalesce((select n from owned where id is null), 0)
          union all
          select 2, case when (select count(*) from people x where lower(x.name) = lower(p.name)) = 1
                         then p.name else p.id::text end, p.name, o.n
            from owned o join people p on p.id = o.id where p.id is distinct from ${ME}) all_of_them
         order by rank, count desc, lower(label) limit ${MOST}`,
  );

export const countTeams = (db: Db, under: Sql): Promise<Values> =>
  read(
    db,
    sql`select t.name as value, t.name as label, count(*)::int as count
          from issues join team_members m on m.person_id = issues.owner_id join teams t on t.id = m.team_id
         where ${under} group by t.name order by count desc, lower(t.name) limit ${MOST}`,
  );
