/** Which compartments there are, for work that no person starts. */
import { sql } from 'kysely';
import type { Actor } from '../platform/actor.ts';
import type { Gate } from '../platform/db.ts';
import { SYSTEM } from './actor.ts';

/** Names only, for work that is done once in each: `for (const name of await compartmentNames(db)) … SYSTEM.engine(name)`. */
export async function compartmentNames(db: Gate): Promise<string[]> {
  const { rows } = await db.as(SYSTEM.access, (reader) =>
    sql<{ name: string }>`select name from app.compartment_names() as name`.execute(reader),
  );
  return rows.map(({ name }) => name);
}

/** Who reacts to an event: somebody who sees its compartment and no other. */
export async function reactor(db: Gate, eventId: string): Promise<Actor> {
  const { rows } = await db.as(SYSTEM.access, (reader) =>
    sql<{ name: string | null }>`select app.compartment_of_event(${eventId}) as name`.execute(reader),
  );
  const name = rows[0]?.name;
  if (!name) throw new Error(`There is no event ${eventId}: whoever enqueued a reaction to it did not record it.`);
  return SYSTEM.reactions(name);
}
