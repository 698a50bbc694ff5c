/** Keys of pseudonyms at rest: sealed, one row per rotation and compartment. */
import { type Selectable, sql } from 'kysely';
import type { Db, Trx } from '../platform/db.ts';

declare module '../platform/database.ts' {
  interface Database {
    pseudonym_keys: PseudonymKeysTable;
  }
}

interface PseudonymKeysTable {
  compartment: string;
  version: number;
  /** Null once it was forgotten. */
  sealed: Buffer | null;
  made_at: Date;
  forgotten_at: Date | null;
}
export type KeyRow = Selectable<PseudonymKeysTable>;

/** Newest first, the forgotten ones too. */
export async function keysOf(db: Db, compartment: string): Promise<KeyRow[]> {
  return db
    .selectFrom('pseudonym_keys')
    .selectAll()
    .where('compartment', '=', compartment)
    .orderBy('version', 'desc')
    .execute();
}

export async function newestKey(db: Db, compartment: string): Promise<KeyRow | undefined> {
  return db
    .selectFrom('pseudonym_keys')
    .selectAll()
    .where('compartment', '=', compartment)
    .orderBy('version', 'desc')
    .limit(1)
    .executeTakeFirst();
}

/** Until the transaction ends, nobody else makes or forgets keys of this compartment. */
export async function takeTurn(trx: Trx, compartment: string): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended('pseudonym keys ' || ${compartment}, 0))`.execute(trx);
}

export async function keepKey(trx: Trx, key: Omit<KeyRow, 'forgotten_at'>): Promise<void> {
  await trx
    .insertInto('pseudonym_keys')
    .values({ ...key, forgotten_at: null })
    .execute();
}

/** How many were forgotten now. */
export async function forgetKeysBefore(trx: Trx, compartment: string, version: number, at: Date): Promise<number> {
  const done = await trx
    .updateTable('pseudonym_keys')
    .set({ sealed: null, forgotten_at: at })
    .where('compartment', '=', compartment)
    .where('version', '<', version)
    .where('sealed', 'is not', null)
    .executeTakeFirst();
  return Number(done.numUpdatedRows);
}
