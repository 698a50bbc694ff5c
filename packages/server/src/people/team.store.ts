/** Teams at rest. */
import { Refusal } from '@groundswell/contract';
import { type Generated, type RawBuilder, sql } from 'kysely';
import type { Db, Trx } from '../platform/db.ts';

declare module '../platform/database.ts' {
  interface Database {
    teams: { id: Generated<string>; name: string; version: Generated<number>; created_at: Date };
    team_members: { team_id: string; person_id: string };
  }
}

export interface Team {
  readonly id: string;
  readonly version: number;
  readonly name: string;
  readonly members: { id: string; name: string }[];
}

/** Whoever is deactivated stays in the team, and is not shown: let back in, they find it again. */
const selectTeam = (condition: RawBuilder<unknown>) => sql<Team>`
  select t.id, t.version, t.name,
         coalesce((select json_agg(json_build_object('id', p.id, 'name', p.name) order by lower(p.name), p.id)
                     from team_members m join people p on p.id = m.person_id
                    where m.team_id = t.id and p.deactivated_at is null), '[]') as members
    from teams t where ${condition} order by lower(t.name)`;

export async function listTeams(db: Db): Promise<Team[]> {
  return (await selectTeam(sql`true`).execute(db)).rows;
}

export async function loadTeam(db: Db, id: string): Promise<Team> {
  const { rows } = await selectTeam(sql`t.id = ${id}`).execute(db);
  if (!rows[0]) throw new Refusal('team.not_found', 'This team is not there any more. Reload the list.');
  return rows[0];
}

export async function mustBeTeams(db: Db, ids: readonly string[]): Promise<void> {
  const wanted = [...new Set(ids)];
  const { rows } = await sql`select from teams where id = any (${wanted}::uuid[])`.execute(db);
  if (rows.length < wanted.length) {
    throw new Refusal('team.not_found', 'One of these teams is not there any more. Reload the page and choose again.');
  }
}

export async function keepTeam(trx: Trx, name: string, at: Date): Promise<string> {
  const { rows } = await sql<{ id: string }>`
    insert into teams (name, created_at) values (${name}, ${at}) on conflict (lower(name)) do nothing returning id`.execute(
    trx,
  );
  if (!rows[0]) throw nameTaken(name);
  return rows[0].id;
}

export async function saveTeam(trx: Trx, id: string, { version, name }: { version: number; name: string }) {
  const other = await sql`select from teams where lower(name) = lower(${name}) and id <> ${id}`.execute(trx);
  if (other.rows.length > 0) throw nameTaken(name);
  const saved = await sql`
    update teams set name = ${name}, version = ${version + 1} where id = ${id} and version = ${version}`.execute(trx);
  if (saved.numAffectedRows === 1n) return;
  throw new Refusal(
    'team.changed_meanwhile',
    'Somebody else changed this team meanwhile. Reload it; nothing was saved.',
  );
}

export async function dropTeam(trx: Trx, id: string): Promise<void> {
  await trx.deleteFrom('teams').where('id', '=', id).execute(); // its members and what is promised of it go with it
}

export async function addMember(trx: Trx, teamId: string, personId: string): Promise<void> {
  await trx
    .insertInto('team_members')
    .values({ team_id: teamId, person_id: personId })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
}

export async function dropMember(trx: Trx, teamId: string, personId: string): Promise<void> {
  await trx.deleteFrom('team_members').where('team_id', '=', teamId).where('person_id', '=', personId).execute();
}

/** All of these people are there; whoever has gone cannot be put into a team. */
export async function mustBePeople(db: Db, ids: readonly string[]): Promise<void> {
  const wanted = [...new Set(ids)];
  const { rows } = await sql`
    select from people where id = any (${wanted}::uuid[]) and deactivated_at is null`.execute(db);
  if (rows.length < wanted.length) {
    throw new Refusal(
      'person.not_found',
      'One of these people is not here any more. Reload the page and choose again.',
    );
  }
}

const nameTaken = (name: string) =>
  new Refusal('team.name_taken', `There is a team "${name}" already. Choose another name; nothing was saved.`);
