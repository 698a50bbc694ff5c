/** Sessions at rest. Found by the hash of their secret through one door; the hash itself cannot be read back. */
import { type Generated, sql } from 'kysely';
import type { Db, Trx } from '../platform/db.ts';
import { idleSince, type OwnSession, SESSION_MS, type Session } from './session.ts';
import type { Device } from './visitor.ts';

declare module '../platform/database.ts' {
  interface Database {
    sessions: SessionsTable;
  }
}

interface SessionsTable {
  id: Generated<string>;
  secret_hash: Buffer;
  person_id: string;
  created_at: Date;
  seen_at: Date;
  expires_at: Date;
  ended_at: Date | null;
  browser: string | null;
  system: string | null;
  address: string | null;
}

export async function findSession(db: Db, secretHash: Buffer): Promise<Session | undefined> {
  const { rows } = await sql<Session>`
    select id, person_id as "personId", seen_at as "seenAt", expires_at as "expiresAt", ended_at as "endedAt", name, email,
           last_seen_at as "lastSeenAt", deactivated_at as "deactivatedAt", roles, capabilities, compartments
      from app.find_session(${secretHash})`.execute(db);
  return rows[0];
}

/** Which sessions are ended: one, all of a person's, or all but the one by which they ask. */
export type Which = { id: string } | { personId: string; but?: string | undefined };

/** Keeps a new session, and on the person when they were last here before it. */
export async function keepSession(
  trx: Trx,
  personId: string,
  secretHash: Buffer,
  device: Device,
  at: Date,
): Promise<string> {
  const before = trx
    .selectFrom('sessions')
    .select((eb) => eb.fn.max('seen_at').as('at'))
    .where('person_id', '=', personId);
  await trx.updateTable('people').set({ last_seen_at: before }).where('id', '=', personId).execute();
  const expires_at = new Date(at.getTime() + SESSION_MS);
  const { id } = await trx
    .insertInto('sessions')
    .values({ secret_hash: secretHash, person_id: personId, created_at: at, seen_at: at, expires_at, ...device })
    .returning('id')
    .executeTakeFirstOrThrow();
  return id;
}

export async function markSeen(trx: Trx, id: string, at: Date): Promise<void> {
  await trx.updateTable('sessions').set({ seen_at: at }).where('id', '=', id).where('seen_at', '<', at).execute();
}

/** Ends one session, or all of a person's; returns how many were still open. */
export async function endSessions(trx: Trx, which: Which, at: Date): Promise<number> {
  const open = trx
    .updateTable('sessions')
    .set({ ended_at: at })
    .where('ended_at', 'is', null)
    .where('expires_at', '>', at);
  const these =
    'id' in which
      ? open.where('id', '=', which.id)
      : open
          .where('person_id', '=', which.personId)
          .$if(which.but !== undefined, (query) => query.where('id', '<>', which.but!));
  const { numUpdatedRows } = await these.executeTakeFirst();
  return Number(numUpdatedRows);
}

/** Those of a person that still open something, the one last seen first. */
export function listSessions(db: Db, personId: string, at: Date): Promise<OwnSession[]> {
  return db
    .selectFrom('sessions')
    .select(['id', 'address', 'created_at as createdAt', 'seen_at as seenAt'])
    .select((eb) => [
      eb.ref('browser').$castTo<OwnSession['browser']>().as('browser'),
      eb.ref('system').$castTo<OwnSession['system']>().as('system'),
    ])
    .where('person_id', '=', personId)
    .where('ended_at', 'is', null)
    .where('expires_at', '>', at)
    .where('seen_at', '>', idleSince(at))
    .orderBy('seen_at', 'desc')
    .orderBy('id')
    .execute();
}

export async function isSessionOf(db: Db, id: string, personId: string): Promise<boolean> {
  const row = db.selectFrom('sessions').select('id').where('id', '=', id).where('person_id', '=', personId);
  return (await row.executeTakeFirst()) !== undefined;
}
