/** What the product found in a world, read for comparing it with the truth. */
import { sql } from 'kysely';
import type { Db } from '../platform/db.ts';
import type { FoundIssue } from './debrief.ts';

export async function foundIssues(db: Db): Promise<FoundIssue[]> {
  const { rows } = await sql<FoundIssue>`
    select i.id, i.topic_id as "topicId", i.compartment, i.number, coalesce(i.title, i.label) as title,
           a.at as "alertAt", a.onset_at as "onsetAt", a.slice, i.historical
      from issues i
      cross join lateral (select x.at, x.onset_at, x.slice from alerts x where x.topic_id = i.topic_id order by x.at limit 1) a
     order by a.at`.execute(db);
  return rows;
}

/** Senders' ids of what is in each topic, with when it was said. */
export async function topicMembers(
  db: Db,
  topicIds: readonly string[],
): Promise<Map<string, { id: string; at: Date }[]>> {
  const { rows } = await sql<{ topicId: string; id: string; at: Date }>`
    select ts.topic_id as "topicId", s.external_id as id, s.at
      from topic_signals ts join signals s on s.signal_id = ts.signal_id
     where ts.topic_id = any(${topicIds}::uuid[])`.execute(db);
  return Map.groupBy(rows, ({ topicId }) => topicId) as Map<string, { id: string; at: Date }[]>;
}

/** What people did about issues: opened their page, or decided. */
export async function whatPeopleDid(db: Db): Promise<{ issueId: string; name: string; at: Date }[]> {
  const { rows } = await sql<{ issueId: string; name: string; at: Date }>`
    select subject_id as "issueId", name, at from events
     where subject_kind in ('issue', 'look') and name in ('issue.looked_at', 'issue.moved') and actor not like 'system.%'
     order by at`.execute(db);
  return rows;
}

export async function signalsPerHour(db: Db, from: Date, to: Date): Promise<{ at: Date; count: number }[]> {
  const { rows } = await sql<{ at: Date; count: number }>`
    select hour as at, sum(signals)::int as count from signal_counts
     where hour >= ${from} and hour < ${to} group by hour order by hour`.execute(db);
  return rows;
}
