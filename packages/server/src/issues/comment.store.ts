/** What people say of issues, who follows them and has read how far, at rest. */
import { Refusal } from '@groundswell/contract';
import { type Generated, sql } from 'kysely';
import type { Db, Trx } from '../platform/db.ts';
import type { Comment, Reader } from './comment.ts';

declare module '../platform/database.ts' {
  interface Database {
    issue_comments: CommentsTable;
    comment_mentions: { comment_id: string; person_id: string; compartment: string; issue_id: string; at: Date };
    issue_follows: { issue_id: string; person_id: string; compartment: string; at: Date };
    issue_seen: {
      issue_id: string;
      person_id: string;
      compartment: string;
      at: Date;
      marked_unread: Generated<boolean>;
    };
  }
}

interface CommentsTable {
  id: Generated<string>;
  compartment: string;
  issue_id: string;
  author_id: string;
  text: string;
  at: Date;
  edited_at: Date | null;
  deleted_at: Date | null;
}

/** Active people who may see what is in this compartment. */
export async function readersOf(db: Db, compartment: string): Promise<Reader[]> {
  const { rows } =
    await sql<Reader>`select id, name from app.readers_of(${compartment}) order by lower(name), id`.execute(db);
  return rows;
}

const COMMENT = [
  'id',
  'compartment',
  'issue_id as issueId',
  'author_id as authorId',
  'text',
  'at',
  'edited_at as editedAt',
  'deleted_at as deletedAt',
] as const;

const SHOWN = 500;

/** Oldest first; of very many the latest. */
export async function commentsOf(db: Db, issueId: string, limit = SHOWN): Promise<Comment[]> {
  const rows = await db
    .selectFrom('issue_comments')
    .select(COMMENT)
    .where('issue_id', '=', issueId)
    .orderBy('at', 'desc')
    .orderBy('id')
    .limit(limit)
    .execute();
  return rows.reverse();
}

/** Held until the end of the transaction: a change and a deletion come one after the other. */
export async function holdComment(trx: Trx, issueId: string, id: string): Promise<Comment> {
  const found = await trx
    .selectFrom('issue_comments')
    .select(COMMENT)
    .where('id', '=', id)
    .where('issue_id', '=', issueId)
    .forUpdate()
    .executeTakeFirst();
  if (!found) throw new Refusal('comment.not_found', 'There is no such comment on this issue.');
  return found;
}

export async function insertComment(trx: Trx, said: Omit<Comment, 'id' | 'editedAt' | 'deletedAt'>): Promise<Comment> {
  const { compartment, issueId, authorId, text, at } = said;
  return trx
    .insertInto('issue_comments')
    .values({ compartment, issue_id: issueId, author_id: authorId, text, at, edited_at: null, deleted_at: null })
    .returning(COMMENT)
    .executeTakeFirstOrThrow();
}

export async function saveComment(
  trx: Trx,
  id: string,
  { text, editedAt, deletedAt }: Pick<Comment, 'text' | 'editedAt' | 'deletedAt'>,
): Promise<Comment> {
  return trx
    .updateTable('issue_comments')
    .set({ text, edited_at: editedAt, deleted_at: deletedAt })
    .where('id', '=', id)
    .returning(COMMENT)
    .executeTakeFirstOrThrow();
}

/** Exactly these from now on; whoever was named before keeps the time at which that was. */
export async function saveMentions(
  trx: Trx,
  { id, compartment, issueId }: Comment,
  people: readonly string[],
  at: Date,
) {
  await sql`
    delete from comment_mentions where comment_id = ${id} and not person_id = any(${people}::uuid[])`.execute(trx);
  await sql`
    insert into comment_mentions (comment_id, person_id, compartment, issue_id, at)
    select ${id}, p, ${compartment}, ${issueId}, ${at} from unnest(${people}::uuid[]) p on conflict do nothing`.execute(
    trx,
  );
}

export async function mentionsIn(db: Db, comments: readonly string[]): Promise<Map<string, Reader[]>> {
  if (comments.length === 0) return new Map();
  const { rows } = await sql<Reader & { comment: string }>`
    select m.comment_id as comment, p.id, p.name from comment_mentions m join people p on p.id = m.person_id
     where m.comment_id = any(${comments}::uuid[]) order by lower(p.name)`.execute(db);
  return new Map(
    [...Map.groupBy(rows, ({ comment }) => comment)].map(([id, named]) => {
      return [id, named.map(({ id, name }) => ({ id, name }))];
    }),
  );
}

export interface Mention {
  readonly commentId: string;
  readonly issueId: string;
  readonly by: string;
  readonly at: Date;
  readonly text: string;
  readonly unread: boolean;
}

/** Where somebody was named since then, newest first; a comment that was deleted says nothing any more. */
export async function mentionsOf(db: Db, personId: string, since: Date, limit: number): Promise<Mention[]> {
  const { rows } = await sql<Mention>`
    select m.comment_id as "commentId", m.issue_id as "issueId", p.name as by, m.at, c.text,
           coalesce(s.at < m.at, true) as unread
      from comment_mentions m
      join issue_comments c on c.id = m.comment_id and c.deleted_at is null
      join people p on p.id = c.author_id
      left join issue_seen s on s.issue_id = m.issue_id and s.person_id = m.person_id
     where m.person_id = ${personId} and m.at > ${since} order by m.at desc, m.comment_id limit ${limit}`.execute(db);
  return rows;
}

export async function followersOf(db: Db, issueId: string): Promise<Reader[]> {
  const { rows } = await sql<Reader>`
    select p.id, p.name from issue_follows f join people p on p.id = f.person_id
     where f.issue_id = ${issueId} and p.deactivated_at is null order by lower(p.name), p.id`.execute(db);
  return rows;
}

export interface Follow {
  readonly issueId: string;
  readonly compartment: string;
  readonly personId: string;
  readonly at: Date;
}

/** True if it was not so before. */
export async function follow(trx: Trx, { issueId, compartment, personId, at }: Follow): Promise<boolean> {
  const { numInsertedOrUpdatedRows } = await trx
    .insertInto('issue_follows')
    .values({ issue_id: issueId, person_id: personId, compartment, at })
    .onConflict((clash) => clash.doNothing())
    .executeTakeFirstOrThrow();
  return numInsertedOrUpdatedRows === 1n;
}

export async function unfollow(trx: Trx, issueId: string, personId: string): Promise<boolean> {
  const gone = trx.deleteFrom('issue_follows').where('issue_id', '=', issueId).where('person_id', '=', personId);
  return (await gone.executeTakeFirstOrThrow()).numDeletedRows === 1n;
}

export async function lastSeen(db: Db, issueId: string, personId: string): Promise<Date | null> {
  const seen = db.selectFrom('issue_seen').select('at').where('issue_id', '=', issueId);
  return (await seen.where('person_id', '=', personId).executeTakeFirst())?.at ?? null;
}

export async function saveSeen(trx: Trx, { issueId, compartment, personId, at }: Follow): Promise<void> {
  await trx
    .insertInto('issue_seen')
    .values({ issue_id: issueId, person_id: personId, compartment, at })
    .onConflict((clash) => clash.columns(['issue_id', 'person_id']).doUpdateSet({ at, marked_unread: false }))
    .execute();
}

/** Of those that this reader may see and does not follow yet, or does. Which of them that changed. */
export async function followSome(
  trx: Trx,
  { issues, personId, at }: { issues: readonly string[]; personId: string; at: Date },
  following: boolean,
): Promise<string[]> {
  const changed = following
    ? sql<{ id: string }>`
        insert into issue_follows (issue_id, person_id, compartment, at)
        select id, ${personId}, compartment, ${at} from issues where id = any(${issues}::uuid[]) order by id
        on conflict do nothing returning issue_id as id`
    : sql<{ id: string }>`
        delete from issue_follows where issue_id = any(${issues}::uuid[]) and person_id = ${personId} returning issue_id as id`;
  return (await changed.execute(trx)).rows.map(({ id }) => id);
}

/** Comments of others since somebody last looked, on issues that they own, follow or have looked at. */
export async function countUnread(db: Db, personId: string, issues: readonly string[]): Promise<Map<string, number>> {
  if (issues.length === 0) return new Map();
  const { rows } = await sql<{ id: string; n: number }>`
    select c.issue_id as id, count(*)::int as n
      from issue_comments c join issues i on i.id = c.issue_id
      left join issue_seen s on s.issue_id = c.issue_id and s.person_id = ${personId}
      left join issue_follows f on f.issue_id = c.issue_id and f.person_id = ${personId}
     where c.issue_id = any(${issues}::uuid[]) and c.author_id <> ${personId} and c.deleted_at is null
       and (s.at is not null or f.at is not null or i.owner_id = ${personId})
       and c.at > coalesce(s.at, f.at, '-infinity')
     group by 1`.execute(db);
  return new Map(rows.map(({ id, n }) => [id, n]));
}
