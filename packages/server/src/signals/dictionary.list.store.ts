/** The dictionary as people read it: every dimension, and the values of one, each counted as what it counts as. */
import type { DimensionView } from '@groundswell/contract';
import { sql } from 'kysely';
import type { Db } from '../platform/db.ts';
import { type Dimension, liveMergeOf } from './dictionary.merge.store.ts';

interface NameRow extends Omit<DimensionView, 'firstAt' | 'lastAt'> {
  readonly firstAt: Date;
  readonly lastAt: Date;
}

/** The most used first; all of a compartment, or only the one that is named. */
export async function listNames(
  db: Db,
  { compartment, name }: Pick<Dimension, 'compartment'> & { name?: string },
): Promise<DimensionView[]> {
  const { rows } = await sql<NameRow>`
    with brought as (
      select n.*, s.name as source_name from dimension_names n join sources s on s.id = n.source_id
       where n.compartment = ${compartment} ${name === undefined ? sql`` : sql`and n.name = ${name}`}),
    told_apart as (
      select v.name, count(distinct coalesce(m.counts_as, v.value))::int as values
        from dimension_values v ${liveMergeOf('v.compartment', 'v.name', 'v.value')}
       where v.compartment = ${compartment} and v.rows > 0 ${name === undefined ? sql`` : sql`and v.name = ${name}`}
       group by v.name)
    select b.name, t.values, sum(b.rows)::float8 as rows, min(b.first_at) as "firstAt", max(b.last_at) as "lastAt",
           json_agg(json_build_object('sourceId', b.source_id, 'sourceName', b.source_name, 'values', b.values_known,
             'cap', b.values_cap, 'cappedRows', b.capped_rows) order by b.rows desc, b.source_name) as sources
      from brought b join told_apart t using (name) group by b.name, t.values order by sum(b.rows) desc, b.name`.execute(
    db,
  );
  return rows.map((row) => ({ ...row, firstAt: row.firstAt.toISOString(), lastAt: row.lastAt.toISOString() }));
}

/** Sources that brought more names than are kept. */
export async function namesLeftOut(
  db: Db,
  compartment: string,
): Promise<{ sourceId: string; sourceName: string; rows: number }[]> {
  const { rows } = await sql<{ sourceId: string; sourceName: string; rows: number }>`
    select id as "sourceId", name as "sourceName", names_left_out::float8 as rows from sources
     where compartment = ${compartment} and names_left_out > 0 order by names_left_out desc, name`.execute(db);
  return rows;
}

/** By source: the dimensions that are full there and lose values to "other". */
export async function cappedNames(db: Db): Promise<ReadonlyMap<string, string[]>> {
  const { rows } = await sql<{ source: string; names: string[] }>`
    select source_id as source, array_agg(name order by capped_rows desc, name) as names from dimension_names
     where capped_rows > 0 and values_known >= values_cap group by source_id`.execute(db);
  return new Map(rows.map(({ source, names }) => [source, names]));
}

export interface ValuesAsked extends Dimension {
  readonly source?: string | undefined;
  readonly q?: string | undefined;
  readonly sort: 'rows' | 'value' | 'newest';
  readonly offset: number;
  readonly limit: number;
}

export interface KeptValue {
  readonly value: string;
  readonly rows: number;
  readonly firstAt: Date;
  readonly lastAt: Date;
}

const ORDER = {
  rows: sql`rows desc, value`,
  value: sql`lower(value), value`,
  newest: sql`first_at desc, value`,
};

/** One page, and how many there are in all. A value is also found by what counts as it. */
export async function listValues(db: Db, asked: ValuesAsked): Promise<{ total: number; values: KeptValue[] }> {
  const { compartment, name, source, q, sort, offset, limit } = asked;
  const found =
    q === undefined
      ? sql`true`
      : sql`strpos(lower(v.value), lower(${q})) > 0 or strpos(lower(m.counts_as), lower(${q})) > 0`;
  const { rows } = await sql<{ total: number } & (KeptValue | { value: null })>`
    with counted as (
      select coalesce(m.counts_as, v.value) as value, sum(v.rows)::float8 as rows, min(v.first_at) as first_at, max(v.last_at) as last_at
        from dimension_values v ${liveMergeOf('v.compartment', 'v.name', 'v.value')}
       where v.compartment = ${compartment} and v.name = ${name} and v.rows > 0
             ${source === undefined ? sql`` : sql`and v.source_id = ${source}`}
       group by 1 having bool_or(${found})),
    page as (select * from counted order by ${ORDER[sort]} offset ${offset} limit ${limit})
    select t.total, p.value, p.rows, p.first_at as "firstAt", p.last_at as "lastAt"
      from (select count(*)::int as total from counted) t left join page p on true order by ${ORDER[sort]}`.execute(db);
  return {
    total: rows[0]?.total ?? 0,
    values: rows.flatMap((row) => (row.value === null ? [] : [row])),
  };
}
