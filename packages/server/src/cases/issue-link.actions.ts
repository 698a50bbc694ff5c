/** What belongs together: issues beside cases, cases beside cases, one case out of another. */
import { type IssueState, Refusal } from '@groundswell/contract';
import { type Actor, mustHave } from '../access/index.ts';
import { loadIssue } from '../issues/index.ts';
import type { Tools } from '../platform/tools.ts';
import { addPeople, removePeople, watch } from './around.store.ts';
import { mustBePerson } from './case.actions.ts';
import { say } from './case.events.ts';
import { casesById, insertCase, loadCase, saveCase, takeNumber } from './case.store.ts';
import { type Case, isLive, mustBeLive } from './case.ts';
import {
  insertCaseLink,
  insertIssueLink,
  liveCasesOf,
  propose,
  removeCaseLink,
  removeIssueLink,
  withdrawProposals,
} from './issue-link.store.ts';
import { cleanWords, partOf } from './open.actions.ts';

export type Target = { readonly issue: string } | { readonly case: string };

export async function linkCase({ db, clock }: Tools, actor: Actor, ref: string, to: Target): Promise<Case> {
  mustHave(actor, 'case.work');
  const at = clock.now();
  return db.change(actor, async (trx) => {
    const kase = await loadCase(trx, ref);
    const hand = { trx, actor, at };
    if ('issue' in to) {
      const issue = await loadIssue(trx, to.issue);
      mustShareWall(kase, issue);
      const made = await insertIssueLink(trx, kase, issue.id, actor.id, at);
      if (made) await say(hand, kase, { name: 'case.issue_linked', payload: { issueId: issue.id } });
      return kase;
    }
    const other = await loadCase(trx, to.case);
    mustShareWall(kase, other);
    if (other.id === kase.id)
      throw new Refusal('case.not_mergeable', 'A case is not beside itself. Choose another one.');
    const made = await insertCaseLink(trx, kase, { other: other.id, kind: 'related' }, { by: actor.id, at });
    if (made) {
      await say(hand, kase, { name: 'case.linked', payload: { caseId: other.id } });
      await say(hand, other, { name: 'case.linked', payload: { caseId: kase.id } });
    }
    return kase;
  });
}

function mustShareWall(one: { compartment: string }, other: { compartment: string }): void {
  if (one.compartment === other.compartment) return;
  throw new Refusal(
    'case.other_compartment',
    'The two stand in different compartments, so the one must not tell of the other. Nothing was changed.',
  );
}

export async function unlinkCase({ db, clock }: Tools, actor: Actor, ref: string, from: Target): Promise<Case> {
  mustHave(actor, 'case.work');
  const at = clock.now();
  return db.change(actor, async (trx) => {
    const kase = await loadCase(trx, ref);
    const hand = { trx, actor, at };
    if ('issue' in from) {
      const { id } = await loadIssue(trx, from.issue);
      const gone = await removeIssueLink(trx, kase.id, id);
      if (gone) await say(hand, kase, { name: 'case.issue_unlinked', payload: { issueId: id } });
      return kase;
    }
    const other = await loadCase(trx, from.case);
    if (await removeCaseLink(trx, kase.id, other.id)) {
      await say(hand, kase, { name: 'case.unlinked', payload: { caseId: other.id } });
      await say(hand, other, { name: 'case.unlinked', payload: { caseId: kase.id } });
    }
    return kase;
  });
}

/** In these an issue has ended for whoever was hurt by it. A duplicate goes on under another key. */
const ENDS: ReadonlySet<IssueState> = new Set<IssueState>(['verified', 'risk_accepted', 'dismissed']);

/** An issue has ended: each of its cases is marked, and a person decides. One that goes on again takes the marks away. */
export async function proposeEnds(
  { db, clock }: Tools,
  actor: Actor,
  issueId: string,
  state: IssueState,
): Promise<void> {
  const at = clock.now();
  await db.change(actor, async (trx) => {
    const hand = { trx, actor, at };
    if (!ENDS.has(state)) {
      const withdrawn = await casesById(trx, await withdrawProposals(trx, issueId));
      for (const kase of withdrawn.values()) {
        await say(hand, kase, { name: 'case.end_withdrawn', payload: { issueId } });
      }
      return;
    }
    const live = await casesById(trx, await liveCasesOf(trx, issueId));
    for (const kase of live.values()) {
      const isNew = await propose(trx, kase.id, issueId, { state, at });
      if (isNew) await say(hand, kase, { name: 'case.end_proposed', payload: { issueId, state } });
    }
  });
}

export async function declineEnd({ db, clock }: Tools, actor: Actor, ref: string, issueId: string): Promise<Case> {
  mustHave(actor, 'case.work');
  const at = clock.now();
  return db.change(actor, async (trx) => {
    const kase = await loadCase(trx, ref);
    const changed = await propose(trx, kase.id, issueId, null);
    if (changed) await say({ trx, actor, at }, kase, { name: 'case.end_declined', payload: { issueId } });
    return kase;
  });
}

interface Part {
  readonly version: number;
  readonly people: readonly string[];
  readonly title: string | null;
  readonly ask: string;
}

/** The people go over, the words stay: the part begins with what its opener says of it. */
export async function splitCase(
  { db, clock }: Tools,
  actor: Actor,
  ref: string,
  said: Part,
): Promise<{ case: Case; part: Case }> {
  mustHave(actor, 'case.work');
  mustBePerson(actor);
  const at = clock.now();
  return db.change(actor, async (trx) => {
    const before = await loadCase(trx, ref);
    mustBeLive(before, 'Nothing is split off it any more');
    if (!isLive(before.state))
      throw new Refusal('case.wrong_state', 'This case is resolved. Reopen it before it is split.');
    const kase = await saveCase(trx, { ...before, changedAt: at, changedBy: actor.id }, said.version);
    const moved = await removePeople(trx, kase, said.people);
    if (moved.length < new Set(said.people).size) {
      throw new Refusal(
        'case.not_divisible',
        'Some of these people are not on this case. Reload it; nothing was split off.',
      );
    }
    const number = await takeNumber(trx, kase.compartment, at.getUTCFullYear());
    const clean = (text: string) => cleanWords(text, kase);
    const part = {
      ...partOf(kase, actor, { at, number }),
      title: said.title && clean(said.title),
      ask: clean(said.ask),
    };
    await insertCase(trx, part);
    await addPeople(trx, part, moved, at);
    await insertCaseLink(trx, part, { other: kase.id, kind: 'split_from' }, { by: actor.id, at });
    await watch(trx, part, actor.id, at);
    const hand = { trx, actor, at };
    const { kind, source, priority, requesterKind: requester, facts, language, region } = part;
    const payload = { kind, source, priority, requester, legal: facts.legal, language, region };
    await say(hand, part, { name: 'case.opened', payload });
    await say(hand, kase, { name: 'case.split', payload: { partId: part.id, people: moved.length } });
    return { case: kase, part };
  });
}
