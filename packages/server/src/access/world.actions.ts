/** Stepping into a world, request by request: nothing is remembered between them. */
import type { Tools } from '../platform/tools.ts';
import { type Actor, SYSTEM } from './actor.ts';
import { worldCompartments } from './world.store.ts';
import { inside } from './world.ts';

/** The same person inside that world, or in the house for null. */
export async function stepInto({ db }: Tools, actor: Actor, world: number | null): Promise<Actor> {
  if (world === null) return actor;
  const compartments = await db.as(SYSTEM.access, (reader) => worldCompartments(reader, world, actor.id));
  return inside(actor, world, compartments);
}
