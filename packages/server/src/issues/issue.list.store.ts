/** Lists of issues, filtered and in pages. */
import type { listIssues } from '@groundswell/contract';
import { type RawBuilder, sql } from 'kysely';
import type { z } from 'zod';
import type { Db } from '../platform/db.ts';
import { ISSUE } from './issue.store.ts';
import { GROUPS, type Issue } from './issue.ts';
import type { Graves } from './severity.store.ts';

export type IssueQuery = z.output<typeof listIssues.query>;

/** Where a page ended: the value that it was sorted by, as text, and the id. */
export interface Position {
  readonly value: string;
  readonly id: string;
}

/** What a list can be sorted by. A missing number stands below every other. */
const SORTS = {
  noticed: { column: sql`noticed_at`, type: sql`timestamptz`, of: (issue: Issue) => issue.noticedAt.toISOString() },
  onset: { column: sql`onset_at`, type: sql`timestamptz`, of: (issue: Issue) => issue.onsetAt.toISOString() },
  changed: { column: sql`changed_at`, type: sql`timestamptz`, of: (issue: Issue) => issue.changedAt.toISOString() },
  signals: { column: sql`signals`, type: sql`float8`, of: (issue: Issue) => String(issue.signals) },
  people: { column: sql`coalesce(people, -1)`, type: sql`float8`, of: (issue: Issue) => String(issue.people ?? -1) },
  // What is new stands above every multiple.
  ratio: {
    column: sql`coalesce(ratio, 'infinity')`,
    type: sql`float8`,
    of: (issue: Issue) => String(issue.ratio ?? Number.POSITIVE_INFINITY),
  },
} as const satisfies Record<Exclude<IssueQuery['sort'], 'severity'>, Sort>;

interface Sort {
  readonly column: RawBuilder<unknown>;
  readonly type: RawBuilder<unknown>;
  readonly of: (issue: Issue) => string;
}

/** The gravest is the most. What has appeared since the graves were known stands last. */
const bySeverity = (graves: Graves): Sort => {
  const weights = Object.fromEntries([...graves].map(([id, severity]) => [id, 5 - severity]));
  return {
    column: sql`coalesce((${JSON.stringify(weights)}::jsonb ->> issues.id::text)::float8, 0)`,
    type: sql`float8`,
    of: ({ id }) => String(weights[id] ?? 0),
  };
};

const sortOf = (sort: IssueQuery['sort'], graves: Graves | undefined): Sort =>
  sort === 'severity' ? bySeverity(graves ?? new Map()) : SORTS[sort];

export const positionOf = (issue: Issue, sort: IssueQuery['sort'], graves?: Graves): Position => ({
  value: sortOf(sort, graves).of(issue),
  id: issue.id,
});

/** One more than a page, if there is more. Times are kept to the millisecond, as they come from the engine's clock. */
export async function listPage(
  db: Db,
  query: IssueQuery & Filter & { readonly graves?: Graves | undefined },
  after: Position | null,
): Promise<Issue[]> {
  const { column, type } = sortOf(query.sort, query.graves);
  const back = query.order === 'desc';
  const beyond = back ? sql`<` : sql`>`;
  const direction = back ? sql`desc` : sql`asc`;
  const conditions = filterOf(query);
  if (after) conditions.push(sql`(${column}, id) ${beyond} (${after.value}::${type}, ${after.id}::uuid)`);
  return db
    .selectFrom('issues')
    .select(ISSUE)
    .where(sql<boolean>`${sql.join(conditions, sql` and `)}`)
    .orderBy(sql`${column} ${direction}, id ${direction}`)
    .limit(query.limit + 1)
    .execute();
}

type Filter = Pick<IssueQuery, 'state' | 'group' | 'historical'> & {
  /** What its query means, looked up before. */
  readonly asked?: { readonly condition: RawBuilder<unknown> } | undefined;
};

function filterOf({ asked, state, group, historical }: Filter): RawBuilder<unknown>[] {
  const states = statesIn({ group, state });
  const conditions: RawBuilder<unknown>[] = [sql`true`];
  if (states) conditions.push(sql`state = any(${states}::text[])`);
  if (historical !== undefined) conditions.push(sql`historical = ${historical}`);
  if (asked) conditions.push(asked.condition);
  return conditions;
}

/** All of it, as one condition on `issues`. */
export const conditionOf = (filter: Filter): RawBuilder<unknown> => sql.join(filterOf(filter), sql` and `);

/** By compartment, no more than `limit` in all. */
export async function countListed(db: Db, filter: Filter, limit: number): Promise<Map<string, number>> {
  const { rows } = await sql<{ compartment: string; count: number }>`
    select compartment, count(*)::int as count from (select compartment from issues where ${conditionOf(filter)} limit ${limit}) found
     group by 1 order by 1`.execute(db);
  return new Map(rows.map(({ compartment, count }) => [compartment, count]));
}

/** Undefined for all of them. */
export const statesIn = ({ group, state }: Pick<Filter, 'group' | 'state'>): readonly Issue['state'][] | undefined =>
  state === undefined ? statesOf(group) : [state].flat();

function statesOf(group: IssueQuery['group']): readonly Issue['state'][] | undefined {
  if (group === 'all') return undefined;
  return group === 'open' ? [...GROUPS.emerging, ...GROUPS.working] : GROUPS[group];
}

export interface GroupCounts {
  readonly emerging: number;
  readonly working: number;
  readonly closed: number;
  readonly historical: number;
}

/** Under the same words, whatever group is being looked at. `historical` counts the open ones found in the past. */
export async function countGroups(db: Db, { asked }: Pick<Filter, 'asked'>): Promise<GroupCounts> {
  const within = (states: readonly string[]) => sql`state = any(${states}::text[])`;
  const open = [...GROUPS.emerging, ...GROUPS.working];
  const said = conditionOf({ asked, group: 'all', state: undefined, historical: undefined });
  const { rows } = await sql<GroupCounts>`
    select count(*) filter (where ${within(GROUPS.emerging)})::int as emerging,
           count(*) filter (where ${within(GROUPS.working)})::int as working,
           count(*) filter (where ${within(GROUPS.closed)})::int as closed,
           count(*) filter (where ${within(open)} and historical)::int as historical
      from issues where ${said}`.execute(db);
  return rows[0]!;
}

/** For home: the few that matter first. Live ones before what was found in the past. */
export async function listFirst(db: Db, group: keyof typeof GROUPS, limit: number): Promise<Issue[]> {
  return db
    .selectFrom('issues')
    .select(ISSUE)
    .where(sql<boolean>`state = any(${GROUPS[group]}::text[])`)
    .orderBy('historical')
    .orderBy('noticed_at', 'desc')
    .orderBy('id')
    .limit(limit)
    .execute();
}
