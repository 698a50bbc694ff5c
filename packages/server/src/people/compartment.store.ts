/** Compartments at rest. The wall shows those that the reader is in, and no others. */
import { type Held, Refusal } from '@groundswell/contract';
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
  throw changedMeanwhile();
}

const changedMeanwhile = () =>
  new Refusal(
    'compartment.changed_meanwhile',
    'Somebody else changed this compartment meanwhile. Nothing was saved: look at what they changed, then try again.',
  );

/** Whoever puts something in at this moment is waited for; whoever comes later waits, and finds it gone if it goes. */
export async function holdCompartment(trx: Trx, name: string, seen: number): Promise<void> {
  const { rows } = await sql`
    select from compartments where name = ${name} and version = ${seen} for update`.execute(trx);
  if (rows.length === 0) throw changedMeanwhile();
}

const KINDS: Readonly<Record<string, Held['kind']>> = {
  sources: 'sources',
  signals: 'signals',
  imports: 'imports',
  connectors: 'connectors',
  topics: 'topics',
  issues: 'issues',
  issue_comments: 'comments',
  saved_views: 'views',
  api_tokens: 'tokens',
  invitations: 'invitations',
  changes: 'changes',
  active_users: 'active_users',
};

/** What somebody put into it, most telling first. Tables that have no word here are told together. */
export async function heldIn(db: Db, name: string, at: Date): Promise<Held[]> {
  const { rows } = await sql<{ what: string; many: string }>`
    select what, many from app.held_in_compartment(${name}, ${at})`.execute(db);
  const counts = new Map<Held['kind'], number>();
  for (const { what, many } of rows) {
    const kind = KINDS[what] ?? 'other';
    counts.set(kind, (counts.get(kind) ?? 0) + Number(many));
  }
  const inOrder = [...new Set([...Object.values(KINDS), 'other' as const])];
  return inOrder.flatMap((kind) => (counts.has(kind) ? [{ kind, count: counts.get(kind)! }] : []));
}

/** With what the house kept there for itself. The database asks once more whether there is anything else. */
export async function dropCompartment(trx: Trx, name: string, at: Date): Promise<void> {
  await sql`select app.remove_compartment(${name}, ${at})`.execute(trx);
}

/** Whoever has these before them as they were is told when they save. */
export async function markMembersChanged(trx: Trx, names: readonly string[], people: readonly string[]): Promise<void> {
  await sql`update compartments set version = version + 1 where name = any (${[...names]}::text[])`.execute(trx);
  await sql`update people set version = version + 1 where id = any (${[...people]}::uuid[])`.execute(trx);
}

/** Whoever is let in does not wait any more. Says how many did. */
export async function dropHeld(trx: Trx, compartment: string, people: readonly string[]): Promise<number> {
  const gone = await sql`delete from held_memberships
             where compartment = ${compartment} and person_id = any (${[...people]}::uuid[])`.execute(trx);
  return Number(gone.numAffectedRows);
}

export async function countKeepers(db: Db, compartment: string): Promise<number> {
  const { rows } = await sql<{ n: number }>`
    select count(*)::int as n from person_compartments m join people p on p.id = m.person_id
     where m.compartment = ${compartment} and p.deactivated_at is null and ${MANAGES}`.execute(db);
  return rows[0]!.n;
}
