/** Into which compartments a world leads: through one door, because nobody of the house is a member of them. */
import { sql } from 'kysely';
import type { Db } from '../platform/db.ts';

export async function worldCompartments(db: Db, world: number, personId: string): Promise<string[]> {
  const { rows } = await sql<{ name: string }>`
    select name from app.world_compartments(${world}, ${personId}) as name`.execute(db);
  return rows.map(({ name }) => name);
}
