/** Who and what belongs to a case: people it is about, signals it was opened from, who watches it, who may see it. */
import type { CaseSubject } from '@groundswell/contract';
import { sql } from 'kysely';
import type { z } from 'zod';
import type { Db, Trx } from '../platform/db.ts';

type Role = z.output<typeof CaseSubject>['role'];

declare module '../platform/database.ts' {
  interface Database {
    case_people: { case_id: string; person: string; compartment: string; role: Role; at: Date };
    case_signals: { case_id: string; signal_id: string; compartment: string };
    case_watchers: { case_id: string; person_id: string; compartment: string; at: Date };
  }
}

/** The case that a row belongs to, and the wall around it. */
export interface Of {
  readonly id: string;
  readonly compartment: string;
}

export interface Subject {
  readonly person: string;
  readonly role: Role;
}

export async function addPeople(
  trx: Trx,
  { id, compartment }: Of,
  people: readonly Subject[],
  at: Date,
): Promise<number> {
  if (people.length === 0) return 0;
  const rows = people.map(({ person, role }) => ({ case_id: id, person, compartment, role, at }));
  const added = trx
    .insertInto('case_people')
    .values(rows)
    .onConflict((one) => one.doNothing());
  return (await added.returning('person').execute()).length;
}

export async function removePeople(trx: Trx, { id }: Of, people: readonly string[]): Promise<Subject[]> {
  if (people.length === 0) return [];
  const gone = trx
    .deleteFrom('case_people')
    .where('case_id', '=', id)
    .where('person', 'in', [...people]);
  return gone.returning(['person', 'role']).execute();
}

export async function peopleOf(db: Db, id: string): Promise<(Subject & { at: Date })[]> {
  const people = db.selectFrom('case_people').select(['person', 'role', 'at']).where('case_id', '=', id);
  return people.orderBy('at').orderBy('person').execute();
}

export async function addSignals(trx: Trx, { id, compartment }: Of, signals: readonly string[]): Promise<void> {
  if (signals.length === 0) return;
  const rows = [...new Set(signals)].map((signal_id) => ({ case_id: id, signal_id, compartment }));
  await trx
    .insertInto('case_signals')
    .values(rows)
    .onConflict((one) => one.doNothing())
    .execute();
}

export async function signalsOf(db: Db, id: string, limit: number): Promise<string[]> {
  const rows = await db.selectFrom('case_signals').select('signal_id').where('case_id', '=', id).limit(limit).execute();
  return rows.map((row) => row.signal_id);
}

/** Where signals stand, of those that the reader sees. */
export async function compartmentsOfSignals(db: Db, ids: readonly string[]): Promise<string[]> {
  const { rows } = await sql<{ compartment: string }>`
    select distinct compartment from signals where signal_id = any(${ids}::uuid[])`.execute(db);
  return rows.map(({ compartment }) => compartment);
}

/** Cases that have not ended and look at one of these signals or at this issue, with how much they share. */
export async function lookingAt(
  db: Db,
  { signals, issues }: { signals: readonly string[]; issues: readonly string[] },
): Promise<{ id: string; shared: number }[]> {
  const { rows } = await sql<{ id: string; shared: number }>`
    select c.id, count(*)::int as shared from cases c join (
           select case_id from case_signals where signal_id = any(${signals}::uuid[])
           union all select case_id from case_issues where issue_id = any(${issues}::uuid[])) f on f.case_id = c.id
     where c.state not in ('closed', 'duplicate', 'not_ours') group by c.id order by shared desc, c.id limit 20`.execute(
    db,
  );
  return rows;
}

export async function watch(trx: Trx, { id, compartment }: Of, personId: string, at: Date): Promise<boolean> {
  const row = { case_id: id, person_id: personId, compartment, at };
  const made = trx
    .insertInto('case_watchers')
    .values(row)
    .onConflict((one) => one.doNothing());
  return (await made.returning('case_id').execute()).length > 0;
}

export async function unwatch(trx: Trx, { id }: Of, personId: string): Promise<boolean> {
  const gone = trx.deleteFrom('case_watchers').where('case_id', '=', id).where('person_id', '=', personId);
  return (await gone.returning('case_id').execute()).length > 0;
}

export async function watchersOf(db: Db, id: string): Promise<string[]> {
  const rows = await db
    .selectFrom('case_watchers')
    .select('person_id')
    .where('case_id', '=', id)
    .orderBy('at')
    .execute();
  return rows.map((row) => row.person_id);
}

export interface Colleague {
  readonly id: string;
  readonly name: string;
  /** May work on cases, so may be given one. */
  readonly works: boolean;
}

/** Active people who may see the cases of this compartment. */
export async function colleaguesIn(db: Db, compartment: string): Promise<Colleague[]> {
  const { rows } = await sql<Colleague>`
    select id, name, works from app.case_readers_of(${compartment}) order by lower(name), id`.execute(db);
  return rows;
}

export async function membersOf(db: Db, teamId: string): Promise<string[]> {
  const rows = await db.selectFrom('team_members').select('person_id').where('team_id', '=', teamId).execute();
  return rows.map((row) => row.person_id);
}

export async function teamNames(db: Db, ids: readonly string[]): Promise<Map<string, string>> {
  if (ids.length === 0) return new Map();
  const { rows } = await sql<{ id: string; name: string }>`
    select id, name from teams where id = any(${[...new Set(ids)]}::uuid[])`.execute(db);
  return new Map(rows.map(({ id, name }) => [id, name]));
}

export async function allTeams(db: Db): Promise<{ id: string; name: string }[]> {
  const { rows } = await sql<{ id: string; name: string }>`select id, name from teams order by lower(name)`.execute(db);
  return rows;
}
