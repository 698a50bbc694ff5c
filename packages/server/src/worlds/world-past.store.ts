/** How far the engine has read the past of a world. */
import { sql } from 'kysely';
import type { Db } from '../platform/db.ts';
import { historyOf } from '../topics/index.ts';
import type { World } from './world.ts';

async function pasts(db: Db, world: World) {
  const { rows } = await sql<{ id: string }>`
    select i.id from imports i join compartments c on c.name = i.compartment where i.of_world and c.world = ${world.id}`.execute(
    db,
  );
  return historyOf(
    db,
    rows.map(({ id }) => id),
  );
}

/** Signals of the past that the engine has read. */
export async function readSoFar(db: Db, world: World): Promise<number> {
  if (world.state === 'filling') return 0;
  const runs = [...(await pasts(db, world)).values()];
  return runs.reduce((sum, { read }) => sum + read, 0);
}

/** `failed` when it was given up: then the day can be played, and nothing of the past was found. */
export async function pastState(db: Db, world: World): Promise<'reading' | 'done' | 'failed'> {
  const states = [...(await pasts(db, world)).values()].map(({ state }) => state);
  if (states.includes('failed')) return 'failed';
  return states.length > 0 && states.every((state) => state === 'done') ? 'done' : 'reading';
}
