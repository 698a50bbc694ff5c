/** How much lies where: cases that live, counted by team and by person. */
import { sql } from 'kysely';
import type { Db } from '../platform/db.ts';
import { GROUPS } from './case.ts';

export interface Load {
  /** Null: of no team. */
  readonly teamId: string | null;
  readonly open: number;
  readonly waiting: number;
  readonly urgent: number;
  readonly unowned: number;
  readonly late: number;
}

const open = sql`state = any(${[...GROUPS.open]}::text[])`;

/** Of every team that has a case which is open or waits. `urgent`: P0 and P1; `late`: a promise of it has run out. */
export async function loadByTeam(db: Db, now: Date): Promise<Load[]> {
  const { rows } = await sql<Load>`
    select team_id as "teamId",
           count(*) filter (where ${open})::int as open,
           count(*) filter (where state = 'waiting')::int as waiting,
           count(*) filter (where priority <= 1)::int as urgent,
           count(*) filter (where ${open} and owner_id is null)::int as unowned,
           count(*) filter (where k.due_at < ${now})::int as late
      from cases left join clock_items k on k.item_id = cases.id
     where ${open} or state = 'waiting'
     group by team_id`.execute(db);
  return rows;
}

/** How many each of these people has; who has none is not in it. */
export async function casesInHand(db: Db, people: readonly string[]): Promise<Map<string, number>> {
  if (people.length === 0) return new Map();
  const { rows } = await sql<{ id: string; count: number }>`
    select owner_id as id, count(*)::int as count from cases
     where owner_id = any(${[...people]}::uuid[]) and (${open} or state = 'waiting') group by 1`.execute(db);
  return new Map(rows.map(({ id, count }) => [id, count]));
}
