/** What people have done around an issue, as its page shows it. */
import type { IssueComment, ReplyOf, readTriage, TriageAct } from '@groundswell/contract';
import { type Actor, namesOf } from '../access/index.ts';
import { eventsOf } from '../events.ts';
import type { Db } from '../platform/db.ts';
import { commentsOf, followersOf, lastSeen, mentionsIn, readersOf } from './comment.store.ts';
import { type Comment, isOpenTo } from './comment.ts';
import { keyOf } from './issue.key.ts';
import { issuesById } from './issue.store.ts';
import { type Issue, nextState, titleOf } from './issue.ts';
import { actsOf } from './triage.store.ts';
import type { Act } from './triage.ts';
import { findTrouble } from './triage-undo.actions.ts';

const named = (issue: Issue | undefined): TriageAct['issue'] =>
  issue ? { id: issue.id, key: keyOf(issue), title: titleOf(issue) } : null;

export async function viewActs(db: Db, acts: readonly Act[]): Promise<TriageAct[]> {
  const issues = await issuesById(
    db,
    acts.flatMap(({ issueId, otherId }) => [issueId ?? [], otherId ?? []].flat()),
  );
  const names = await namesOf(
    db,
    acts.flatMap(({ madeBy, undoneBy }) => [madeBy, undoneBy ?? []].flat()),
  );
  const views: TriageAct[] = [];
  for (const act of acts) {
    const trouble = await findTrouble(db, act);
    views.push({
      id: act.id,
      kind: act.kind,
      at: act.madeAt.toISOString(),
      by: names.get(act.madeBy) ?? null,
      issue: named(issues.get(act.issueId ?? '')),
      other: named(issues.get(act.otherId ?? '')),
      link: act.link,
      signals: act.signals,
      undone: act.undoneAt && { at: act.undoneAt.toISOString(), by: names.get(act.undoneBy ?? '') ?? null },
      trouble: trouble && { why: trouble.why, key: trouble.issue && keyOf(trouble.issue) },
    });
  }
  return views;
}

const EVENTS = 300;

export async function triageOf(db: Db, actor: Actor, issue: Issue, now: Date): Promise<ReplyOf<typeof readTriage>> {
  const followers = await followersOf(db, issue.id);
  const left = (await eventsOf(db, { kind: 'issue', id: issue.id }, EVENTS)).flatMap((event) =>
    event.name === 'issue.signals_left' ? [event.payload.actId] : [],
  );
  const kept =
    issue.duplicateOf === null ? undefined : (await issuesById(db, [issue.duplicateOf])).get(issue.duplicateOf);
  const people = await readersOf(db, issue.compartment);
  const owner = issue.ownerId === null ? undefined : (await namesOf(db, [issue.ownerId])).get(issue.ownerId);
  return {
    owner: issue.ownerId === null ? null : { id: issue.ownerId, name: owner ?? '' },
    following: followers.some(({ id }) => id === actor.id),
    followers: followers.map(({ id, name }) => ({ id, name })),
    duplicateOf: named(kept),
    acts: await viewActs(db, await actsOf(db, issue.id, left)),
    comments: await viewComments(db, actor, await commentsOf(db, issue.id), now),
    people: people.map(({ id, name }) => ({ id, name })),
    can: openTo(actor, issue),
  };
}

function openTo(actor: Actor, issue: Issue): ReplyOf<typeof readTriage>['can'] {
  const follow = actor.kind === 'person' ? (['follow'] as const) : [];
  if (!actor.can.has('issue.decide')) return [...follow];
  const apart = issue.duplicateOf === null;
  const mayEnd = apart && nextState(issue.state, { type: 'mark_duplicate', of: '' }) !== undefined;
  return [
    ...(mayEnd ? (['merge'] as const) : []),
    ...(apart ? (['split'] as const) : []),
    'link',
    'assign',
    'comment',
    ...follow,
  ];
}

export async function viewComments(
  db: Db,
  actor: Actor,
  comments: readonly Comment[],
  now: Date,
): Promise<IssueComment[]> {
  const names = await namesOf(
    db,
    comments.map(({ authorId }) => authorId),
  );
  const mentions = await mentionsIn(
    db,
    comments.map(({ id }) => id),
  );
  const seen = comments[0] && actor.kind === 'person' ? await lastSeen(db, comments[0].issueId, actor.id) : null;
  const mayChange = actor.can.has('issue.decide');
  return comments.map((comment) => ({
    id: comment.id,
    author: { id: comment.authorId, name: names.get(comment.authorId) ?? '' },
    text: comment.deletedAt === null ? comment.text : null,
    at: comment.at.toISOString(),
    editedAt: comment.editedAt?.toISOString() ?? null,
    mentions: [...(mentions.get(comment.id) ?? [])],
    unread: comment.authorId !== actor.id && comment.deletedAt === null && seen !== null && comment.at > seen,
    can: mayChange && isOpenTo(comment, actor.id, now) ? ['edit', 'delete'] : [],
  }));
}
