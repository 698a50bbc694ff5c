/** Shifts, and what people bring, at rest. */
import { Refusal } from '@groundswell/contract';
import { type Generated, type RawBuilder, sql } from 'kysely';
import type { Db, Trx } from '../platform/db.ts';
import type { Place, Plan } from './turn.ts';

declare module '../platform/database.ts' {
  interface Database {
    person_brings: { person_id: string; zone: string | null; languages: string[]; skills: string[] };
    shifts: {
      id: Generated<string>;
      team_id: string;
      name: string;
      zone: string;
      days: number[];
      from_minute: number;
      minutes: number;
      begins: string;
      ends: string | null;
      version: Generated<number>;
      made_at: Date;
    };
    shift_people: { shift_id: string; person_id: string };
    shift_places: { shift_id: string; day: string; planned_id: string; holder_id: string; asked_id: string | null };
  }
}

export interface NewShift extends Plan {
  readonly teamId: string;
  readonly name: string;
}
interface PersonRef {
  readonly id: string;
  readonly name: string;
}
export interface Shift extends NewShift {
  readonly id: string;
  readonly version: number;
  readonly people: readonly PersonRef[];
}
export interface Brings {
  readonly zone: string | null;
  readonly languages: string[];
  readonly skills: string[];
}

/** Whoever is deactivated keeps their place in the plan and is not shown. */
const selectShifts = (condition: RawBuilder<unknown>) => sql<Shift>`
  select s.id, s.version, s.team_id as "teamId", s.name, s.zone, s.days, s.from_minute as "from", s.minutes, s.begins, s.ends,
         coalesce((select json_agg(json_build_object('id', p.id, 'name', p.name) order by lower(p.name), p.id)
                     from shift_people m join people p on p.id = m.person_id
                    where m.shift_id = s.id and p.deactivated_at is null), '[]') as people
    from shifts s where ${condition} order by s.begins, s.from_minute, s.id`;

export async function listShifts(db: Db, team?: string): Promise<Shift[]> {
  return (await selectShifts(team ? sql`s.team_id = ${team}` : sql`true`).execute(db)).rows;
}

const GONE = 'This shift is not there any more. Reload the page.';

export async function loadShift(db: Db, id: string): Promise<Shift> {
  const { rows } = await selectShifts(sql`s.id = ${id}`).execute(db);
  if (!rows[0]) throw new Refusal('shift.not_found', GONE);
  return rows[0];
}

const columns = (shift: NewShift) => ({
  team_id: shift.teamId,
  name: shift.name,
  zone: shift.zone,
  days: [...shift.days],
  from_minute: shift.from,
  minutes: shift.minutes,
  begins: shift.begins,
  ends: shift.ends,
});

export async function insertShift(trx: Trx, shift: NewShift, people: readonly string[], at: Date): Promise<string> {
  const made = trx.insertInto('shifts').values({ ...columns(shift), made_at: at });
  const { id } = await made.returning('id').executeTakeFirstOrThrow();
  await keepPeople(trx, id, people);
  return id;
}

export async function saveShift(
  trx: Trx,
  id: string,
  { version, people, ...shift }: NewShift & { version: number; people: readonly string[] },
): Promise<void> {
  const saved = await trx
    .updateTable('shifts')
    .set({ ...columns(shift), version: version + 1 })
    .where('id', '=', id)
    .where('version', '=', version)
    .executeTakeFirst();
  if (saved.numUpdatedRows !== 1n) {
    throw new Refusal(
      'shift.changed_meanwhile',
      'Somebody else changed this shift meanwhile. Reload it; nothing was saved.',
    );
  }
  await trx.deleteFrom('shift_people').where('shift_id', '=', id).execute();
  await keepPeople(trx, id, people);
}

async function keepPeople(trx: Trx, shiftId: string, people: readonly string[]): Promise<void> {
  const rows = [...new Set(people)].map((person_id) => ({ shift_id: shiftId, person_id }));
  if (rows.length > 0) await trx.insertInto('shift_people').values(rows).execute();
}

export async function dropShift(trx: Trx, id: string): Promise<void> {
  const { numDeletedRows } = await trx.deleteFrom('shifts').where('id', '=', id).executeTakeFirst();
  if (numDeletedRows !== 1n) throw new Refusal('shift.not_found', GONE);
}

const PLACE = [
  'shift_id as shiftId',
  'day',
  'planned_id as plannedId',
  'holder_id as holderId',
  'asked_id as askedId',
] as const;
export type KeptPlace = Place & { readonly shiftId: string; readonly day: string };

/** Places that are not as planned, of these shifts, by days. */
export async function placesOf(db: Db, shifts: readonly string[], from: string, until: string): Promise<KeptPlace[]> {
  if (shifts.length === 0) return [];
  const places = db.selectFrom('shift_places').select(PLACE).where('shift_id', 'in', shifts);
  return places.where('day', '>=', from).where('day', '<=', until).execute();
}

/** Held until the end of the transaction: of two who want one place, the second sees what the first did. */
export async function holdPlace(trx: Trx, shiftId: string, day: string, plannedId: string): Promise<Place> {
  await trx
    .insertInto('shift_places')
    .values({ shift_id: shiftId, day, planned_id: plannedId, holder_id: plannedId, asked_id: null })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
  return trx
    .selectFrom('shift_places')
    .select(['planned_id as plannedId', 'holder_id as holderId', 'asked_id as askedId'])
    .where('shift_id', '=', shiftId)
    .where('day', '=', day)
    .where('planned_id', '=', plannedId)
    .forUpdate()
    .executeTakeFirstOrThrow();
}

export async function savePlace(trx: Trx, shiftId: string, day: string, place: Place): Promise<void> {
  await trx
    .updateTable('shift_places')
    .set({ holder_id: place.holderId, asked_id: place.askedId })
    .where('shift_id', '=', shiftId)
    .where('day', '=', day)
    .where('planned_id', '=', place.plannedId)
    .execute();
}

/** Who of a team is here. */
export async function membersOf(db: Db, team: string): Promise<Set<string>> {
  const { rows } = await sql<{ id: string }>`
    select p.id from team_members m join people p on p.id = m.person_id
     where m.team_id = ${team} and p.deactivated_at is null`.execute(db);
  return new Set(rows.map(({ id }) => id));
}

export async function teamNames(db: Db): Promise<Map<string, string>> {
  const { rows } = await sql<PersonRef>`select id, name from teams order by lower(name)`.execute(db);
  return new Map(rows.map(({ id, name }) => [id, name]));
}

export async function listBrings(db: Db): Promise<(PersonRef & Brings)[]> {
  const { rows } = await sql<PersonRef & Brings>`
    select p.id, p.name, b.zone, coalesce(b.languages, '{}') as languages, coalesce(b.skills, '{}') as skills
      from people p left join person_brings b on b.person_id = p.id
     where p.deactivated_at is null order by lower(p.name), p.id`.execute(db);
  return rows;
}

export async function saveBrings(trx: Trx, personId: string, brings: Brings): Promise<void> {
  await trx
    .insertInto('person_brings')
    .values({ person_id: personId, ...brings })
    .onConflict((conflict) => conflict.column('person_id').doUpdateSet({ ...brings }))
    .execute();
}
