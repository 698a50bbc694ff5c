/** How many cases there are of each value of a field, and of each group, under a filter. */
import type { CaseFacet } from '@groundswell/contract';
import { type RawBuilder, sql } from 'kysely';
import type { Db } from '../platform/db.ts';
import { conditionOf, type Filter } from './case.list.store.ts';
import { GROUPS } from './case.ts';

type Values = CaseFacet['values'];

export interface GroupCounts {
  readonly open: number;
  readonly waiting: number;
  readonly resolved: number;
  readonly ended: number;
}

/** Under the same filter, whatever group or state is being looked at. */
export async function countGroups(db: Db, filter: Filter, me: string | null): Promise<GroupCounts> {
  const within = (states: readonly string[]) => sql`state = any(${states}::text[])`;
  const under = conditionOf({ ...filter, group: 'all', state: undefined }, me);
  const { rows } = await sql<GroupCounts>`
    select count(*) filter (where ${within(GROUPS.open)})::int as open,
           count(*) filter (where ${within(GROUPS.waiting)})::int as waiting,
           count(*) filter (where ${within(GROUPS.resolved)})::int as resolved,
           count(*) filter (where ${within(GROUPS.ended)})::int as ended
      from cases where ${under}`.execute(db);
  return rows[0]!;
}

const MOST = 50;

async function valuesOf(db: Db, column: RawBuilder<unknown>, under: RawBuilder<unknown>): Promise<Values> {
  const { rows } = await sql<Values[number]>`
    select value, value as label, count from (
      select (${column})::text as value, count(*)::int as count from cases where ${under} group by 1) found
     where value is not null order by count desc, value limit ${MOST}`.execute(db);
  return rows;
}

const PLAIN = {
  state: { column: sql`state`, without: { state: undefined } },
  kind: { column: sql`kind`, without: { kind: undefined } },
  priority: { column: sql`'P' || priority`, without: { priority: undefined } },
  requester: { column: sql`requester_kind`, without: { requester: undefined } },
  language: { column: sql`language`, without: { language: undefined } },
  region: { column: sql`region`, without: { region: undefined } },
  compartment: { column: sql`compartment`, without: { compartment: undefined } },
} as const;

/** Values of a field are counted as if nothing were asked of it, so that another one can be chosen beside it. */
export async function facetsOf(db: Db, filter: Filter, me: string | null): Promise<CaseFacet[]> {
  const facets: CaseFacet[] = [
    { name: 'owner', values: await ownersOf(db, conditionOf({ ...filter, owner: undefined }, me), me) },
    { name: 'team', values: await teamsOf(db, conditionOf({ ...filter, team: undefined }, me)) },
  ];
  for (const [name, { column, without }] of Object.entries(PLAIN)) {
    const values = await valuesOf(db, column, conditionOf({ ...filter, ...without }, me));
    facets.push({ name: name as keyof typeof PLAIN, values });
  }
  return facets;
}

/** Mine and nobody's first, also where there are none. */
async function ownersOf(db: Db, under: RawBuilder<unknown>, me: string | null): Promise<Values> {
  const { rows } = await sql<Values[number]>`
    with owned as (select owner_id as id, count(*)::int as n from cases where ${under} group by 1)
    select value, label, count from (
      select 0 as rank, 'me' as value, 'me' as label, coalesce((select n from owned where id = ${me}::uuid), 0) as count
      union all select 1, 'nobody', 'nobody', coalesce((select n from owned where id is null), 0)
      union all select 2, p.id::text, p.name, o.n from owned o join people p on p.id = o.id where p.id is distinct from ${me}::uuid) found
     order by rank, count desc, lower(label) limit ${MOST}`.execute(db);
  return rows;
}

async function teamsOf(db: Db, under: RawBuilder<unknown>): Promise<Values> {
  const { rows } = await sql<Values[number]>`
    with of as (select team_id, count(*)::int as n from cases where ${under} group by 1)
    select t.id::text as value, t.name as label, of.n as count from of join teams t on t.id = of.team_id
     order by of.n desc, lower(t.name) limit ${MOST}`.execute(db);
  return rows;
}
