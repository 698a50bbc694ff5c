/** People at rest, as those see them who look after people: with roles, teams and the compartments that both are in. */
import { Refusal } from '@groundswell/contract';
import { type RawBuilder, sql } from 'kysely';
import type { Db, Trx } from '../platform/db.ts';
import type { Difference } from './difference.ts';
import type { Person } from './person.ts';

/** The wall decides which compartments stand in the answer. */
const selectPerson = (condition: RawBuilder<unknown>, at: Date) => sql<Person>`
  select p.id, p.version, p.name, p.email, p.created_at as "createdAt", p.deactivated_at as "deactivatedAt",
         array(select m.role from person_roles m where m.person_id = p.id order by 1) as roles,
         array(select distinct c from person_roles m join roles r on r.name = m.role, unnest(r.capabilities) c
                where m.person_id = p.id) as can,
         array(select m.compartment from person_compartments m where m.person_id = p.id order by 1) as compartments,
         app.shares_compartments_of(p.id) as "sharesAll",
         array(select m.team_id from team_members m where m.person_id = p.id order by 1) as teams,
         (select max(s.seen_at) from sessions s where s.person_id = p.id) as "seenAt",
         (select count(*)::int from sessions s
           where s.person_id = p.id and s.ended_at is null and s.expires_at > ${at}
             and s.seen_at > ${at}::timestamptz - interval '12 hours' and p.deactivated_at is null) as "openSessions"
    from people p
   where ${condition}
   order by p.deactivated_at is not null, lower(p.name), p.id`;

export async function listPeople(db: Db, at: Date): Promise<Person[]> {
  return (await selectPerson(sql`true`, at).execute(db)).rows;
}

export async function loadPerson(db: Db, id: string, at: Date): Promise<Person> {
  const { rows } = await selectPerson(sql`p.id = ${id}`, at).execute(db);
  if (!rows[0]) throw new Refusal('person.not_found', `There is no person ${id}.`);
  return rows[0];
}

/** Those that the reader is in. */
export async function listCompartments(db: Db): Promise<{ name: string; title: string }[]> {
  return db.selectFrom('compartments').select(['name', 'title']).orderBy('name').execute();
}

export async function savePerson(
  trx: Trx,
  id: string,
  { version, name, email }: { version: number; name: string; email: string },
): Promise<void> {
  const saved = await trx
    .updateTable('people')
    .set({ name, email, version: version + 1 })
    .where('id', '=', id)
    .where('version', '=', version)
    .executeTakeFirst();
  if (saved.numUpdatedRows > 0n) return;
  throw new Refusal(
    'person.changed_meanwhile',
    'Somebody else changed this person meanwhile. Nothing was saved: look at what they changed, then try again.',
  );
}

export async function saveRoles(trx: Trx, personId: string, { given, taken }: Difference): Promise<void> {
  await sql`delete from person_roles where person_id = ${personId} and role = any (${[...taken]}::text[])`.execute(trx);
  await sql`insert into person_roles select ${personId}, unnest(${[...given]}::text[])`.execute(trx);
}

export async function saveCompartments(trx: Trx, personId: string, { given, taken }: Difference): Promise<void> {
  await sql`delete from person_compartments
             where person_id = ${personId} and compartment = any (${[...taken]}::text[])`.execute(trx);
  await sql`insert into person_compartments select ${personId}, unnest(${[...given]}::text[])`.execute(trx);
}

/** From `at` on, or no longer. */
export async function markDeactivated(trx: Trx, id: string, at: Date | null): Promise<void> {
  await sql`update people set deactivated_at = ${at}, version = version + 1 where id = ${id}`.execute(trx);
}
