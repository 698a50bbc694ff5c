/** Owning, following and talking about issues. */
import { Refusal } from '@groundswell/contract';
import { type Actor, mustHave } from '../access/index.ts';
import type { Trx } from '../platform/db.ts';
import type { Tools } from '../platform/tools.ts';
import {
  follow,
  followSome,
  holdComment,
  insertComment,
  readersOf,
  saveComment,
  saveMentions,
  saveSeen,
  unfollow,
} from './comment.store.ts';
import { type Comment, mustBeOpenTo, namedIn } from './comment.ts';
import { issuesById, loadIssue, saveIssue } from './issue.store.ts';
import type { Issue } from './issue.ts';
import { markSome } from './news.store.ts';
import { say } from './triage.actions.ts';

export async function assignIssue(
  { db, clock }: Tools,
  actor: Actor,
  ref: string,
  { version, owner }: { version: number; owner: string | null },
): Promise<Issue> {
  mustHave(actor, 'issue.decide');
  const at = clock.now();

  return db.change(actor, async (trx) => {
    const before = await loadIssue(trx, ref);
    await mustRead(trx, before, owner);
    const after = await saveIssue(trx, { ...before, ownerId: owner, changedAt: at }, version);
    if (before.ownerId !== owner) {
      await say({ trx, actor, at }, after, {
        name: 'issue.assigned',
        payload: { ownerId: owner, was: before.ownerId },
      });
    }
    return after;
  });
}

/** An issue is given to somebody who can see it. */
export async function mustRead(trx: Trx, { compartment }: Issue, person: string | null): Promise<void> {
  if (person === null || (await readersOf(trx, compartment)).some(({ id }) => id === person)) return;
  throw new Refusal('person.not_found', 'There is nobody of that name who may see this issue. Nothing was changed.');
}

export async function followIssue(
  { db, clock }: Tools,
  actor: Actor,
  ref: string,
  following: boolean,
): Promise<boolean> {
  mustHave(actor, 'issue.read');
  mustBePerson(actor);
  const at = clock.now();

  return db.change(actor, async (trx) => {
    const issue = await loadIssue(trx, ref);
    const mine = { issueId: issue.id, compartment: issue.compartment, personId: actor.id, at };
    const changed = following ? await follow(trx, mine) : await unfollow(trx, issue.id, actor.id);
    const name = following ? 'issue.followed' : 'issue.unfollowed';
    if (changed) await say({ trx, actor, at }, issue, { name, payload: { personId: actor.id } });
    return following;
  });
}

/** A token reads for a program: nobody has seen anything by that. */
function mustBePerson(actor: Actor): void {
  if (actor.kind === 'person') return;
  throw new Refusal('access.not_allowed', 'Only a person does this, not a token.');
}

/** Many at once; those that this reader may not see are passed over. Which of them that changed. */
export async function followIssues(
  { db, clock }: Tools,
  actor: Actor,
  { issues: wanted, following }: { issues: readonly string[]; following: boolean },
): Promise<string[]> {
  mustHave(actor, 'issue.read');
  mustBePerson(actor);
  const at = clock.now();

  return db.change(actor, async (trx) => {
    const changed = await followSome(trx, { issues: wanted, personId: actor.id, at }, following);
    const issues = await issuesById(trx, changed);
    const name = following ? 'issue.followed' : 'issue.unfollowed';
    for (const id of changed) {
      await say({ trx, actor, at }, issues.get(id)!, { name, payload: { personId: actor.id } });
    }
    return changed;
  });
}

/** What somebody has read is theirs alone, so no event tells of it. */
export async function markIssues(
  { db, clock }: Tools,
  actor: Actor,
  { issues, seen }: { issues: readonly string[]; seen: boolean },
): Promise<string[]> {
  mustHave(actor, 'issue.read');
  mustBePerson(actor);
  const at = clock.now();
  return db.change(actor, (trx) => markSome(trx, { issues, personId: actor.id, at }, seen));
}

export async function markSeen({ db, clock }: Tools, actor: Actor, ref: string): Promise<Date> {
  mustHave(actor, 'issue.read');
  mustBePerson(actor);
  const at = clock.now();

  await db.change(actor, async (trx) => {
    const { id, compartment } = await loadIssue(trx, ref);
    await saveSeen(trx, { issueId: id, compartment, personId: actor.id, at });
  });
  return at;
}

interface Said {
  readonly text: string;
  readonly mentions: readonly string[];
}

/** Whoever writes of an issue follows it from then on. */
export async function writeComment({ db, clock }: Tools, actor: Actor, ref: string, said: Said): Promise<Comment> {
  mustHave(actor, 'issue.decide');
  mustBePerson(actor);
  const at = clock.now();

  return db.change(actor, async (trx) => {
    const issue = await loadIssue(trx, ref);
    const { id: issueId, compartment } = issue;
    const mentions = namedIn(said.text, said.mentions, await readersOf(trx, compartment));
    const comment = await insertComment(trx, { compartment, issueId, authorId: actor.id, text: said.text, at });
    await saveMentions(trx, comment, mentions, at);
    await follow(trx, { issueId, compartment, personId: actor.id, at });
    await say({ trx, actor, at }, issue, { name: 'comment.written', payload: { commentId: comment.id, mentions } });
    return comment;
  });
}

export async function editComment(
  { db, clock }: Tools,
  actor: Actor,
  { ref, id }: { ref: string; id: string },
  said: Said,
): Promise<Comment> {
  mustHave(actor, 'issue.decide');
  const at = clock.now();

  return db.change(actor, async (trx) => {
    const issue = await loadIssue(trx, ref);
    const before = await holdComment(trx, issue.id, id);
    mustBeOpenTo(before, actor.id, at);
    const mentions = namedIn(said.text, said.mentions, await readersOf(trx, issue.compartment));
    const after = await saveComment(trx, id, { text: said.text, editedAt: at, deletedAt: null });
    await saveMentions(trx, after, mentions, at);
    await say({ trx, actor, at }, issue, { name: 'comment.edited', payload: { commentId: id, mentions } });
    return after;
  });
}

/** The words go; that there was a comment stays. */
export async function deleteComment(
  { db, clock }: Tools,
  actor: Actor,
  { ref, id }: { ref: string; id: string },
): Promise<Comment> {
  mustHave(actor, 'issue.decide');
  const at = clock.now();

  return db.change(actor, async (trx) => {
    const issue = await loadIssue(trx, ref);
    const before = await holdComment(trx, issue.id, id);
    mustBeOpenTo(before, actor.id, at);
    const after = await saveComment(trx, id, { text: '', editedAt: before.editedAt, deletedAt: at });
    await saveMentions(trx, after, [], at);
    await say({ trx, actor, at }, issue, { name: 'comment.deleted', payload: { commentId: id } });
    return after;
  });
}
