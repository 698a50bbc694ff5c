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

/** The same two of each issue that is read, by ids or by all: who asks and what they have seen is looked up once. */
const SEEN = sql`left join issue_seen seen on seen.issue_id = issues.id and seen.person_id = ${ME}`;
const isNewsSince = sql`(
  coalesce(seen.marked_unread, false)
  or exists (
    select from events e
     where e.subject_kind = 'issue' and e.subject_id = issues.id::text
       and e.at > coalesce(seen.at, (select created_at from people where id::text = current_setting('app.actor', true)))
       and e.actor <> current_setting('app.actor', true) and e.name <> all(${NO_NEWS}::text[])))`;

/** What can be known of all issues before any is looked for: each is asked of by its id from then on. */
export interface Marked {
  readonly unread?: readonly string[];
  readonly followed?: readonly string[];
}
export const MARKS = ['unread', 'followed'] as const satisfies readonly (keyof Marked)[];

/** Every issue of this reader that bears the mark. A list asks for it in each of its counts: so it is found out once. */
export async function markedAs(db: Db, mark: (typeof MARKS)[number]): Promise<string[]> {
  const { rows } = await (mark === 'unread'
    ? sql<{ id: string }>`select issues.id from issues ${SEEN} where ${isNewsSince}`
    : sql<{ id: string }>`select issues.id from issues where ${isFollowed}`
  ).execute(db);
  return rows.map(({ id }) => id);
}

/** How many of those under the condition bear each mark. */
export async function countMarked(db: Db, under: Sql, marked: Marked): Promise<{ unread: number; followed: number }> {
  const [unread, followed] = [withMark(marked, 'unread'), withMark(marked, 'followed')];
  const { rows } = await sql<{ unread: number; followed: number }>`
    select count(*) filter (where news)::int as unread, count(*) filter (where followed)::int as followed
      from (select ${unread ?? isNewsSince} as news, ${followed ?? isFollowed} as followed
              from issues ${unread ? sql`` : SEEN} where ${under}) found`.execute(db);
  return rows[0]!;
}

/** Null where it is not known yet. */
export const withMark = (marked: Marked, mark: keyof Marked): Sql | null =>
  marked[mark] ? sql`issues.id = any(${marked[mark]}::uuid[])` : null;

export interface Notice {
  readonly news: boolean;
  readonly following: boolean;
}

export async function noticesOf(db: Db, issues: readonly string[]): Promise<Map<string, Notice>> {
  if (issues.length === 0) return new Map();
  const { rows } = await sql<Notice & { id: string }>`
    select issues.id, ${isNewsSince} as news, ${isFollowed} as following from issues ${SEEN}
     where issues.id = any(${issues}::uuid[])`.execute(db);
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
