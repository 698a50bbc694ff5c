/** Roles at rest. */
import { Refusal } from '@groundswell/contract';
import { type Generated, type RawBuilder, sql } from 'kysely';
import type { Db, Trx } from '../platform/db.ts';
import type { Role } from './role.ts';

declare module '../platform/database.ts' {
  interface Database {
    roles: { id: Generated<string>; version: Generated<number>; name: string; capabilities: string[] };
    invitation_roles: { invitation_id: string; role: string };
  }
}

const selectRole = (condition: RawBuilder<unknown>) => sql<Role>`
  select r.id, r.version, r.name, r.capabilities,
         (select count(*)::int from person_roles m join people p on p.id = m.person_id
           where m.role = r.name and p.deactivated_at is null) as people,
         (select count(*)::int from invitation_roles m join invitations i on i.id = m.invitation_id
           where m.role = r.name and i.accepted_at is null and i.withdrawn_at is null) as invitations
    from roles r
   where ${condition}
   order by r.name <> 'admin', cardinality(r.capabilities) desc, lower(r.name)`;

export async function listRoles(db: Db): Promise<Role[]> {
  return (await selectRole(sql`true`).execute(db)).rows;
}

export async function loadRole(db: Db, id: string): Promise<Role> {
  const { rows } = await selectRole(sql`r.id = ${id}`).execute(db);
  if (!rows[0]) throw new Refusal('role.not_found', 'This role is not there any more. Reload the list.');
  return rows[0];
}

/** All of those, or a refusal that names the one that is missing. */
export async function rolesNamed(db: Db, names: readonly string[]): Promise<Role[]> {
  const wanted = [...new Set(names)];
  const { rows } = await selectRole(sql`r.name = any (${wanted}::text[])`).execute(db);
  if (rows.length < wanted.length) {
    throw new Refusal('role.not_found', 'One of these roles is not there any more. Reload the page and choose again.');
  }
  return rows;
}

export async function keepRole(trx: Trx, role: { name: string; capabilities: readonly string[] }): Promise<string> {
  const { rows } = await sql<{ id: string }>`
    insert into roles (name, capabilities) values (${role.name}, ${[...role.capabilities]})
    on conflict (lower(name)) do nothing returning id`.execute(trx);
  if (!rows[0]) throw nameTaken(role.name);
  return rows[0].id;
}

/** Everybody who holds it follows by the key. */
export async function saveRole(
  trx: Trx,
  id: string,
  { version, name, capabilities }: { version: number; name: string; capabilities: readonly string[] },
): Promise<void> {
  const other = await sql`select from roles where lower(name) = lower(${name}) and id <> ${id}`.execute(trx);
  if (other.rows.length > 0) throw nameTaken(name);
  const saved = await trx
    .updateTable('roles')
    .set({ name, capabilities: [...capabilities], version: version + 1 })
    .where('id', '=', id)
    .where('version', '=', version)
    .executeTakeFirst();
  if (saved.numUpdatedRows === 0n) {
    throw new Refusal(
      'role.changed_meanwhile',
      'Somebody else changed this role meanwhile. Reload it; nothing was saved.',
    );
  }
}

/** Everybody with the one role, gone or not, and every invitation to it, has the other afterwards. */
export async function moveHolders(trx: Trx, from: string, to: string): Promise<void> {
  await sql`insert into person_roles select person_id, ${to} from person_roles where role = ${from}
            on conflict do nothing`.execute(trx);
  await sql`insert into invitation_roles select invitation_id, ${to} from invitation_roles where role = ${from}
            on conflict do nothing`.execute(trx);
}

export async function dropRole(trx: Trx, role: Pick<Role, 'id' | 'name'>): Promise<void> {
  await trx.deleteFrom('person_roles').where('role', '=', role.name).execute();
  await trx.deleteFrom('invitation_roles').where('role', '=', role.name).execute();
  await trx.deleteFrom('roles').where('id', '=', role.id).execute();
}

const nameTaken = (name: string) =>
  new Refusal('role.name_taken', `There is a role "${name}" already. Choose another name; nothing was saved.`);
