/** Everything that a query finds, a few of each kind: signals by their words, topics and issues by what they are called. */
import type { IssueHit, SearchReply, TopicHit } from '@groundswell/contract';
import type { Actor } from '../access/index.ts';
import { searchIssues, searchTopics } from '../issues/index.ts';
import type { Db } from '../platform/db.ts';
import { type Above, searchSome } from '../signals/index.ts';

export interface SearchAsked {
  readonly q: string;
  readonly only?: 'signals' | 'topics' | 'issues' | undefined;
  readonly limit: number;
  readonly now: Date;
}

type Notes = SearchReply['notes'];

/** Kinds are asked one after the other: one reader has one connection. */
export async function searchEverything(
  db: Db,
  actor: Actor,
  { q, only, limit, now }: SearchAsked,
  above: Above,
): Promise<SearchReply> {
  const wants = (kind: SearchAsked['only']) => only === undefined || only === kind;
  const mayReadIssues = actor.can.has('issue.read');
  const signals = wants('signals') ? await searchSome(db, q, limit, above) : null;
  const topics = wants('topics') && mayReadIssues ? await searchTopics(db, q, limit, above) : null;
  const issues = wants('issues') && mayReadIssues ? await searchIssues(db, q, { limit, now }, above) : null;
  return {
    signals: signals && withoutNotes(signals),
    topics: topics && withoutNotes<TopicHit, typeof topics>(topics),
    issues: issues && withoutNotes<IssueHit, typeof issues>(issues),
    // what one kind does not know another may: notes are those of the first kind that was asked
    notes:
      (signals ?? topics ?? issues)?.notes.map((note) => ({ ...note, at: [...note.at] as Notes[number]['at'] })) ?? [],
  };
}

interface Kind<T> {
  readonly found: readonly T[];
  readonly total: number;
  readonly more: boolean;
  readonly without: readonly string[];
}

function withoutNotes<T, K extends Kind<T>>({ found, total, more, without }: K & Kind<T>) {
  return { found: [...found], total, more, without: [...without] };
}
