/** One sealed word, kept to find out at the start whether the key of the house is still the one that sealed. */
import { sql } from 'kysely';
import type { Db, Trx } from '../platform/db.ts';

export async function readSealingCheck(db: Db): Promise<Buffer | undefined> {
  const { rows } = await sql<{ sealed: Buffer }>`select sealed from sealing_check`.execute(db);
  return rows[0]?.sealed;
}

/** The first one stays. */
export async function keepSealingCheck(trx: Trx, sealed: Buffer): Promise<void> {
  await sql`insert into sealing_check (sealed) values (${sealed}) on conflict do nothing`.execute(trx);
}
