/** What is promised and by whose hours, at rest. Versions are added and never changed: clocks point to them for ever. */
import type { CalendarSpec, Policy, Reference } from '@groundswell/analytics';
import { Refusal } from '@groundswell/contract';
import { sql } from 'kysely';
import type { Db, Trx } from '../platform/db.ts';

export interface CalendarRow {
  readonly id: string;
  readonly version: number;
  /** Of this version alone. */
  readonly key: string;
  readonly name: string;
  readonly teams: readonly string[];
  readonly forAll: boolean;
  readonly madeAt: Date;
  readonly madeBy: string;
}

/** What of a policy is kept as one piece; its name and place stand beside it. */
export interface PolicySpec {
  readonly when: Policy['when'];
  readonly from: string | null;
  readonly until: string | null;
  readonly targets: Policy['targets'];
}

export interface PolicyRow {
  readonly id: string;
  readonly version: number;
  readonly name: string;
  readonly place: number;
  readonly spec: PolicySpec;
  readonly removed: boolean;
  readonly madeAt: Date;
  readonly madeBy: string;
}

const CALENDAR = sql`calendar_id as id, version, key, name, teams, for_all as "forAll", made_at as "madeAt", made_by as "madeBy"`;
const POLICY = sql`policy_id as id, version, name, place, spec, removed, made_at as "madeAt", made_by as "madeBy"`;

/** The newest version of each, in the order in which they are asked. */
export async function newestPolicies(db: Db): Promise<PolicyRow[]> {
  const { rows } = await sql<PolicyRow>`
    select * from (select distinct on (policy_id) ${POLICY} from clock_policy_versions
                    order by policy_id, version desc) newest
     where not removed order by place, id`.execute(db);
  return rows;
}

export async function newestCalendars(db: Db): Promise<CalendarRow[]> {
  const { rows } = await sql<CalendarRow>`
    select distinct on (calendar_id) ${CALENDAR} from calendar_versions order by calendar_id, version desc`.execute(db);
  return rows;
}

export interface CalendarText extends Reference {
  readonly key: string;
  /** Null of those that are known already. */
  readonly spec: CalendarSpec | null;
}

/** Versions that somebody points to, whether they are the newest or not. */
export async function calendarVersions(
  db: Db,
  wanted: readonly Reference[],
  known: readonly string[],
): Promise<CalendarText[]> {
  if (wanted.length === 0) return [];
  const { rows } = await sql<CalendarText>`
    select calendar_id as id, version, key, case when key = any(${known}::uuid[]) then null else spec end as spec
      from calendar_versions
     where (calendar_id, version) in (select * from unnest(${wanted.map(({ id }) => id)}::text[],
                                                           ${wanted.map(({ version }) => version)}::int[]))`.execute(
    db,
  );
  return rows;
}

/** By `kind id@version`: what people call them. */
export async function ruleNames(
  db: Db,
  policies: readonly Reference[],
  calendars: readonly Reference[],
): Promise<ReadonlyMap<string, string>> {
  const pairs = (refs: readonly Reference[]) =>
    sql`select * from unnest(${refs.map(({ id }) => id)}::text[], ${refs.map(({ version }) => version)}::int[])`;
  const { rows } = await sql<{ word: string; name: string }>`
    select 'policy ' || policy_id || '@' || version as word, name from clock_policy_versions
     where (policy_id, version) in (${pairs(policies)})
    union all
    select 'policy law:' || id || '@1', trigger from legal_clocks
     where 'law:' || id = any(${policies.map(({ id }) => id)}::text[])
    union all
    select 'calendar ' || calendar_id || '@' || version, name from calendar_versions
     where (calendar_id, version) in (${pairs(calendars)})`.execute(db);
  return new Map(rows.map(({ word, name }) => [word, name]));
}

/** `seen`: the version that the editor looked at; 0 of one that is new. */
type Next<T> = Omit<T, 'version' | 'key'> & { readonly seen: number };

export async function insertPolicy(trx: Trx, one: Next<PolicyRow>): Promise<number> {
  const { rows } = await sql<{ version: number }>`
    insert into clock_policy_versions (policy_id, version, name, place, spec, removed, made_at, made_by)
    select ${one.id}, ${one.seen + 1}, ${one.name}, ${one.place}, ${JSON.stringify(one.spec)}::jsonb, ${one.removed},
           ${one.madeAt}, ${one.madeBy}
     where ${one.seen}::int = coalesce((select max(version) from clock_policy_versions where policy_id = ${one.id}), 0)
    on conflict do nothing returning version`.execute(trx);
  return rows[0]?.version ?? refuseOlder();
}

export async function insertCalendar(trx: Trx, one: Next<CalendarRow> & { spec: CalendarSpec }): Promise<number> {
  const { rows } = await sql<{ version: number }>`
    insert into calendar_versions (calendar_id, version, name, spec, teams, for_all, made_at, made_by)
    select ${one.id}, ${one.seen + 1}, ${one.name}, ${JSON.stringify(one.spec)}::jsonb, ${[...one.teams]}::uuid[],
           ${one.forAll}, ${one.madeAt}, ${one.madeBy}
     where ${one.seen}::int = coalesce((select max(version) from calendar_versions where calendar_id = ${one.id}), 0)
    on conflict do nothing returning version`.execute(trx);
  return rows[0]?.version ?? refuseOlder();
}

function refuseOlder(): never {
  throw new Refusal(
    'clock.changed_meanwhile',
    'Somebody else changed this while you had it open. Nothing was kept; reload it and do it again.',
  );
}
