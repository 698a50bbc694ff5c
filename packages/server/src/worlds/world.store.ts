/** Worlds at rest. */
import { Refusal } from '@groundswell/contract';
import { type RawBuilder, sql } from 'kysely';
import type { Db, Trx } from '../platform/db.ts';
import type { Steered, World } from './world.ts';

const selectWorlds = (condition: RawBuilder<unknown>) => sql<World>`
  select w.id, w.number, w.kind, w.state, w.seed::float8 as seed, w.signals_per_day as "signalsPerDay",
         w.history_days as "historyDays", w.day_from as "dayFrom", w.day_to as "dayTo", w.played_to as "playedTo", w.speed,
         w.skip_to as "skipTo", w.autoplay, w.filled, w.fill_total as "fillTotal", w.played, w.problem,
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

export async function saveState(trx: Trx, id: string, state: string, problem: string | null = null): Promise<void> {
  await sql`update worlds set state = ${state}, problem = ${problem}, version = version + 1 where id = ${id}`.execute(
    trx,
  );
}

export async function saveFilled(trx: Trx, id: string, filled: number, total: number): Promise<void> {
  await sql`update worlds set filled = ${filled}, fill_total = ${total} where id = ${id}`.execute(trx);
}

/** Only onward, and a skip that has been reached is over. */
export async function savePlayed(trx: Trx, id: string, to: Date, more: number): Promise<void> {
  await sql`update worlds set played_to = ${to}, played = played + ${more},
                   skip_to = case when skip_to > ${to} then skip_to end
             where id = ${id} and played_to <= ${to}`.execute(trx);
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
export async function holdForRun(trx: Trx, id: string, runner: string, at: Date, silentSince: Date): Promise<boolean> {
  const { numAffectedRows } = await sql`
    update worlds set runner = ${runner}, beat_at = ${at}
     where id = ${id} and (runner is null or beat_at < ${silentSince})`.execute(trx);
  return numAffectedRows === 1n;
}

export async function beat(trx: Trx, id: string, runner: string, at: Date): Promise<boolean> {
  const { numAffectedRows } = await sql`
    update worlds set beat_at = ${at} where id = ${id} and runner = ${runner}`.execute(trx);
  return numAffectedRows === 1n;
}

export async function letGo(trx: Trx, id: string, runner: string): Promise<void> {
  await sql`update worlds set runner = null where id = ${id} and runner = ${runner}`.execute(trx);
}

/** Ids of those that somebody should be at work on. */
export async function unattended(db: Db, silentSince: Date): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    select id from worlds where state in ('filling', 'reading', 'playing', 'removing')
                            and (runner is null or beat_at < ${silentSince})`.execute(db);
  return rows.map(({ id }) => id);
}

/** Rows that were still there. Removes everything in the world's compartments, and nothing else. */
export async function sweep(trx: Trx, id: string): Promise<number> {
  const { rows } = await sql<{ swept: string }>`select app.sweep_world(${id}) as swept`.execute(trx);
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
