/**
 * What people do with issues together. Each is one transaction, and in one compartment one comes after the other: all take
 * the lock of its numbers first, as surges do, then the issues, then the topics, then the engine's log.
 */
import { randomUUID } from 'node:crypto';
import { type LinkKind, Refusal, type splitIssue as splitEndpoint } from '@groundswell/contract';
import type { z } from 'zod';
import { type Actor, mustHave } from '../access/index.ts';
import { type Happening, type NewEvent, record } from '../events.ts';
import type { Trx } from '../platform/db.ts';
import type { Tools } from '../platform/tools.ts';
import { idOf, loadAlerts, regroup } from '../topics/index.ts';
import { counted, shownOf } from './issue.actions.ts';
import { keyOf } from './issue.key.ts';
import { holdIssues, insertIssue, issuesOfTopics, loadIssue, lockNumbers, saveIssue } from './issue.store.ts';
import type { Issue } from './issue.ts';
import { insertAct, isLinked } from './triage.store.ts';
import { type Act, asDuplicate, mustShare, mustStandForItself, stateOfPart } from './triage.ts';

export interface Done {
  readonly act: Act;
  /** The one to go to. */
  readonly issue: Issue | null;
}

/** Whose, when, and in which transaction. */
export type Hand = { readonly trx: Trx; readonly actor: Actor; readonly at: Date };

const newAct = (
  { actor, at }: Pick<Hand, 'actor' | 'at'>,
  said: Partial<Act> & Pick<Act, 'kind' | 'compartment'>,
): Act => ({
  id: randomUUID(),
  issueId: null,
  otherId: null,
  link: null,
  was: null,
  signals: 0,
  madeBy: actor.id,
  madeAt: at,
  undoneBy: null,
  undoneAt: null,
  ...said,
});

/** Said of one issue, in its history. */
export async function say({ trx, actor, at }: Hand, issue: Issue, said: Happening): Promise<void> {
  const about = { at, compartment: issue.compartment, subject: { kind: 'issue', id: issue.id } } as const;
  await record(trx, actor, { ...said, ...about } as NewEvent);
}

/** What an issue shows is the newest alert of all that is told under it, and how many that is. */
export async function showAnew({ trx, at }: Hand, issue: Issue): Promise<Issue> {
  const alertId = (await regroup.alertOfRoot(trx, issue.topicId)) ?? issue.alertId;
  const alert = (await loadAlerts(trx, [alertId])).get(alertId)!;
  const next = { ...issue, ...shownOf(alert), ...(await counted(trx, alert, issue.topicId, at)), changedAt: at };
  return saveIssue(trx, next, issue.version);
}

/** Both as they are once nobody else can change them. */
async function holdTwo(trx: Trx, oneRef: string, otherRef: string): Promise<[Issue, Issue]> {
  const [one, other] = [await loadIssue(trx, oneRef), await loadIssue(trx, otherRef)];
  mustShare(one, other);
  await lockNumbers(trx, one.compartment);
  const held = await holdIssues(trx, [one.id, other.id]);
  return [held.get(one.id)!, held.get(other.id)!];
}

export async function mergeIssue(
  { db, clock }: Tools,
  actor: Actor,
  ref: string,
  { version, into }: { version: number; into: string },
): Promise<Done> {
  mustHave(actor, 'issue.decide');
  const at = clock.now();

  return db.change(actor, async (trx) => {
    const hand = { trx, actor, at };
    const [issue, kept] = await holdTwo(trx, ref, into);
    const { state, dismissReason, note, compartment } = issue;
    const duplicate = await saveIssue(trx, asDuplicate(issue, kept, at), version);
    const begun = newAct(hand, { kind: 'merge', compartment, issueId: issue.id, otherId: kept.id });
    const signals = await regroup.mergeTopics(trx, { id: begun.id, compartment, at }, issue.topicId, kept.topicId);
    const act = { ...begun, signals, was: { state, dismissReason, note } };
    await insertAct(trx, act);
    const after = await showAnew(hand, kept);
    await say(hand, duplicate, { name: 'issue.merged', payload: { actId: act.id, key: keyOf(kept), signals } });
    await say(hand, after, { name: 'issue.took_in', payload: { actId: act.id, key: keyOf(issue), signals } });
    return { act, issue: after };
  });
}

type SplitOrder = z.output<typeof splitEndpoint.body>;

export async function splitIssue(
  { db, clock }: Tools,
  actor: Actor,
  ref: string,
  { version, title, what }: SplitOrder,
): Promise<Done> {
  mustHave(actor, 'issue.decide');
  const at = clock.now();

  return db.change(actor, async (trx) => {
    const hand = { trx, actor, at };
    const { id, compartment } = await loadIssue(trx, ref);
    const numbers = await lockNumbers(trx, compartment);
    const issue = (await holdIssues(trx, [id])).get(id)!;
    mustStandForItself(issue);
    const chosen = await chosenOf(trx, issue, what);
    const begun = newAct(hand, { kind: 'split', compartment, issueId: id });
    const order = { topic: issue.topicId, signals: chosen, alert: issue.alertId };
    const made = await regroup.splitTopic(trx, { id: begun.id, compartment, at }, order);
    const alert = (await loadAlerts(trx, [made.alert])).get(made.alert)!;
    const fresh: Issue = {
      ...issue,
      id: idOf('issue', made.topic),
      number: await numbers.take(),
      version: 1,
      topicId: made.topic,
      ...shownOf(alert),
      ...(await counted(trx, alert, made.topic, at)),
      state: stateOfPart(issue.state),
      title,
      dismissReason: null,
      note: null,
      createdAt: at,
      changedAt: at,
    };
    await insertIssue(trx, fresh);
    const left = await showAnew(hand, { ...issue, version });
    const act = { ...begun, otherId: fresh.id, signals: made.signals };
    await insertAct(trx, act);
    const said = { actId: act.id, signals: made.signals };
    await say(hand, left, { name: 'issue.split', payload: { ...said, key: keyOf(fresh) } });
    await say(hand, fresh, { name: 'issue.split_off', payload: { ...said, key: keyOf(issue) } });
    return { act, issue: fresh };
  });
}

/** A slice of more than that is not divided by hand in one go: the engine's log names every signal of it. */
const SLICE_MOST = 50_000;

/** The signals that go: told under this issue now, and not all there are. */
async function chosenOf(trx: Trx, issue: Issue, what: SplitOrder['what']): Promise<string[]> {
  const chosen =
    'signals' in what
      ? await regroup.membersAmong(trx, issue.topicId, what.signals)
      : await regroup.membersWith(trx, issue.topicId, what.slice, SLICE_MOST + 1);
  if (chosen.length > SLICE_MOST) {
    throw new Refusal(
      'issue.not_divisible',
      `More than ${SLICE_MOST} signals are in this slice. Choose a narrower one.`,
    );
  }
  if (chosen.length === 0 || ('signals' in what && chosen.length < new Set(what.signals).size)) {
    throw new Refusal(
      'issue.not_divisible',
      'Not all of these signals are told under this issue any more: somebody moved them, or there are none. Reload it. Nothing was changed.',
    );
  }
  if (chosen.length >= issue.signals && (await regroup.countMembers(trx, issue.topicId)) <= chosen.length) {
    throw new Refusal('issue.not_divisible', 'These are all signals of this issue, so there is nothing to divide.');
  }
  return chosen;
}

export async function moveTopicSignals(
  { db, clock }: Tools,
  actor: Actor,
  { signals, into }: { signals: readonly string[]; into: string | null },
): Promise<Done> {
  mustHave(actor, 'issue.decide');
  const at = clock.now();

  return db.change(actor, async (trx) => {
    const hand = { trx, actor, at };
    const wanted = [...new Set(signals)];
    const asked = into === null ? null : await loadIssue(trx, into);
    const [first] = await standing(trx, wanted);
    if (asked) mustShare(first!, asked);
    const { compartment } = first!;
    await lockNumbers(trx, compartment);
    const now = await standing(trx, wanted); // nobody else moves them from here on
    for (const one of now) mustShare(one, first!);
    const from = [...new Set(now.flatMap(({ topic }) => topic ?? []))];
    const byTopic = await issuesOfTopics(trx, from);
    const held = await holdIssues(trx, [...[...byTopic.values()].map(({ id }) => id), ...(asked ? [asked.id] : [])]);
    const target = asked && held.get(asked.id)!;
    if (target) mustStandForItself(target);
    const begun = newAct(hand, { kind: 'move', compartment, otherId: target?.id ?? null });
    const leaving = from.filter((topic) => topic !== target?.topicId);
    const order = { signals: wanted, from: leaving, into: target?.topicId ?? null };
    const moved = await regroup.moveSignals(trx, { id: begun.id, compartment, at }, order);
    if (moved === 0) throw new Refusal('issue.not_divisible', 'These signals are there already. Nothing was changed.');
    const act = { ...begun, signals: moved };
    await insertAct(trx, act);
    await tellOfMove(hand, [...held.values()], target, act, now);
    return { act, issue: target ? ((await holdIssues(trx, [target.id])).get(target.id) ?? null) : null };
  });
}

async function standing(trx: Trx, signals: readonly string[]) {
  const found = await regroup.standingOf(trx, signals);
  if (found.length === signals.length) return found;
  throw new Refusal(
    'signal.not_found',
    'One of these signals is not there any more, or you cannot see it. Reload the list. Nothing was moved.',
  );
}

async function tellOfMove(
  hand: Hand,
  issues: readonly Issue[],
  target: Issue | null,
  { id: actId, signals }: Act,
  before: readonly { topic: string | null }[],
): Promise<void> {
  for (const issue of issues) {
    const after = await showAnew(hand, issue);
    if (issue.id === target?.id) {
      await say(hand, after, { name: 'issue.signals_joined', payload: { actId, signals } });
      continue;
    }
    const left = before.filter(({ topic }) => topic === issue.topicId).length;
    const key = target ? keyOf(target) : null;
    await say(hand, after, { name: 'issue.signals_left', payload: { actId, key, signals: left } });
  }
}

export async function linkIssues(
  { db, clock }: Tools,
  actor: Actor,
  ref: string,
  { to, kind: link }: { to: string; kind: LinkKind },
): Promise<Done> {
  mustHave(actor, 'issue.decide');
  const at = clock.now();

  return db.change(actor, async (trx) => {
    const hand = { trx, actor, at };
    const [issue, other] = await holdTwo(trx, ref, to);
    if (issue.id === other.id) throw new Refusal('issue.linked_already', 'An issue is not linked with itself.');
    if (await isLinked(trx, issue.id, other.id, link)) {
      throw new Refusal('issue.linked_already', 'These two are linked in this way already. Nothing was changed.');
    }
    const act = newAct(hand, {
      kind: 'link',
      compartment: issue.compartment,
      issueId: issue.id,
      otherId: other.id,
      link,
    });
    await insertAct(trx, act);
    await say(hand, issue, { name: 'issue.linked', payload: { actId: act.id, key: keyOf(other), link } });
    await say(hand, other, { name: 'issue.linked', payload: { actId: act.id, key: keyOf(issue), link, turned: true } });
    return { act, issue };
  });
}
