/** Invitations at rest, until somebody accepts or withdraws them. */
import { Refusal } from '@groundswell/contract';
import { type RawBuilder, sql } from 'kysely';
import type { Db, Trx } from '../platform/db.ts';
import type { Invitation } from './invitation.ts';

const selectInvitation = (condition: RawBuilder<unknown>) => sql<Invitation>`
  select i.id, i.name, i.email, p.name as "invitedBy", i.created_at as "createdAt",
         array(select m.role from invitation_roles m where m.invitation_id = i.id order by 1) as roles,
         array(select m.compartment from invitation_compartments m where m.invitation_id = i.id order by 1) as compartments,
         array(select m.team_id from invitation_teams m where m.invitation_id = i.id order by 1) as teams,
         (select max(l.expires_at) from access_links l where l.invitation_id = i.id) as "expiresAt"
    from invitations i join people p on p.id = i.created_by
   where i.accepted_at is null and i.withdrawn_at is null and ${condition}
   order by i.created_at desc, i.id`;

export async function listInvitations(db: Db): Promise<Invitation[]> {
  return (await selectInvitation(sql`true`).execute(db)).rows;
}

export async function loadInvitation(db: Db, id: string): Promise<Invitation> {
  const { rows } = await selectInvitation(sql`i.id = ${id}`).execute(db);
  if (rows[0]) return rows[0];
  throw new Refusal('invitation.not_found', 'This invitation was accepted or withdrawn meanwhile. Reload the list.');
}

export interface NewInvitation {
  readonly name: string;
  readonly email: string;
  readonly roles: readonly string[];
  readonly compartments: readonly string[];
  readonly teams: readonly string[];
  readonly createdBy: string;
}

export async function keepInvitation(trx: Trx, one: NewInvitation, at: Date): Promise<string> {
  const { rows } = await sql<{ id: string }>`
    insert into invitations (name, email, created_by, created_at)
    values (${one.name}, ${one.email}, ${one.createdBy}, ${at}) returning id`.execute(trx);
  const { id } = rows[0]!;
  await sql`insert into invitation_roles select distinct ${id}::uuid, unnest(${[...one.roles]}::text[])`.execute(trx);
  await sql`insert into invitation_teams select distinct ${id}::uuid, unnest(${[...one.teams]}::uuid[])`.execute(trx);
  await sql`insert into invitation_compartments
            select distinct ${id}::uuid, unnest(${[...one.compartments]}::text[])`.execute(trx);
  return id;
}

/** The one that stands for this mail address, if any: the newer one takes its place. */
export async function openInvitationTo(db: Db, email: string): Promise<string | null> {
  const { rows } = await sql<{ id: string }>`
    select id from invitations
     where lower(email) = lower(${email}) and accepted_at is null and withdrawn_at is null`.execute(db);
  return rows[0]?.id ?? null;
}

export async function markRenewed(trx: Trx, id: string, by: string, at: Date): Promise<void> {
  await sql`update invitations set created_by = ${by}, created_at = ${at} where id = ${id}`.execute(trx);
}

export async function markWithdrawn(trx: Trx, id: string, at: Date): Promise<void> {
  await sql`update invitations set withdrawn_at = ${at} where id = ${id}`.execute(trx);
}

export async function markAccepted(trx: Trx, id: string, at: Date): Promise<void> {
  await sql`update invitations set accepted_at = ${at} where id = ${id}`.execute(trx);
}
