/** One-time links at rest: hashes only. */
import { sql } from 'kysely';
import type { Db, Trx } from '../platform/db.ts';

declare module '../platform/database.ts' {
  interface Database {
    setup_links: { token_hash: Buffer; created_at: Date; expires_at: Date; used_at: Date | null };
  }
}

/** Any constant: everybody who makes or uses a link takes turns by it, so that there is one first admin. */
const TURN = 4_747_002;

export async function takeTurn(trx: Trx): Promise<void> {
  await sql`select pg_advisory_xact_lock(${TURN})`.execute(trx);
}

/** Keeps a new link; those before it no longer open anything. */
export async function keepLink(trx: Trx, tokenHash: Buffer, at: Date, expiresAt: Date): Promise<void> {
  await trx.updateTable('setup_links').set({ used_at: at }).where('used_at', 'is', null).execute();
  await trx
    .insertInto('setup_links')
    .values({ token_hash: tokenHash, created_at: at, expires_at: expiresAt })
    .execute();
}

export async function isLinkOpen(db: Db, tokenHash: Buffer, at: Date): Promise<boolean> {
  const found = await db
    .selectFrom('setup_links')
    .select('token_hash')
    .where('token_hash', '=', tokenHash)
    .where('used_at', 'is', null)
    .where('expires_at', '>', at)
    .executeTakeFirst();
  return found !== undefined;
}

export async function closeLink(trx: Trx, tokenHash: Buffer, at: Date): Promise<void> {
  await trx.updateTable('setup_links').set({ used_at: at }).where('token_hash', '=', tokenHash).execute();
}
