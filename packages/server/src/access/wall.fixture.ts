/** Something in every table of every compartment: what must not get out of one is told by a word that stands in it. */
import type { TestHouse } from '../../test/house.ts';
import { withClient } from '../platform/embedded-postgres.ts';

/** Stands in every text of every row of `legal`. */
export const SECRET = 'embargoed';

/** The id of every row of `legal`: whoever guesses one has guessed them all. */
export const GUESSED = '1e9a1000-0000-4000-8000-000000000000';

export async function namesBy(house: TestHouse, statement: string): Promise<string[]> {
  const { rows } = await house.owner.query<{ name: string }>(`${statement} order by 1`);
  return rows.map(({ name }) => name);
}

/** One row for each compartment in each table that has one; returns their names. Foreign keys, triggers and checks are the business of other tests. */
export async function fillCompartments(
  house: TestHouse,
  compartments: readonly string[] = ['open', 'legal'],
): Promise<string[]> {
  const tables = await namesBy(
    house,
    `select table_name as name from information_schema.columns join information_schema.tables using (table_schema, table_name)
      where table_schema = 'public' and column_name = 'compartment' and table_type = 'BASE TABLE'`,
  );
  await withClient(house.urlFor('superuser'), async (client) => {
    await client.query('set session_replication_role = replica');
    for (const table of tables) {
      const checks = `select conname as name from pg_constraint where contype = 'c' and conrelid = '${table}'::regclass`;
      for (const check of await namesBy(house, checks)) {
        await client.query(`alter table ${table} drop constraint ${check}`);
      }
      for (const compartment of compartments) await client.query(await anyRow(house, table, compartment));
    }
  });
  return tables;
}

async function anyRow(house: TestHouse, table: string, compartment: string): Promise<string> {
  const { rows } = await house.owner.query<{ name: string; type: string }>(
    `select column_name as name, data_type as type from information_schema.columns
      where table_schema = 'public' and table_name = $1 and is_generated = 'NEVER' and is_identity = 'NO'
        and (column_name in ('compartment', 'id') or data_type in ('text', 'jsonb')
             or (column_default is null and is_nullable = 'NO'))`,
    [table],
  );
  const isLegal = compartment === 'legal';
  const value = ({ name, type }: { name: string; type: string }) => {
    if (name === 'compartment') return `'${compartment}'`;
    if (type === 'uuid' && isLegal) return `'${GUESSED}'`;
    return anyValue(type, isLegal ? SECRET : 'plain');
  };
  return `insert into ${table} (${rows.map(({ name }) => name)}) values (${rows.map(value)}) on conflict do nothing`;
}

let number = 0;
function anyValue(type: string, word: string): string {
  if (type === 'text') return `'${word} ' || gen_random_uuid()`;
  if (type === 'tsvector') return `'${word}'`;
  if (type === 'jsonb') return `'{"word": "${word}"}'`;
  if (type === 'uuid') return 'gen_random_uuid()';
  if (type === 'bytea') return `sha256(gen_random_uuid()::text::bytea)`;
  if (type === 'boolean') return 'true';
  if (type === 'ARRAY') return `'{}'`;
  if (type.startsWith('timestamp') || type === 'date') return 'now()';
  return String(++number); // fits the smallest of them
}
