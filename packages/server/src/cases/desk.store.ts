/** What waits for one person, counted. */
import { sql } from 'kysely';
import type { Db } from '../platform/db.ts';
import { CASE } from './case.store.ts';
import { type Case, GROUPS } from './case.ts';

export interface DeskCounts {
  readonly mineOpen: number;
  readonly mineWaiting: number;
  readonly mineResolved: number;
  readonly teamOpen: number;
  readonly teamWaiting: number;
  readonly teamUnowned: number;
  readonly unowned: number;
  readonly partnersLate: number;
  readonly endsProposed: number;
}

const open = sql`state = any(${[...GROUPS.open]}::text[])`;
const live = sql`state not in ('closed', 'duplicate', 'not_ours')`;

export async function countDesk(db: Db, me: string, now: Date): Promise<DeskCounts> {
  const { rows } = await sql<DeskCounts>`
    with mine as (select id, state from cases where owner_id = ${me}::uuid and ${live}),
    teams as (select m.team_id from team_members m where m.person_id = ${me}::uuid),
    theirs as (select state, owner_id from cases where team_id in (select team_id from teams) and ${live})
    select (select count(*) from mine where ${open})::int as "mineOpen",
           (select count(*) from mine where state = 'waiting')::int as "mineWaiting",
           (select count(*) from mine where state = 'resolved')::int as "mineResolved",
           (select count(*) from theirs where ${open})::int as "teamOpen",
           (select count(*) from theirs where state = 'waiting')::int as "teamWaiting",
           (select count(*) from theirs where ${open} and owner_id is null)::int as "teamUnowned",
           (select count(*) from cases where ${live} and ${open} and owner_id is null)::int as unowned,
           (select count(*) from mine where id in (select a.case_id from case_asks a
                                                    where a.state = 'asked' and a.due_at < ${now}))::int as "partnersLate",
           (select count(*) from mine where id in (select l.case_id from case_issues l
                                                    where l.proposed_state is not null))::int as "endsProposed"`.execute(
    db,
  );
  return rows[0]!;
}

/** Of somebody, or with null of nobody: those still to be worked on, by priority. */
export async function countPriorities(db: Db, owner: string | null): Promise<Map<number, number>> {
  const owned = owner === null ? sql`owner_id is null` : sql`owner_id = ${owner}::uuid`;
  const { rows } = await sql<{ priority: number; count: number }>`
    select priority, count(*)::int as count from cases
     where ${live} and state in ('new', 'triaged', 'working', 'reopened', 'waiting') and ${owned} group by 1`.execute(
    db,
  );
  return new Map(rows.map(({ priority, count }) => [priority, count]));
}

export async function firstUnowned(db: Db, limit: number): Promise<Case[]> {
  const waiting = db.selectFrom('cases').select(CASE).where(sql<boolean>`${live} and ${open}`);
  return waiting
    .where('owner_id', 'is', null)
    .orderBy('priority')
    .orderBy('opened_at')
    .orderBy('id')
    .limit(limit)
    .execute();
}

/** Of mine, what somebody else did last. */
export async function lastChanged(db: Db, me: string, limit: number): Promise<Case[]> {
  const mine = db.selectFrom('cases').select(CASE).where('owner_id', '=', me).where('changed_by', '!=', me);
  return mine.where(sql<boolean>`${live}`).orderBy('changed_at', 'desc').orderBy('id').limit(limit).execute();
}

export async function draftsBy(
  db: Db,
  me: string,
  limit: number,
): Promise<{ caseId: string; kind: string; at: Date }[]> {
  const mine = db.selectFrom('case_drafts').select(['case_id as caseId', 'kind', 'at']).where('person_id', '=', me);
  return mine.orderBy('at', 'desc').limit(limit).execute();
}
