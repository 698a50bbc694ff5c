/** Compartments at rest. The wall shows those that the reader is in, and no others. */
import { Refusal } from '@groundswell/contract';
import { sql } from 'kysely';
import type { Db, Trx } from '../platform/db.ts';
import { type Compartment, nameTaken } from './compartment.ts';

const MANAGES = sql`exists (select from person_roles x join roles y on y.name = x.role
                             where x.person_id = p.id and 'people.manage' = any (y.capabilities))`;

const compartments = (only: string | null) => sql<Compartment>`
  select c.name, c.title, c.purpose, c.version,
         coalesce((select json_agg(json_build_object('id', p.id, 'name', p.name,
                     'roles', array(select x.role from person_roles x where x.person_id = p.id order by 1),
                     'active', p.deactivated_at is null, 'keeper', p.deactivated_at is null and ${MANAGES})
                     order by lower(p.name), p.id)
                     from person_compartments m join people p on p.id = m.person_id
                    where m.compartment = c.name), '[]') as members,
         coalesce((select json_agg(json_build_object('id', p.id, 'name', p.name,
                     'at', to_char(h.held_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'))
                     order by lower(p.name), p.id)
                     from held_memberships h join people p on p.id = h.person_id
                    where h.compartment = c.name), '[]') as held
    from compartments c
   where ${only}::text is null or c.name = ${only}
   order by c.name <> 'open', lower(c.title), c.name`;

export async function listCompartments(db: Db): Promise<Compartment[]> {
  return (await compartments(null).execute(db)).rows;
}

/** Hidden and absent get the same answer. */
export async function loadCompartment(db: Db, name: string): Promise<Compartment> {
  const { rows } = await compartments(name).execute(db);
  if (rows[0]) return rows[0];
  throw new Refusal('compartment.not_found', `There is no compartment "${name}" that you are in. Nothing was changed.`);
}

type Said = Pick<Compartment, 'name' | 'title' | 'purpose'>;

export async function keepCompartment(trx: Trx, { name, title, purpose }: Said, at: Date): Promise<void> {
  const made = await sql`
    insert into compartments (name, title, purpose, made_at) values (${name}, ${title}, ${purpose}, ${at})
    on conflict do nothing`.execute(trx);
  if (made.numAffectedRows === 1n) return;
  throw nameTaken(name);
}

export async function saveCompartment(trx: Trx, { name, title, purpose }: Said, seen: number): Promise<void> {
  const saved = await sql`
    update compartments set title = ${title}, purpose = ${purpose}, version = ${seen + 1}
     where name = ${name} and version = ${seen}`.execute(trx);
  if (saved.numAffectedRows === 1n) return;
  throw new Refusal(
    'compartment.changed_meanwhile',
    'Somebody else changed this compartment meanwhile. Nothing was saved: look at what they changed, then try again.',
  );
}

/** Whoever has these before them as they were is told when they save. */
export async function markMembersChanged(trx: Trx, names: readonly string[], people: readonly string[]): Promise<void> {
  await sql`update compartments set version = version + 1 where name = any (${[...names]}::text[])`.execute(trx);
  await sql`update people set version = version + 1 where id = any (${[...people]}::uuid[])`.execute(trx);
}

/** Whoever is let in does not wait any more. */
export async function dropHeld(trx: Trx, compartment: string, people: readonly string[]): Promise<void> {
  await sql`delete from held_memberships
             where compartment = ${compartment} and person_id = any (${[...people]}::uuid[])`.execute(trx);
}

export async function countKeepers(db: Db, compartment: string): Promise<number> {
  const { rows } = await sql<{ n: number }>`
    select count(*)::int as n from person_compartments m join people p on p.id = m.person_id
     where m.compartment = ${compartment} and p.deactivated_at is null and ${MANAGES}`.execute(db);
  return rows[0]!.n;
}
