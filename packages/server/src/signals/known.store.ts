/** What things are called: sources, dimensions and their values, for reading a query and for helping to write one. */
import { sql } from 'kysely';
import type { Db } from '../platform/db.ts';

export interface Named {
  readonly id: string;
  readonly name: string;
  readonly signals: number;
}

export async function sourceNames(db: Db): Promise<Named[]> {
  const { rows } = await sql<Named>`
    select id, name, signals::float8 as signals from sources order by signals desc, name`.execute(db);
  return rows;
}

/** Values looked at to answer for beginnings and ranges; a dimension that has more is capped by intake long before. */
const VALUES_READ_MAX = 20_000;

/** All values of a dimension as they stand in rows; null when nobody brought it. */
export async function valuesOf(db: Db, name: string): Promise<string[] | null> {
  const { rows } = await sql<{ value: string }>`
    select value from dimension_values where name = ${name} group by value order by sum(rows) desc limit ${VALUES_READ_MAX}`.execute(
    db,
  );
  if (rows.length > 0) return rows.map(({ value }) => value);
  const known = await sql`select from dimension_names where name = ${name} limit 1`.execute(db);
  return known.rows.length > 0 ? [] : null;
}

export interface Suggested {
  readonly value: string;
  readonly count: number | null;
}

const beginning = (begun: string) => `%${begun.replaceAll(/[\\%_]/g, '\\$&')}%`;

/** Names of dimensions that hold these letters, the most used first. */
export async function suggestNames(db: Db, begun: string, limit: number): Promise<Suggested[]> {
  const { rows } = await sql<Suggested>`
    select name as value, sum(rows)::float8 as count from dimension_names where name ilike ${beginning(begun)}
     group by name order by count desc, name limit ${limit}`.execute(db);
  return rows;
}

/** Values of a dimension that hold these letters, those that begin with them first. Merged ones stand under what they count as. */
export async function suggestDimension(db: Db, name: string, begun: string, limit: number): Promise<Suggested[]> {
  const { rows } = await sql<Suggested>`
    select value, sum(rows)::float8 as count from dimension_values v
     where name = ${name} and value ilike ${beginning(begun)}
       and not exists (select from dimension_merges m where m.undone_at is null and m.compartment = v.compartment
                          and m.name = v.name and m.from_value = v.value)
     group by value order by strpos(lower(value), lower(${begun})) > 1, count desc, value limit ${limit}`.execute(db);
  return rows;
}

/** Languages, one step of the index each: however many signals there are, it costs as many steps as there are languages. */
export async function suggestLanguages(db: Db, begun: string, limit: number): Promise<Suggested[]> {
  const { rows } = await sql<Suggested>`
    with recursive said as (
      (select language from signals where latest and language is not null order by language limit 1)
      union all
      select (select s.language from signals s where s.latest and s.language > said.language order by s.language limit 1)
        from said where said.language is not null)
    select language as value, null::float8 as count from said
     where language ilike ${`${begun.replaceAll(/[\\%_]/g, '\\$&')}%`} order by language limit ${limit}`.execute(db);
  return rows;
}
