/** What is known of how grave many issues are: one query for each kind of knowledge, however many issues. */
import type { HarmCode, Severity } from '@groundswell/contract';
import { sql } from 'kysely';
import type { Db } from '../platform/db.ts';
import { ISSUE } from './issue.store.ts';
import type { Issue } from './issue.ts';

export interface Told {
  readonly harm: HarmCode | null;
  readonly severity: Severity | null;
}

/** What people said; an issue of which nobody said anything is not in it. */
export async function toldOf(db: Db, ids: readonly string[]): Promise<Map<string, Told>> {
  const { rows } = await sql<Told & { id: string }>`
    select issue_id as id, harm, severity from issue_impacts where issue_id = any(${ids}::uuid[])`.execute(db);
  return new Map(rows.map(({ id, ...told }) => [id, told]));
}

/** Of every issue that a reader may see, by its id. */
export type Graves = ReadonlyMap<string, Severity>;

interface TwoDays {
  readonly last: number;
  readonly before: number;
}

/** In the order in which they were asked for: signals of the last day before `until`, and of the day before that. */
export async function countTwoDaysEach(
  db: Db,
  asked: readonly { readonly topicId: string; readonly until: Date }[],
): Promise<TwoDays[]> {
  if (asked.length === 0) return [];
  const { rows } = await sql<TwoDays & { n: number }>`
    select w.n::int as n, count(*) filter (where s.at > w.til - interval '1 day')::int as last,
           count(*) filter (where s.at <= w.til - interval '1 day')::int as before
      from unnest(${asked.map(({ topicId }) => topicId)}::uuid[], ${asked.map(({ until }) => until)}::timestamptz[])
             with ordinality w (topic_id, til, n)
      join topic_signals s on s.topic_id = w.topic_id and s.at > w.til - interval '2 days' and s.at <= w.til
     group by 1`.execute(db);
  const found = asked.map((): TwoDays => ({ last: 0, before: 0 }));
  for (const { n, last, before } of rows) found[n - 1] = { last, before };
  return found;
}

/** All that this reader may see; or those in one of these states. */
export async function everyIssue(db: Db, states?: readonly Issue['state'][]): Promise<Issue[]> {
  const all = db.selectFrom('issues').select(ISSUE);
  return states ? all.where('state', 'in', states).execute() : all.execute();
}
