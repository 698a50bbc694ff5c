/** Lists of cases, filtered and in pages. */
import type { listCases } from '@groundswell/contract';
import { type RawBuilder, sql } from 'kysely';
import type { z } from 'zod';
import type { Db } from '../platform/db.ts';
import { parseReference } from './case.key.ts';
import { CASE } from './case.store.ts';
import { type Case, GROUPS } from './case.ts';

type Sql = RawBuilder<unknown>;
export type CaseQuery = z.output<typeof listCases.query>;
/** Without pages; `me` is whoever asks. */
export type Filter = Omit<CaseQuery, 'sort' | 'order' | 'after' | 'limit' | 'facets'>;

/** Where a page ended: the values that it was sorted by, as text, and the id. */
export interface Position {
  readonly value: string;
  readonly at: string;
  readonly id: string;
}

const stamp = (moment: Date): string => moment.toISOString();
/** Urgent: the smaller number is the more urgent, and of two the older. Its second column makes that one order. */
export const positionOf = (kase: Listed, sort: CaseQuery['sort']): Position => ({
  value: kase.clockDue ? BY_CLOCK : String(kase.priority),
  at: stamp(kase.clockDue ?? (sort === 'changed' ? kase.changedAt : kase.openedAt)),
  id: kase.id,
});
/** In place of a priority: the page ended among cases whose clock runs. */
export const BY_CLOCK = 'clock';

/** `clockDue`: when its first clock runs out, where that is what the list is sorted by. */
export type Listed = Case & { readonly clockDue?: Date };

/** One more than a page, if there is more. */
export async function listPage(db: Db, query: CaseQuery, me: string | null, after: Position | null): Promise<Listed[]> {
  if (query.sort === 'due') return listByDue(db, query, me, after);
  const urgent = query.sort === 'urgent';
  const column = query.sort === 'changed' ? sql`changed_at` : sql`opened_at`;
  // "Descending" means the most urgent first, which is the smallest number and the earliest time.
  const up = urgent === (query.order === 'desc');
  const direction = up ? sql`asc` : sql`desc`;
  const beyond = up ? sql`>` : sql`<`;
  const conditions = conditionsOf(query, me);
  if (after) {
    const [keys, values] = urgent
      ? [sql`(priority, opened_at, id)`, sql`(${after.value}::smallint, ${after.at}::timestamptz, ${after.id}::uuid)`]
      : [sql`(${column}, id)`, sql`(${after.at}::timestamptz, ${after.id}::uuid)`];
    conditions.push(sql`${keys} ${beyond} ${values}`);
  }
  const order = urgent
    ? sql`priority ${direction}, opened_at ${direction}, id ${direction}`
    : sql`${column} ${direction}, id ${direction}`;
  return db
    .selectFrom('cases')
    .select(CASE)
    .where(sql<boolean>`${sql.join(conditions, sql` and `)}`)
    .orderBy(order)
    .limit(query.limit + 1)
    .execute();
}

/**
 * Cases with a clock that runs, by when it runs out; behind them all others, the urgent first. Two readings, each along an
 * index, because no index goes over two tables.
 */
async function listByDue(db: Db, query: CaseQuery, me: string | null, after: Position | null): Promise<Listed[]> {
  const first = query.order === 'desc' ? readClocked : readUnclocked;
  const second = query.order === 'desc' ? readUnclocked : readClocked;
  const isBehind = after !== null && (after.value === BY_CLOCK) !== (first === readClocked);
  const found = isBehind ? [] : await first(db, query, me, after);
  if (found.length > query.limit) return found;
  const rest = await second(db, query, me, isBehind ? after : null);
  return [...found, ...rest].slice(0, query.limit + 1);
}

async function readClocked(db: Db, query: CaseQuery, me: string | null, after: Position | null): Promise<Listed[]> {
  const [direction, beyond] = query.order === 'desc' ? [sql`asc`, sql`>`] : [sql`desc`, sql`<`];
  const conditions = conditionsOf(query, me);
  if (after) conditions.push(sql`(clock_due, item_id) ${beyond} (${after.at}::timestamptz, ${after.id}::uuid)`);
  const running = sql<{
    item_id: string;
    clock_due: Date;
  }>`(select item_id, due_at as clock_due from clock_items where due_at is not null)`;
  return db
    .selectFrom('cases')
    .innerJoin(running.as('running'), (join) => join.onRef('running.item_id', '=', 'cases.id'))
    .select([...CASE, 'running.clock_due as clockDue'])
    .where(sql<boolean>`${sql.join(conditions, sql` and `)}`)
    .orderBy(sql`clock_due ${direction}, item_id ${direction}`)
    .limit(query.limit + 1)
    .execute();
}

async function readUnclocked(db: Db, query: CaseQuery, me: string | null, after: Position | null): Promise<Listed[]> {
  const [direction, beyond] = query.order === 'desc' ? [sql`asc`, sql`>`] : [sql`desc`, sql`<`];
  const conditions = conditionsOf(query, me);
  conditions.push(sql`not exists (select from clock_items k where k.item_id = cases.id and k.due_at is not null)`);
  if (after) {
    const place = sql`(${after.value}::smallint, ${after.at}::timestamptz, ${after.id}::uuid)`;
    conditions.push(sql`(priority, opened_at, id) ${beyond} ${place}`);
  }
  return db
    .selectFrom('cases')
    .select(CASE)
    .where(sql<boolean>`${sql.join(conditions, sql` and `)}`)
    .orderBy(sql`priority ${direction}, opened_at ${direction}, id ${direction}`)
    .limit(query.limit + 1)
    .execute();
}

const LIVE = [...GROUPS.open, ...GROUPS.waiting];
function statesOf(group: Filter['group']): readonly string[] | null {
  if (group === 'all') return null;
  return group === 'live' ? LIVE : GROUPS[group];
}

const listed = <T>(said: T | T[] | undefined): readonly T[] | null =>
  said === undefined ? null : ([said].flat() as T[]);
const anyOf = (column: Sql, said: readonly string[] | null): Sql[] =>
  said ? [sql`${column} = any(${said}::text[])`] : [];

function conditionsOf(filter: Filter, me: string | null): Sql[] {
  const states = listed(filter.state) ?? statesOf(filter.group);
  return [
    ...indexed(states),
    ...anyOf(sql`state`, states),
    ...anyOf(sql`kind`, listed(filter.kind)),
    ...anyOf(sql`waiting_for`, listed(filter.waitingFor)),
    ...anyOf(sql`harm`, listed(filter.harm)),
    ...anyOf(sql`requester_kind`, listed(filter.requester)),
    ...anyOf(sql`language`, listed(filter.language)),
    ...anyOf(sql`region`, listed(filter.region)),
    ...anyOf(sql`compartment`, listed(filter.compartment)),
    ...prioritySql(listed(filter.priority)),
    ...ownerSql(listed(filter.owner), me),
    ...teamSql(listed(filter.team), me),
    ...markSql(filter, me),
    ...wordsSql(filter.q),
  ];
}

/** Said as the index of the queue says it, so that it is used. */
function indexed(states: readonly string[] | null): Sql[] {
  const ended: readonly string[] = GROUPS.ended;
  const live = states?.every((state) => !ended.includes(state)) ?? false;
  return [live ? sql`state not in ('closed', 'duplicate', 'not_ours')` : sql`true`];
}

const prioritySql = (said: readonly string[] | null): Sql[] =>
  said ? [sql`priority = any(${said.map((one) => Number(one.slice(1)))}::smallint[])`] : [];

function ownerSql(said: readonly string[] | null, me: string | null): Sql[] {
  if (!said) return [];
  const ids = said.flatMap((one) => (one === 'me' ? (me ?? []) : one === 'nobody' ? [] : [one]));
  const owned = sql`owner_id = any(${ids}::uuid[])`;
  return [said.includes('nobody') ? sql`(owner_id is null or ${owned})` : owned];
}

function teamSql(said: readonly string[] | null, me: string | null): Sql[] {
  if (!said) return [];
  const ids = said.filter((one) => one !== 'mine');
  const named = sql`team_id = any(${ids}::uuid[])`;
  if (!said.includes('mine')) return [named];
  return [sql`(${named} or team_id in (select m.team_id from team_members m where m.person_id = ${me}::uuid))`];
}

function markSql({ watching, overridden, issue, person, openedFrom, openedTo }: Filter, me: string | null): Sql[] {
  const watched = sql`exists (select from case_watchers w where w.case_id = cases.id and w.person_id = ${me}::uuid)`;
  return [
    ...(watching === undefined ? [] : [watching ? watched : sql`not ${watched}`]),
    ...(overridden === undefined ? [] : [sql`(override_reason is not null) = ${overridden}`]),
    ...(issue === undefined
      ? []
      : [sql`id in (select l.case_id from case_issues l where l.issue_id = ${issue}::uuid)`]),
    ...(person === undefined ? [] : [sql`id in (select p.case_id from case_people p where p.person = ${person})`]),
    ...(openedFrom === undefined ? [] : [sql`opened_at >= ${openedFrom}::timestamptz`]),
    ...(openedTo === undefined ? [] : [sql`opened_at < ${openedTo}::timestamptz`]),
  ];
}

/** A reference finds its case; any other word must stand in the title or in what is asked. */
function wordsSql(q: string | undefined): Sql[] {
  const words = (q ?? '').split(/\s+/).filter(Boolean);
  return words.map((word) => {
    const ref = parseReference(word);
    if (ref && 'id' in ref) return sql`id = ${ref.id}::uuid`;
    if (ref) return sql`(compartment = ${ref.compartment} and year = ${ref.year} and number = ${ref.number})`;
    const pattern = `%${word.replaceAll(/[\\%_]/g, '\\$&')}%`;
    return sql`(title ilike ${pattern} or ask ilike ${pattern} or harm ilike ${pattern} or requester_ref ilike ${pattern})`;
  });
}

export const conditionOf = (filter: Filter, me: string | null): Sql => sql.join(conditionsOf(filter, me), sql` and `);

/** By compartment, no more than `limit` in all. */
export async function countListed(
  db: Db,
  filter: Filter,
  me: string | null,
  limit: number,
): Promise<Map<string, number>> {
  const { rows } = await sql<{ compartment: string; count: number }>`
    select compartment, count(*)::int as count
      from (select compartment from cases where ${conditionOf(filter, me)} limit ${limit}) found group by 1 order by 1`.execute(
    db,
  );
  return new Map(rows.map(({ compartment, count }) => [compartment, count]));
}
