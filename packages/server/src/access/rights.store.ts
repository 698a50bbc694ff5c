/** What people may do, at rest. */
import { Refusal } from '@groundswell/contract';
import { sql } from 'kysely';
import type { Db, Trx } from '../platform/db.ts';
import { ADMIN, type Rights } from './rights.ts';

/** Any constant. Whoever changes what people may do takes turns by it: two admins cannot remove each other at once. */
const TURN = 4_747_010;

export async function takePeopleTurn(trx: Trx): Promise<void> {
  await sql`select pg_advisory_xact_lock(${TURN})`.execute(trx);
}

export async function rightsOf(db: Db, personId: string): Promise<Rights | undefined> {
  const { rows } = await sql<{ active: boolean; roles: string[]; can: string[] }>`
    select p.deactivated_at is null as active,
           array(select m.role from person_roles m where m.person_id = p.id order by 1) as roles,
           array(select distinct c from person_roles m join roles r on r.name = m.role, unnest(r.capabilities) c
                  where m.person_id = p.id) as can
      from people p where p.id = ${personId}`.execute(db);
  return rows[0] && { ...rows[0], can: new Set(rows[0].can) };
}

/** Asked after the change and before it is kept: at least one active person holds every right. */
export async function mustLeaveAnAdmin(trx: Trx): Promise<void> {
  const { rows } = await sql`
    select from person_roles m join people p on p.id = m.person_id
     where m.role = ${ADMIN} and p.deactivated_at is null limit 1`.execute(trx);
  if (rows.length > 0) return;
  throw new Refusal(
    'person.last_admin',
    'This is the last active admin, so nothing was changed. Make somebody else an admin first.',
  );
}
