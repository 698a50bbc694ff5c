/** Worlds at rest. */
import { Refusal, type WorldState } from '@groundswell/contract';
import { type RawBuilder, sql } from 'kysely';
import type { Db, Trx } from '../platform/db.ts';
import type { Steered, World } from './world.ts';

const selectWorlds = (condition: RawBuilder<unknown>) => sql<World>`
  select w.id, w.number, w.kind, w.state, w.seed::float8 as seed, w.signals_per_day as "signalsPerDay",
         w.history_days as "historyDays", w.day_from as "dayFrom", w.day_to as "dayTo", w.played_to as "playedTo", w.speed,
         w.skip_to as "skipTo", w.autoplay, w.filled, w.fill_total as "fillTotal", w.filled_to as "filledTo", w.played,
         w.faults, w.problem,
         w.created_by as "createdBy", p.name as "byName", w.created_at as "createdAt"
    from worlds w join people p on p.id = w.created_by where ${condition} order by w.number desc`;

export async function listWorlds(db: Db): Promise<World[]> {
  return (await selectWorlds(sql`w.state <> 'removing'`).execute(db)).rows;
}

export async function loadWorld(db: Db, number: number): Promise<World> {
  const { rows } = await selectWorlds(sql`w.number = ${number}`).execute(db);
  if (!rows[0]) throw new Refusal('world.not_found', 'This sample is not there any more. Open another on Home.');
  return rows[0];
}

export async function findWorld(db: Db, id: string): Promise<World | null> {
  return (await selectWorlds(sql`w.id = ${id}`).execute(db)).rows[0] ?? null;
}

/** Held until the transaction ends: of two who steer at once, the second steers what the first has made of it. */
export async function holdWorld(trx: Trx, number: number): Promise<World> {
  await sql`select from worlds where number = ${number} for no key update`.execute(trx);
  return loadWorld(trx, number);
}

/** Of two who open at once, the second counts what the first has made. Held until the transaction ends. */
export async function takeTurnToOpen(trx: Trx): Promise<void> {
  await sql`select pg_advisory_xact_lock(${OPENING})`.execute(trx);
}
const OPENING = 4_747_011;

export interface NewWorld {
  readonly kind: string;
  readonly seed: number;
  readonly signalsPerDay: number;
  readonly historyDays: number;
  readonly dayFrom: Date;
  readonly dayTo: Date;
  readonly speed: number;
  readonly autoplay: boolean;
  readonly createdBy: string;
  readonly at: Date;
}

/** With its two compartments; only the database itself can make these. Returns its number. */
export async function insertWorld(trx: Trx, made: NewWorld): Promise<number> {
  const { kind, seed, signalsPerDay, historyDays, dayFrom, dayTo, speed, autoplay, createdBy, at } = made;
  const { rows } = await sql<{ number: number }>`
    select app.open_world(${kind}, ${seed}, ${signalsPerDay}, ${historyDays}, ${dayFrom}, ${dayTo}, ${speed}, ${autoplay},
                          ${createdBy}, ${at}) as number`.execute(trx);
  return rows[0]!.number;
}

export async function saveSteered(trx: Trx, id: string, { state, speed, skipTo }: Steered): Promise<void> {
  await sql`update worlds set state = ${state}, speed = ${speed}, skip_to = ${skipTo}, version = version + 1
             where id = ${id}`.execute(trx);
}

/** Only from a state that it is in: what a person has decided meanwhile is not overwritten by whoever is at work on it. */
export async function saveState(
  trx: Trx,
  id: string,
  { from, to, problem = null }: { from: WorldState; to: WorldState; problem?: string | null },
): Promise<boolean> {
  const { numAffectedRows } = await sql`
    update worlds set state = ${to}, problem = ${problem}, version = version + 1
     where id = ${id} and state = ${from}`.execute(trx);
  return numAffectedRows === 1n;
}

/** A step of whoever is at work on it, from where it stood; false for one that lost it to another meanwhile. */
export interface StepOf {
  readonly id: string;
  readonly runner: string;
  readonly from: Date;
  readonly to: Date;
  /** Signals that were told between the two. */
  readonly more: number;
  readonly at: Date;
}

/** How many there will be is known at the end only; until then it is what came so far and a day's usual number for the rest. */
export async function saveFilled(trx: Trx, { id, runner, from, to, more, at }: StepOf): Promise<boolean> {
  const { numAffectedRows } = await sql`
    update worlds set filled = filled + ${more}, filled_to = ${to}, beat_at = ${at}, faults = 0, rest_until = null,
                      fill_total = filled + ${more} + round(signals_per_day * extract(epoch from day_from - ${to}::timestamptz) / 86400)
     where id = ${id} and runner = ${runner} and filled_to = ${from} and state = 'filling'`.execute(trx);
  return numAffectedRows === 1n;
}

/** Onward from where it stood. A skip that has been reached is over, and so is the day at its end. */
export async function savePlayed(trx: Trx, { id, runner, from, to, more, at }: StepOf): Promise<boolean> {
  const { numAffectedRows } = await sql`
    update worlds set played_to = ${to}, played = played + ${more}, beat_at = ${at}, faults = 0, rest_until = null,
                      skip_to = case when skip_to > ${to} then skip_to end,
                      state = case when state = 'playing' and ${to}::timestamptz >= day_to then 'over' else state end
     where id = ${id} and runner = ${runner} and played_to = ${from}`.execute(trx);
  return numAffectedRows === 1n;
}

export async function keepTime(trx: Trx, id: string, at: Date, playedTo: Date): Promise<void> {
  await sql`insert into world_times (world_id, at, played_to) values (${id}, ${at}, ${playedTo})
            on conflict (world_id, at) do update set played_to = excluded.played_to`.execute(trx);
}

/** How the clock of the world ran: pairs of moments, by time. */
export async function readTimes(db: Db, id: string): Promise<{ at: Date; playedTo: Date }[]> {
  const { rows } = await sql<{ at: Date; playedTo: Date }>`
    select at, played_to as "playedTo" from world_times where world_id = ${id} order by at`.execute(db);
  return rows;
}

/** One runner at a time: whoever gets it has it until it is let go of, or shows no life for a while. */
export async function holdForRun(trx: Trx, id: string, runner: string, at: Date): Promise<boolean> {
  const { numAffectedRows } = await sql`
    update worlds set runner = ${runner}, beat_at = ${at} where id = ${id} and ${unheld(at)}`.execute(trx);
  return numAffectedRows === 1n;
}

/** Whoever shows no life for this long is dead; of a clock that was put back, nobody waits for the old time to come. */
const SILENT_MS = 15_000;
const unheld = (at: Date) => sql`(runner is null or beat_at < ${new Date(at.getTime() - SILENT_MS)}
                                   or beat_at > ${new Date(at.getTime() + SILENT_MS)})`;

export async function beat(trx: Trx, id: string, runner: string, at: Date): Promise<boolean> {
  const { numAffectedRows } = await sql`
    update worlds set beat_at = ${at}, faults = 0, rest_until = null where id = ${id} and runner = ${runner}`.execute(
    trx,
  );
  return numAffectedRows === 1n;
}

export async function letGo(trx: Trx, id: string, runner: string): Promise<void> {
  await sql`update worlds set runner = null where id = ${id} and runner = ${runner}`.execute(trx);
}

/** A turn that failed: let go of, and left to the queue for a while. How many there were after each other. */
export async function saveFault(trx: Trx, id: string, runner: string, at: Date): Promise<number> {
  const { rows } = await sql<{ faults: number }>`
    update worlds set runner = null, faults = faults + 1,
                      rest_until = ${at}::timestamptz + make_interval(secs => least(600, 15 * 2 ^ least(faults, 6)))
     where id = ${id} and runner = ${runner} returning faults`.execute(trx);
  return rows[0]?.faults ?? 0;
}

/** When no other process can be at work, nobody is: whoever held one is dead. */
export async function freeAll(trx: Trx): Promise<void> {
  await sql`update worlds set runner = null, rest_until = null where runner is not null or rest_until is not null`.execute(
    trx,
  );
}

/** Those that somebody should be at work on. */
export async function unattended(db: Db, at: Date): Promise<Pick<World, 'id' | 'state'>[]> {
  const { rows } = await sql<Pick<World, 'id' | 'state'>>`
    select id, state from worlds
     where state in ('filling', 'reading', 'playing', 'removing') and ${unheld(at)}
       and (rest_until is null or rest_until <= ${at})`.execute(db);
  return rows;
}

/** Of each table so many rows at most: no statement runs for minutes, and a stop of the house waits for one bite. */
const SWEPT_AT_ONCE = 20_000;

/** Removes what is in the world's compartments, and nothing else; 0 when nothing was left and nobody can still write there. */
export async function sweep(trx: Trx, id: string): Promise<number> {
  const { rows } = await sql<{ swept: string }>`select app.sweep_world(${id}, ${SWEPT_AT_ONCE}) as swept`.execute(trx);
  return Number(rows[0]!.swept);
}

/** The world itself, once nothing is left in it. */
export async function forget(trx: Trx, id: string): Promise<void> {
  await sql`select app.forget_world(${id})`.execute(trx);
}

export async function insertNote(
  trx: Trx,
  note: { worldId: string; compartment: string; at: Date; text: string; by: string },
): Promise<void> {
  const { worldId, compartment, at, text, by } = note;
  await sql`insert into world_notes (world_id, compartment, at, text, by_actor)
            values (${worldId}, ${compartment}, ${at}, ${text}, ${by})`.execute(trx);
}

export async function listNotes(db: Db, worldId: string): Promise<{ at: Date; text: string; by: string }[]> {
  const { rows } = await sql<{ at: Date; text: string; by: string }>`
    select at, text, by_actor as by from world_notes where world_id = ${worldId} order by at`.execute(db);
  return rows;
}
