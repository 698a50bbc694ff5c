/** The topic of a signal and the key of its issue: what a list of signals shows beside each. */

import type { SignalView } from '@groundswell/contract';
import type { Db } from '../platform/db.ts';
import type { Above } from '../signals/index.ts';
import { inAnyTopic, inTopic, membersOf, suggestTopics, topicRoot, topicsCalled, topicsOf } from '../topics/index.ts';
import { keyOf } from './issue.key.ts';
import { inAnyIssue, NOTHING, suggestIssues, topicOfIssue } from './issue.query.store.ts';
import { issuesOfTopics } from './issue.store.ts';
import { titleOf } from './issue.ts';
import { suggestOwners } from './owner.store.ts';

export type TopicTag = NonNullable<SignalView['topic']>;

/** By signal; one without a topic is not in it. A name that a person gave is shown instead of the engine's. */
export async function tagsOf(db: Db, signalIds: readonly string[]): Promise<Map<string, TopicTag>> {
  const topics = await topicsOf(db, signalIds);
  const issues = await issuesOfTopics(db, [...new Set([...topics.values()].map(({ id }) => id))]);
  return new Map(
    [...topics].map(([signalId, { id, label }]) => {
      const issue = issues.get(id);
      return [signalId, { id, label: issue ? titleOf(issue) : label, issueKey: issue ? keyOf(issue) : null }];
    }),
  );
}

/** Topics are written as their ids and issues as their keys; both are called by their names. */
const suggestCalled: Above['suggest'] = async (db, field, begun, limit) => {
  if (field === 'owner') return suggestOwners(db, begun, limit);
  if (field === 'topic') return suggestTopics(db, begun, limit);
  const issues = await suggestIssues(db, begun, limit);
  return issues.map((one) => ({ value: keyOf(one), label: titleOf(one), count: one.signals }));
};

/** What signals show and ask of us: handed to them by whoever composes the house. */
export const signalsAbove: Omit<Above, 'copiesOf' | 'inCopies'> = {
  topicsOf: tagsOf,
  rootOf: topicRoot,
  inTopic,
  membersOf,
  inSome: (what) => (what === 'topic' ? inAnyTopic() : inAnyIssue()),
  topicsCalled,
  topicOfIssue,
  suggest: suggestCalled,
};

/** Issues are asked of nothing above them; copies are no matter of theirs. */
export const ISSUES_ABOVE = { ...signalsAbove, inCopies: () => NOTHING };
