/** Issues and topics that a query finds, by what they are called and what is known of them. */

import type { IssueHit, QueryNote, TopicHit } from '@groundswell/contract';
import type { Db } from '../platform/db.ts';
import { type Above, askLabelled } from '../signals/index.ts';
import { askTopics, findTopics } from '../topics/index.ts';
import { gravesFor } from './issue.facets.ts';
import { keyOf } from './issue.key.ts';
import { findIssues, issuesAsked, topicHasIssue } from './issue.query.store.ts';
import { issuesOfTopics } from './issue.store.ts';
import { titleOf } from './issue.ts';

export interface Found<T> {
  readonly found: T[];
  readonly total: number;
  readonly more: false;
  readonly without: readonly string[];
  readonly notes: readonly QueryNote[];
}

export async function searchIssues(
  db: Db,
  q: string,
  { limit, now }: { limit: number; now: Date },
  above: Above,
): Promise<Found<IssueHit>> {
  const asked = await askLabelled(db, q, above, {
    kind: 'issues',
    of: issuesAsked({}, await gravesFor(db, { q }, now)),
  });
  const { condition, patterns, without, notes } = asked;
  if (without.length > 0) return { found: [], total: 0, more: false, without, notes };
  const { total, issues } = await findIssues(db, { condition, patterns, limit });
  const found = issues.map((issue): IssueHit => {
    const [key, title] = [keyOf(issue), titleOf(issue)];
    return {
      id: issue.id,
      key,
      title,
      state: issue.state,
      historical: issue.historical,
      signals: issue.signals,
      people: issue.people,
      noticedAt: issue.noticedAt.toISOString(),
      why: asked.why([
        ['key', key],
        ['title', title],
      ]),
    };
  });
  return { found, total, more: false, without, notes };
}

/** Those that a query finds, the best first, and the issue of each. */
export async function topicsFound(db: Db, q: string, limit: number, above: Above) {
  const asked = await askLabelled(db, q, above, { kind: 'topics', of: askTopics(topicHasIssue) });
  const { condition, patterns, without } = asked;
  const found = without.length > 0 ? { total: 0, topics: [] } : await findTopics(db, { condition, patterns, limit });
  const issues = await issuesOfTopics(
    db,
    found.topics.map(({ id }) => id),
  );
  const issueOf = (topicId: string): string | null => {
    const issue = issues.get(topicId);
    return issue ? keyOf(issue) : null;
  };
  return { ...found, asked, issueOf };
}

export async function searchTopics(db: Db, q: string, limit: number, above: Above): Promise<Found<TopicHit>> {
  const { asked, topics, total, issueOf } = await topicsFound(db, q, limit, above);
  const found = topics.map((topic): TopicHit => {
    return {
      id: topic.id,
      label: topic.label,
      phrases: [...topic.phrases],
      firstAt: topic.firstAt.toISOString(),
      lastAt: topic.lastAt.toISOString(),
      issueKey: issueOf(topic.id),
      why: asked.why([
        ['label', topic.label],
        ['phrases', topic.phrases.join('\n')],
      ]),
    };
  });
  return { found, total, more: false, without: asked.without, notes: asked.notes };
}
