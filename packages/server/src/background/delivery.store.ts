/** What one delivery has said so far. */
import { sql } from 'kysely';
import type { Trx } from '../platform/db.ts';

export interface Said {
  readonly row: number;
  /** Hashes of what the row is about and of what it says, in the form of a uuid. */
  readonly key: string;
  readonly said: string;
}

/** Files of the same compartment come in one behind the other, so that two never wait for each other in a ring. */
export async function waitForTurn(trx: Trx, compartment: string): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended('file of the background of ' || ${compartment}, 0))`.execute(
    trx,
  );
}

/** For as long as the transaction: a file has more rows than a process should remember. */
export async function openMemory(trx: Trx): Promise<void> {
  await sql`create temporary table said_before (key uuid primary key, said uuid not null, row int not null) on commit drop`.execute(
    trx,
  );
}

/** Those that say something else than a row before them, with that row. The others are remembered. */
export async function sayOnce(trx: Trx, rows: readonly Said[]): Promise<Map<number, number>> {
  const { rows: found } = await sql<{ row: number; before: number }>`
    with r as (
      select * from unnest(${rows.map(({ key }) => key)}::uuid[], ${rows.map(({ said }) => said)}::uuid[],
                           ${rows.map(({ row }) => row)}::int[]) as r (key, said, row)),
    kept as (insert into said_before select key, said, row from r on conflict do nothing)
    select r.row, b.row as before from r join said_before b using (key) where b.said <> r.said`.execute(trx);
  return new Map(found.map(({ row, before }) => [row, before]));
}
