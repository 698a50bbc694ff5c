/** Links at rest: hashes only. */
import { type Generated, sql } from 'kysely';
import type { Db, Trx } from '../platform/db.ts';
import type { Link, LinkFor } from './link.ts';

declare module '../platform/database.ts' {
  interface Database {
    access_links: {
      id: Generated<string>;
      token_hash: Buffer;
      invitation_id: string | null;
      person_id: string | null;
      created_by: string;
      created_at: Date;
      expires_at: Date;
      used_at: Date | null;
      void_at: Date | null;
    };
  }
}

export interface NewLink {
  readonly tokenHash: Buffer;
  readonly to: LinkFor;
  readonly createdBy: string;
  readonly expiresAt: Date;
}

/** Keeps a new link; those before it to the same thing open nothing any more. */
export async function keepAccessLink(trx: Trx, link: NewLink, at: Date): Promise<string> {
  await voidLinks(trx, link.to, at);
  const to = 'personId' in link.to ? { person_id: link.to.personId } : { invitation_id: link.to.invitationId };
  const { id } = await trx
    .insertInto('access_links')
    .values({
      ...to,
      token_hash: link.tokenHash,
      created_by: link.createdBy,
      created_at: at,
      expires_at: link.expiresAt,
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  return id;
}

export async function voidLinks(trx: Trx, to: LinkFor, at: Date): Promise<void> {
  const open = trx
    .updateTable('access_links')
    .set({ void_at: at })
    .where('used_at', 'is', null)
    .where('void_at', 'is', null);
  const these =
    'personId' in to ? open.where('person_id', '=', to.personId) : open.where('invitation_id', '=', to.invitationId);
  await these.execute();
}

export async function markLinkUsed(trx: Trx, id: string, at: Date): Promise<void> {
  await trx.updateTable('access_links').set({ used_at: at }).where('id', '=', id).execute();
}

export async function findLink(db: Db, tokenHash: Buffer): Promise<Link | undefined> {
  const { rows } = await sql<Link>`
    select id, invitation_id as "invitationId", person_id as "personId", name, email, expires_at as "expiresAt", closed,
           roles, compartments, teams, beyond
      from app.find_link(${tokenHash})`.execute(db);
  return rows[0];
}

/** Out of these until somebody inside lets them in again. Done from inside: of no other membership would be known. */
export async function holdMemberships(trx: Trx, personId: string, compartments: readonly string[], at: Date) {
  const held = [...compartments];
  await sql`
    with gone as (
      delete from person_compartments where person_id = ${personId} and compartment = any (${held}::text[])
      returning compartment, person_id)
    insert into held_memberships select compartment, person_id, ${at} from gone on conflict do nothing`.execute(trx);
  await sql`update compartments set version = version + 1 where name = any (${held}::text[])`.execute(trx);
}
