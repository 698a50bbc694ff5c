/** People at rest, their roles and the compartments they belong to. */
import { type Generated, sql } from 'kysely';
import type { Db, Trx } from '../platform/db.ts';

declare module '../platform/database.ts' {
  interface Database {
    people: PeopleTable;
    person_roles: { person_id: string; role: string };
    person_compartments: { person_id: string; compartment: string };
  }
}

/** `password_hash` can be written and never read: `app.find_credentials` is its one door. */
interface PeopleTable {
  id: Generated<string>;
  name: string;
  email: string;
  password_hash: string;
  created_at: Date;
  last_seen_at: Date | null;
  deactivated_at: Date | null;
  version: Generated<number>;
}

export interface NewPerson {
  readonly name: string;
  readonly email: string;
  readonly passwordHash: string;
  readonly roles: readonly string[];
  readonly compartments: readonly string[];
}

export async function keepPerson(trx: Trx, person: NewPerson, at: Date): Promise<string> {
  const { id } = await trx
    .insertInto('people')
    .values({ name: person.name, email: person.email, password_hash: person.passwordHash, created_at: at })
    .returning('id')
    .executeTakeFirstOrThrow();
  for (const role of person.roles) await trx.insertInto('person_roles').values({ person_id: id, role }).execute();
  for (const compartment of person.compartments) {
    await trx.insertInto('person_compartments').values({ person_id: id, compartment }).execute();
  }
  return id;
}

export async function isAnybodyThere(db: Db): Promise<boolean> {
  return (await db.selectFrom('people').select('id').limit(1).executeTakeFirst()) !== undefined;
}

export interface Credentials {
  readonly id: string;
  readonly passwordHash: string;
  readonly deactivatedAt: Date | null;
}

export async function findCredentials(db: Db, email: string): Promise<Credentials | undefined> {
  const { rows } = await sql<Credentials>`
    select id, password_hash as "passwordHash", deactivated_at as "deactivatedAt" from app.find_credentials(${email})`.execute(
    db,
  );
  return rows[0];
}

/** Whether a mail address is somebody's, in whatever case it was typed; `but` is left out of it. */
export async function isMailTaken(db: Db, email: string, but?: string): Promise<boolean> {
  const { rows } = await sql`
    select from people where lower(email) = lower(${email}) and id is distinct from ${but ?? null}::uuid`.execute(db);
  return rows.length > 0;
}

/** Names by id, for lines that say who did something. An actor that is no person (engine, token) is not in it. */
export async function namesOf(db: Db, actorIds: readonly string[]): Promise<ReadonlyMap<string, string>> {
  const ids = actorIds.filter((id) => /^[0-9a-f-]{36}$/.test(id));
  if (ids.length === 0) return new Map();
  const rows = await db.selectFrom('people').select(['id', 'name']).where('id', 'in', ids).execute();
  return new Map(rows.map(({ id, name }) => [id, name]));
}

/** When this person was here before the present session; null on the first, and for whoever is no person. */
export async function lastHere(db: Db, actorId: string): Promise<Date | null> {
  if (!/^[0-9a-f-]{36}$/.test(actorId)) return null;
  const row = await db.selectFrom('people').select('last_seen_at').where('id', '=', actorId).executeTakeFirst();
  return row?.last_seen_at ?? null;
}

/** As a password must not be made of. */
export async function loadFace(db: Db, id: string): Promise<{ name: string; email: string }> {
  return db.selectFrom('people').select(['name', 'email']).where('id', '=', id).executeTakeFirstOrThrow();
}

export async function savePassword(trx: Trx, id: string, passwordHash: string): Promise<void> {
  await trx.updateTable('people').set({ password_hash: passwordHash }).where('id', '=', id).execute();
}
