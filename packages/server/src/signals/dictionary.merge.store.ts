/** Merges at rest, and what must be counted anew when one is made or taken back. */
import { OTHER_VALUE, Refusal } from '@groundswell/contract';
import { type RawBuilder, sql } from 'kysely';
import type { Db, Trx } from '../platform/db.ts';
import type { Merge } from './dictionary.ts';
import type { Spelling } from './query.ts';

/** What every command and every count speaks of: one name in one compartment. */
export interface Dimension {
  readonly compartment: string;
  readonly name: string;
}

export interface KeptMerge extends Merge, Dimension {
  readonly at: Date;
  readonly by: string;
  readonly countsAs: string;
}

const MERGE = sql`id, compartment, name, from_value as "from", to_value as "to", counts_as as "countsAs", at, by_actor as by`;

/**
 * Holds every source of the compartment: rows that are on their way in are kept first, and those after them know of the
 * change. It also lets two people merge only one after the other, so that no circle closes behind their backs.
 */
export async function holdDimension(trx: Trx, { compartment, name }: Dimension): Promise<void> {
  await sql`select id from sources where compartment = ${compartment} order by id for no key update`.execute(trx);
  const { rows } = await sql`
    select from dimension_names where compartment = ${compartment} and name = ${name} limit 1`.execute(trx);
  if (rows.length === 0) throw noSuchDimension();
}

export const noSuchDimension = () =>
  new Refusal(
    'dimension.not_found',
    'No source has brought this dimension. Nothing was changed. Choose one of the list.',
  );

export async function liveMerges(db: Db, { compartment, name }: Dimension): Promise<KeptMerge[]> {
  const { rows } = await sql<KeptMerge>`
    select ${MERGE} from dimension_merges where undone_at is null and compartment = ${compartment} and name = ${name}
     order by at, from_value`.execute(db);
  return rows;
}

/** A merge that holds; one that was taken back is gone. */
export async function loadMerge(db: Db, name: string, id: string): Promise<KeptMerge> {
  const { rows } = await sql<KeptMerge>`
    select ${MERGE} from dimension_merges where id = ${id} and name = ${name} and undone_at is null`.execute(db);
  if (rows[0]) return rows[0];
  throw new Refusal(
    'dimension.not_found',
    'This merge was taken back already, or there never was one. Load the page again.',
  );
}

interface Deed {
  readonly at: Date;
  readonly by: string;
}

/** Where their chains end is said afterwards, by `endChains`. */
export async function insertMerges(
  trx: Trx,
  { compartment, name }: Dimension,
  { from, to, at, by }: Deed & { from: readonly string[]; to: string },
): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    insert into dimension_merges (compartment, name, from_value, to_value, counts_as, at, by_actor)
    select ${compartment}, ${name}, value, ${to}, ${to}, ${at}::timestamptz, ${by} from unnest(${from}::text[]) value
    returning id`.execute(trx);
  return rows.map(({ id }) => id);
}

export async function undoMerges(trx: Trx, ids: readonly string[], { at, by }: Deed): Promise<void> {
  if (ids.length === 0) return;
  await sql`
    update dimension_merges set undone_at = ${at}, undone_by = ${by} where id = any(${ids}::uuid[])`.execute(trx);
}

export async function endChains(
  trx: Trx,
  { compartment, name }: Dimension,
  ends: ReadonlyMap<string, string>,
): Promise<void> {
  await sql`
    update dimension_merges m set counts_as = e.counts_as
      from unnest(${[...ends.keys()]}::text[], ${[...ends.values()]}::text[]) e (from_value, counts_as)
     where m.undone_at is null and m.compartment = ${compartment} and m.name = ${name} and m.from_value = e.from_value
       and m.counts_as <> e.counts_as`.execute(trx);
}

/**
 * After merges changed: a value as which others count is known at each source that has one of them, and the cap counts
 * what is told apart now.
 */
export async function recountValues(trx: Trx, { compartment, name }: Dimension): Promise<void> {
  await sql`
    delete from dimension_values where compartment = ${compartment} and name = ${name} and rows = 0`.execute(trx);
  await sql`
    insert into dimension_values (compartment, source_id, name, value, rows, first_at, last_at)
    select v.compartment, v.source_id, v.name, m.counts_as, 0, min(v.first_at), max(v.last_at)
      from dimension_values v ${liveMergeOf('v.compartment', 'v.name', 'v.value', 'join')}
     where v.compartment = ${compartment} and v.name = ${name} group by 1, 2, 3, 4
    on conflict do nothing`.execute(trx);
  await sql`
    with told_apart as (
      select v.source_id, count(distinct coalesce(m.counts_as, v.value)) filter
             (where coalesce(m.counts_as, v.value) <> ${OTHER_VALUE})::int as values
        from dimension_values v ${liveMergeOf('v.compartment', 'v.name', 'v.value')}
       where v.compartment = ${compartment} and v.name = ${name} and v.rows > 0 group by v.source_id)
    update dimension_names n set values_known = t.values from told_apart t
     where n.source_id = t.source_id and n.name = ${name} and n.values_known <> t.values`.execute(trx);
}

/** Undefined when the source has not brought this dimension. */
export async function changeCap(
  trx: Trx,
  name: string,
  { sourceId, cap }: { sourceId: string; cap: number },
): Promise<{ id: string; compartment: string } | undefined> {
  const { rows } = await sql<{ id: string; compartment: string }>`
    update dimension_names set values_cap = ${cap} where source_id = ${sourceId} and name = ${name}
    returning id, compartment`.execute(trx);
  return rows[0];
}

/**
 * The merge `m` that holds for a value, if any, given the columns that say which value it is. One step: `m.counts_as` is
 * where its chain ends.
 */
export function liveMergeOf(
  compartment: string,
  name: string,
  value: string,
  how: 'join' | 'left join' = 'left join',
): RawBuilder<unknown> {
  return sql`${sql.raw(how)} dimension_merges m on m.undone_at is null and m.compartment = ${sql.raw(compartment)}
    and m.name = ${sql.raw(name)} and m.from_value = ${sql.raw(value)}`;
}

/**
 * The dimensions of a row of that table or alias, each value as what it counts as now. Rows keep what was sent: so taking a
 * merge back needs nothing but the merge.
 */
export const dimensionsAsMerged = (row: string, column = 'dimensions'): RawBuilder<unknown> => sql`
  (select coalesce(jsonb_object_agg(d.key, coalesce(m.counts_as, d.value)), '{}')
     from jsonb_each_text(${sql.raw(`${row}.${column}`)}) d ${liveMergeOf(`${row}.compartment`, 'd.key', 'd.value')})`;

/** Everything that counts as the same as what was asked for; a value without merges has no row. */
export async function spellingsOf(db: Db, asked: ReadonlyMap<string, readonly string[]>): Promise<Spelling[]> {
  const pairs = [...asked].flatMap(([name, values]) => values.map((value) => [name, value] as const));
  const { rows } = await sql<Spelling>`
    with asked as (
      select distinct name, value from unnest(${pairs.map(([name]) => name)}::text[], ${pairs.map(([, value]) => value)}::text[])
             a (name, value)),
    ends as (
      select distinct m.compartment, a.name, a.value as asked, case when m.from_value = a.value then m.counts_as else a.value end as kept
        from asked a join dimension_merges m on m.undone_at is null and m.name = a.name
             and a.value in (m.from_value, m.counts_as))
    select e.compartment, e.name, e.asked, array_agg(s.value) as values
      from ends e, lateral (
        select e.kept as value union
        select m.from_value from dimension_merges m where m.undone_at is null and m.compartment = e.compartment
           and m.name = e.name and m.counts_as = e.kept) s
     where s.value <> e.asked group by 1, 2, 3`.execute(db);
  return rows;
}
