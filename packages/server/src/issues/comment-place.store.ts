/** Where a comment stands. The wall hides those of issues that the reader cannot see. */
import { Refusal } from '@groundswell/contract';
import { sql } from 'kysely';
import type { Db } from '../platform/db.ts';
import { keyOf } from './issue.key.ts';

export interface CommentPlace {
  readonly id: string;
  readonly by: string;
  readonly issueKey: string;
  readonly issueTitle: string;
}

export async function loadCommentPlace(db: Db, id: string): Promise<CommentPlace> {
  const { rows } = await sql<{ by: string; title: string; compartment: string; number: number }>`
    select p.name as by, coalesce(i.title, i.label) as title, i.compartment, i.number
      from issue_comments c join issues i on i.id = c.issue_id join people p on p.id = c.author_id
     where c.id = ${id}`.execute(db);
  if (rows[0]) return { id, by: rows[0].by, issueKey: keyOf(rows[0]), issueTitle: rows[0].title };
  throw new Refusal('comment.not_found', 'There is no such comment, or you cannot see the issue that it belongs to.');
}
