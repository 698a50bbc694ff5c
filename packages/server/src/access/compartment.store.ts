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

/** Who reacts to an event: somebody who sees its compartment and no other. Null when it went with its world. */
export async function reactor(db: Gate, eventId: string): Promise<Actor | null> {
  const { rows } = await db.as(SYSTEM.access, (reader) =>
    sql<{ name: string | null }>`select app.compartment_of_event(${eventId}) as name`.execute(reader),
  );
  const name = rows[0]?.name;
  return name === null || name === undefined ? null : SYSTEM.reactions(name);
}
