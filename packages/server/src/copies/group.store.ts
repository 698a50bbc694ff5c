/** Reading groups of copied texts: lists, one group, and what a list of signals shows and asks. */
import type { CopyGroupView, listCopyGroups, SignalView } from '@groundswell/contract';
import { type RawBuilder, sql } from 'kysely';
import type { z } from 'zod';
import type { Db } from '../platform/db.ts';
import type { Shape } from './copies.ts';

export type GroupQuery = z.output<typeof listCopyGroups.query>;

export interface Group {
  readonly id: string;
  readonly firstSignalId: string;
  readonly signals: number;
  readonly exact: number;
  readonly authors: number | null;
  readonly mostByOne: number | null;
  readonly characters: number;
  readonly firstAt: Date;
  readonly lastAt: Date;
  readonly busiestHour: number;
  readonly halfHours: number;
  readonly shape: Shape;
}

/** Where a page ended: what it was sorted by, as text, and the id. */
export interface Position {
  readonly value: string;
  readonly id: string;
}

const GROUP = sql`
  g.id, g.first_signal_id as "firstSignalId", g.signals, g.exact, g.authors, g.most_by_one as "mostByOne", g.characters,
  g.first_at as "firstAt", g.last_at as "lastAt", g.busiest_hour as "busiestHour", g.half_hours as "halfHours", g.shape`;

/** One whose other members were all superseded is no group any more. */
const ALIVE = sql`g.signals > 1`;

const SORTS = {
  newest: { column: sql`g.last_at`, type: sql`timestamptz`, of: (group: Group) => group.lastAt.toISOString() },
  largest: { column: sql`g.signals`, type: sql`int`, of: (group: Group) => String(group.signals) },
} as const;

export const positionOf = (group: Group, sort: GroupQuery['sort']): Position => ({
  value: SORTS[sort].of(group),
  id: group.id,
});

type Filter = Pick<GroupQuery, 'shape' | 'source' | 'from' | 'to'>;

function conditionsOf(query: Filter): RawBuilder<unknown>[] {
  const conditions: RawBuilder<unknown>[] = [ALIVE];
  if (query.shape) conditions.push(sql`g.shape = any(${[query.shape].flat()}::text[])`);
  if (query.from) conditions.push(sql`g.last_at >= ${query.from}`);
  if (query.to) conditions.push(sql`g.first_at < ${query.to}`);
  if (query.source) {
    conditions.push(sql`exists (select from copy_tallies t
      where t.group_id = g.id and t.kind = 'source' and t.value = ${query.source.toLowerCase()})`);
  }
  return conditions;
}

export function pageQuery(query: GroupQuery, after: Position | null): RawBuilder<Group> {
  const { column, type } = SORTS[query.sort];
  const conditions = conditionsOf(query);
  if (after) conditions.push(sql`(${column}, g.id) < (${after.value}::${type}, ${after.id}::uuid)`);
  return sql<Group>`
    select ${GROUP} from copy_groups g where ${sql.join(conditions, sql` and `)}
     order by ${column} desc, g.id desc limit ${query.limit}`;
}

export async function listPage(db: Db, query: GroupQuery, after: Position | null): Promise<Group[]> {
  return (await pageQuery(query, after).execute(db)).rows;
}

/** By compartment, counted no further than `limit` in all. */
export async function countPage(db: Db, query: Filter, limit: number): Promise<Map<string, number>> {
  const { rows } = await sql<{ compartment: string; n: number }>`
    select compartment, count(*)::int as n
      from (select g.compartment from copy_groups g where ${sql.join(conditionsOf(query), sql` and `)} limit ${limit}) found
     group by 1`.execute(db);
  return new Map(rows.map(({ compartment, n }) => [compartment, n]));
}

export async function loadGroup(db: Db, id: string): Promise<Group | undefined> {
  return (await sql<Group>`select ${GROUP} from copy_groups g where g.id = ${id} and ${ALIVE}`.execute(db)).rows[0];
}

export interface Parts {
  readonly sources: CopyGroupView['sources'];
  readonly languages: string[];
}

const MOST_PARTS = 8;

/** Sources and languages of each group, the largest first. */
export async function loadParts(db: Db, groupIds: readonly string[]): Promise<Map<string, Parts>> {
  const { rows } = await sql<{ groupId: string; kind: string; value: string; name: string | null; signals: number }>`
    select g.id as "groupId", t.kind, t.value, s.name, t.signals
      from unnest(${groupIds}::uuid[]) g (id), unnest('{source,language}'::text[]) k (kind),
           lateral (select kind, value, signals from copy_tallies
                     where group_id = g.id and kind = k.kind order by signals desc, value limit ${MOST_PARTS}) t
      left join sources s on t.kind = 'source' and s.id::text = t.value
     order by t.signals desc, t.value`.execute(db);
  const parts = new Map(groupIds.map((id): [string, Parts] => [id, { sources: [], languages: [] }]));
  for (const { groupId, kind, value, name, signals } of rows) {
    const part = parts.get(groupId)!;
    if (kind === 'language') part.languages.push(value);
    else if (name !== null) part.sources.push({ id: value, name, signals });
  }
  return parts;
}

/** Signals of each group in `count` equal parts of its time. */
export async function loadSparks(db: Db, groupIds: readonly string[], count: number): Promise<Map<string, number[]>> {
  const { rows } = await sql<{ groupId: string; part: number; signals: number }>`
    select g.id as "groupId", least(${count} - 1,
             floor((t.value::int - s.hour) * ${count}::float8 / (e.hour - s.hour + 1)))::int as part,
           sum(t.signals)::int as signals
      from copy_groups g
      cross join lateral (select floor(extract(epoch from g.first_at) / 3600)::int as hour) s
      cross join lateral (select floor(extract(epoch from g.last_at) / 3600)::int as hour) e
      join copy_tallies t on t.group_id = g.id and t.kind = 'hour'
     where g.id = any(${groupIds}::uuid[]) group by 1, 2`.execute(db);
  const sparks = new Map(groupIds.map((id) => [id, new Array<number>(count).fill(0)]));
  for (const { groupId, part, signals } of rows) sparks.get(groupId)![Math.max(0, part)]! += signals;
  return sparks;
}

export async function loadGroupHours(db: Db, groupId: string): Promise<{ hour: number; signals: number }[]> {
  const { rows } = await sql<{ hour: number; signals: number }>`
    select value::int as hour, signals from copy_tallies where group_id = ${groupId} and kind = 'hour' order by 1`.execute(
    db,
  );
  return rows;
}

/** What a list of signals shows beside each; one without a copy is left out. */
export async function copiesOf(db: Db, signalIds: readonly string[]): Promise<Map<string, SignalView['copies']>> {
  const { rows } = await sql<{ id: string; groupId: string; signals: number; authors: number | null; exact: boolean }>`
    select c.signal_id as id, c.group_id as "groupId", g.signals, g.authors, c.exact
      from signal_copies c join copy_groups g on g.id = c.group_id
     where c.signal_id = any(${signalIds}::uuid[]) and ${ALIVE}`.execute(db);
  return new Map(
    rows.map(({ id, exact, ...group }) => [id, { ...group, likeness: exact ? ('exact' as const) : ('near' as const) }]),
  );
}

/** A condition on `signals.signal_id`. */
export const inCopies = (group: 'any' | string): RawBuilder<unknown> =>
  group === 'any'
    ? sql`exists (select from signal_copies c where c.signal_id = signals.signal_id)`
    : sql`exists (select from signal_copies c where c.signal_id = signals.signal_id and c.group_id = ${group}::uuid)`;
