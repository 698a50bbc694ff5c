/** Groups of copied texts at rest: writing them. Counts are moved by what came and went, and never counted again. */
import { sql } from 'kysely';
import type { Trx } from '../platform/db.ts';
import type { Growth, Member, Outline, Shape, Tally } from './copies.ts';

export interface NewGroup {
  readonly id: string;
  readonly compartment: string;
  readonly firstSignalId: string;
  readonly characters: number;
  readonly weight: number;
  readonly at: Date;
}

/** Empty until its members are added. */
export async function insertGroups(trx: Trx, groups: readonly NewGroup[]): Promise<void> {
  if (groups.length === 0) return;
  await sql`
    insert into copy_groups (id, compartment, first_signal_id, signals, exact, characters, weight, first_at, last_at,
                             busiest_hour, half_hours, shape)
    select id, compartment, "firstSignalId", 0, 0, characters, weight, at, at, 0, 0, 'copies'
      from json_to_recordset(${JSON.stringify(groups)}::json) g (
        id uuid, compartment text, "firstSignalId" uuid, characters int, weight int, at timestamptz)
    on conflict do nothing`.execute(trx);
}

/** Those that were not members yet. */
export async function insertMembers(trx: Trx, compartment: string, members: readonly Member[]): Promise<Set<string>> {
  if (members.length === 0) return new Set();
  const { rows } = await sql<{ id: string }>`
    insert into signal_copies (signal_id, compartment, group_id, exact, source_id, author, language, at)
    select "signalId", ${compartment}, "groupId", exact, "sourceId", author, language, at
      from json_to_recordset(${JSON.stringify(members)}::json) m (
        "signalId" uuid, "groupId" uuid, exact boolean, "sourceId" uuid, author text, language text, at timestamptz)
    on conflict do nothing returning signal_id as id`.execute(trx);
  return new Set(rows.map(({ id }) => id));
}

/** Takes these signals out of their groups and says what they were there. */
export async function removeMembers(trx: Trx, signalIds: readonly string[]): Promise<Member[]> {
  if (signalIds.length === 0) return [];
  const { rows } = await sql<Member>`
    delete from signal_copies where signal_id = any(${signalIds}::uuid[])
    returning signal_id as "signalId", group_id as "groupId", exact, source_id as "sourceId", author, language, at`.execute(
    trx,
  );
  return rows;
}

/** Moves the tallies and returns by how many authors each group has grown or shrunk. */
export async function moveTallies(
  trx: Trx,
  compartment: string,
  tallies: readonly Tally[],
): Promise<Map<string, number>> {
  const authors = new Map<string, number>();
  if (tallies.length === 0) return authors;
  const { rows } = await sql<{ groupId: string; kind: string; isNew: boolean; signals: number }>`
    insert into copy_tallies as t (group_id, compartment, kind, value, signals)
    select "groupId", ${compartment}, kind, value, signals
      from json_to_recordset(${JSON.stringify(tallies)}::json) d ("groupId" uuid, kind text, value text, signals int)
    on conflict (group_id, kind, value) do update set signals = t.signals + excluded.signals
    returning t.group_id as "groupId", t.kind, t.xmax = 0 as "isNew", t.signals`.execute(trx);
  const emptied = rows.filter(({ signals }) => signals <= 0).map(({ groupId }) => groupId);
  for (const { groupId, kind, isNew, signals } of rows) {
    const by = kind === 'author' ? Number(isNew) - Number(signals <= 0) : 0;
    if (by !== 0) authors.set(groupId, (authors.get(groupId) ?? 0) + by);
  }
  if (emptied.length > 0) {
    await sql`delete from copy_tallies where group_id = any(${emptied}::uuid[]) and signals <= 0`.execute(trx);
  }
  return authors;
}

export interface GrownGroup extends Outline {
  readonly id: string;
  readonly shape: Shape;
}

/** The busiest author and hour are the ends of an index, however large the group is. */
export async function growGroups(
  trx: Trx,
  growths: readonly (Growth & { readonly authors: number })[],
): Promise<GrownGroup[]> {
  if (growths.length === 0) return [];
  const most = (kind: 'author' | 'hour') => sql`
    (select t.signals from copy_tallies t where t.group_id = g.id and t.kind = ${kind} order by t.signals desc limit 1)`;
  const { rows } = await sql<GrownGroup>`
    update copy_groups g set
      signals = g.signals + d.signals, exact = g.exact + d.exact,
      authors = nullif(coalesce(g.authors, 0) + d.authors, 0), most_by_one = ${most('author')},
      first_at = least(g.first_at, d."firstAt"), last_at = greatest(g.last_at, d."lastAt"),
      busiest_hour = coalesce(${most('hour')}, 0)
      from json_to_recordset(${JSON.stringify(growths)}::json) d (
        "groupId" uuid, signals int, exact int, authors int, "firstAt" timestamptz, "lastAt" timestamptz)
     where g.id = d."groupId"
    returning g.id, g.signals, g.authors, g.most_by_one as "mostByOne", g.weight, g.half_hours as "halfHours", g.shape`.execute(
    trx,
  );
  return rows;
}

type Hours = { readonly hour: number; readonly signals: number }[];

/** The hours of each of these groups, in order. */
export async function loadHours(trx: Trx, groupIds: readonly string[]): Promise<Map<string, Hours>> {
  const hours = new Map<string, Hours>();
  if (groupIds.length === 0) return hours;
  const { rows } = await sql<{ groupId: string; hour: number; signals: number }>`
    select group_id as "groupId", value::int as hour, signals from copy_tallies
     where group_id = any(${groupIds}::uuid[]) and kind = 'hour' order by 1, 2`.execute(trx);
  for (const { groupId, ...hour } of rows) {
    if (!hours.has(groupId)) hours.set(groupId, []);
    hours.get(groupId)!.push(hour);
  }
  return hours;
}

export async function saveShapes(
  trx: Trx,
  groups: readonly { readonly id: string; readonly shape: Shape; readonly halfHours: number }[],
): Promise<void> {
  if (groups.length === 0) return;
  await sql`
    update copy_groups g set shape = n.shape, half_hours = n."halfHours"
      from json_to_recordset(${JSON.stringify(groups)}::json) n (id uuid, shape text, "halfHours" int)
     where g.id = n.id`.execute(trx);
}
