/** The dictionary while rows arrive: asked once and told once for each delivery, whatever its size. */
import { VALUES_CAP } from '@groundswell/contract';
import { sql } from 'kysely';
import type { Trx } from '../platform/db.ts';
import { type Dictionary, type KnownName, pairsOf, type Settled, settle } from './dictionary.ts';
import type { Arrival } from './revisions.ts';
import type { Source } from './source.store.ts';

/**
 * The arrivals with the dimensions that they keep, counted. The caller holds the source: so nobody else judges or counts its
 * values meanwhile, and no merge falls in between (whoever merges holds every source of the compartment).
 */
export async function settleDimensions(
  trx: Trx,
  source: Source,
  arrivals: readonly Arrival[],
): Promise<readonly Arrival[]> {
  const asked = pairsOf(arrivals);
  if (asked.names.length === 0) return arrivals;
  const settled = settle(arrivals, await loadDictionary(trx, source, asked));
  await countTallies(trx, source, settled);
  return settled.arrivals;
}

interface NameRow {
  readonly name: string;
  readonly brought: number;
  readonly cap: number | null;
  readonly values: number;
  readonly met: string[] | null;
  readonly countsAs: Record<string, string> | null;
}

/** One row for each name. Of values that are new nothing is sent back, so a delivery of nothing else costs little more. */
async function loadDictionary(
  trx: Trx,
  { id, compartment }: Source,
  asked: { names: readonly string[]; values: readonly string[] },
): Promise<Dictionary> {
  const { rows } = await sql<NameRow>`
    with asked as (select name, value from unnest(${asked.names}::text[], ${asked.values}::text[]) a (name, value)),
    meant as (
      select a.name, a.value, m.counts_as, coalesce(m.counts_as, a.value) as kept
        from asked a left join dimension_merges m on m.undone_at is null and m.compartment = ${compartment}
             and m.name = a.name and m.from_value = a.value),
    found as (
      select m.name, json_agg(distinct v.value) filter (where v.value is not null) as met,
             jsonb_object_agg(m.value, m.counts_as) filter (where m.counts_as is not null) as "countsAs"
        from meant m left join dimension_values v on v.source_id = ${id} and v.name = m.name and v.value = m.kept
       group by m.name)
    select f.name, f.met, f."countsAs", n.values_cap as cap, coalesce(n.values_known, 0) as values,
           (select count(*)::int from dimension_names where source_id = ${id}) as brought
      from found f left join dimension_names n on n.source_id = ${id} and n.name = f.name`.execute(trx);
  return { names: rows[0]?.brought ?? 0, byName: new Map(rows.map((row) => [row.name, knownName(row)])) };
}

const knownName = ({ cap, values, met, countsAs }: NameRow): KnownName => ({
  isNew: cap === null,
  cap: cap ?? VALUES_CAP,
  values,
  met: new Set(met),
  countsAs: new Map(Object.entries(countsAs ?? {})),
});

/** Values, names and the source in one statement. All rows belong to the held source: nobody else waits for them. */
async function countTallies(
  trx: Trx,
  { id, compartment }: Source,
  { tallies, rowsCut }: Pick<Settled<unknown>, 'tallies' | 'rowsCut'>,
): Promise<void> {
  const values = tallies.flatMap(({ name, values: own }) =>
    [...own].map(([value, span]) => ({ name, value, ...span })),
  );
  const column = <R, C>(rows: readonly R[], of: (row: R) => C): C[] => rows.map(of);
  const moment = (ms: number) => new Date(ms);
  await sql`
    with names as (
      insert into dimension_names as n (compartment, source_id, name, values_cap, values_known, rows, capped_rows, first_at, last_at)
      select ${compartment}, ${id}::uuid, t.name, ${VALUES_CAP}, t.fresh, t.rows, t.capped, t.first_at, t.last_at
        from unnest(${column(tallies, ({ name }) => name)}::text[], ${column(tallies, (t) => t.newValues)}::int[],
               ${column(tallies, ({ rows }) => rows)}::int[], ${column(tallies, (t) => t.cappedRows)}::int[],
               ${column(tallies, (t) => moment(t.firstAt))}::timestamptz[],
               ${column(tallies, (t) => moment(t.lastAt))}::timestamptz[]) t (name, fresh, rows, capped, first_at, last_at)
      on conflict (source_id, name) do update set values_known = n.values_known + excluded.values_known,
        rows = n.rows + excluded.rows, capped_rows = n.capped_rows + excluded.capped_rows,
        first_at = least(n.first_at, excluded.first_at), last_at = greatest(n.last_at, excluded.last_at)),
    cut as (update sources set names_left_out = names_left_out + ${rowsCut}::int where id = ${id} and ${rowsCut}::int > 0)
    insert into dimension_values as v (compartment, source_id, name, value, rows, first_at, last_at)
    select ${compartment}, ${id}::uuid, t.name, t.value, t.rows, t.first_at, t.last_at
      from unnest(${column(values, ({ name }) => name)}::text[], ${column(values, ({ value }) => value)}::text[],
             ${column(values, ({ rows }) => rows)}::int[], ${column(values, (v) => moment(v.firstAt))}::timestamptz[],
             ${column(values, (v) => moment(v.lastAt))}::timestamptz[]) t (name, value, rows, first_at, last_at)
    on conflict (source_id, name, value) do update set rows = v.rows + excluded.rows,
      first_at = least(v.first_at, excluded.first_at), last_at = greatest(v.last_at, excluded.last_at)`.execute(trx);
}
