/** What each reader has not seen yet, and what they follow. Told to that person alone. */
import { type RawBuilder, sql } from 'kysely';
import type { Db, Trx } from '../platform/db.ts';
import { ME } from './owner.store.ts';

type Sql = RawBuilder<unknown>;

/** That somebody follows it is no news of the issue. */
const NO_NEWS = ['issue.followed', 'issue.unfollowed'];

/**
 * A condition on `issues`: something befell it by somebody else since this reader last looked, or since they joined; or
 * they marked it. What is no person has seen nothing and misses nothing.
 */
export const isNews: Sql = sql`(
  coalesce((select s.marked_unread from issue_seen s where s.issue_id = issues.id and s.person_id = ${ME}), false)
  or exists (
    select from events e
     where e.subject_kind = 'issue' and e.subject_id = issues.id::text
       and e.at > coalesce((select s.at from issue_seen s where s.issue_id = issues.id and s.person_id = ${ME}),
                           (select created_at from people where id::text = current_setting('app.actor', true)))
       and e.actor <> current_setting('app.actor', true) and e.name <> all(${NO_NEWS}::text[])))`;

/** A condition on `issues`: this reader follows it. */
export const isFollowed: Sql = sql`
  exists (select from issue_follows f where f.issue_id = issues.id and f.person_id = ${ME})`;

export interface Notice {
  readonly news: boolean;
  readonly following: boolean;
}

export async function noticesOf(db: Db, issues: readonly string[]): Promise<Map<string, Notice>> {
  if (issues.length === 0) return new Map();
  const { rows } = await sql<Notice & { id: string }>`
    select id, ${isNews} as news, ${isFollowed} as following from issues where id = any(${issues}::uuid[])`.execute(db);
  return new Map(rows.map(({ id, ...notice }) => [id, notice]));
}

interface Marking {
  readonly issues: readonly string[];
  readonly personId: string;
  readonly at: Date;
}

/** Of those that this reader may see. `seen` as read up to now; else as unread, whatever was read before. Those it changed. */
export async function markSome(trx: Trx, { issues, personId, at }: Marking, seen: boolean): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    insert into issue_seen (issue_id, person_id, compartment, at, marked_unread)
    select id, ${personId}, compartment, ${at}, ${!seen} from issues
     where id = any(${issues}::uuid[]) and ${isNews} = ${seen} order by id
    on conflict (issue_id, person_id) do update
      set at = case when ${seen} then excluded.at else issue_seen.at end, marked_unread = excluded.marked_unread
    returning issue_id as id`.execute(trx);
  return rows.map(({ id }) => id);
}
