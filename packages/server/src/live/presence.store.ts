/** Who looks at what, at rest for less than a minute. */
import { sql } from 'kysely';
import type { Db, Trx } from '../platform/db.ts';
import type { Look } from './presence.ts';

/** More people at once than a page can show say nothing any more. */
const MOST = 1_000;

export async function listLooks(db: Db, since: Date): Promise<Look[]> {
  const { rows } = await sql<Look>`
    select person_id as "personId", issue_id as id, kind from presence where seen_at > ${since}
     order by seen_at desc limit ${MOST}`.execute(db);
  return rows;
}

export async function keepLook(trx: Trx, { personId, id, kind }: Look, compartment: string, at: Date): Promise<void> {
  await sql`
    insert into presence (person_id, issue_id, kind, compartment, seen_at) values (${personId}, ${id}, ${kind}, ${compartment}, ${at})
    on conflict (person_id, issue_id) do update set seen_at = excluded.seen_at`.execute(trx);
}

export async function dropLook(trx: Trx, { personId, id }: Pick<Look, 'personId' | 'id'>): Promise<void> {
  await sql`delete from presence where person_id = ${personId} and issue_id = ${id}`.execute(trx);
}

export async function dropOldLooks(trx: Trx, before: Date): Promise<void> {
  await sql`delete from presence where seen_at <= ${before}`.execute(trx);
}
