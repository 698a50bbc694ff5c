/** What people do with cases. Each action is one transaction: load, decide, save, record. */
import { type CaseMove, type Priority, Refusal, type RefuseReason } from '@groundswell/contract';
import { type Actor, mustHave } from '../access/index.ts';
import { legalLines } from '../clocks/index.ts';
import type { Trx } from '../platform/db.ts';
import type { Tools } from '../platform/tools.ts';
import { pseudonymsOf } from '../privacy/index.ts';
import {
  addPeople,
  colleaguesIn,
  peopleOf,
  removePeople,
  type Subject,
  unwatch,
  watch,
  watchersOf,
} from './around.store.ts';
import { type Hand, say } from './case.events.ts';
import { loadCase, saveCase } from './case.store.ts';
import { applyMove, type Case, mustBeLive, withOwner } from './case.ts';
import { holdKept } from './clock.actions.ts';
import { messageOf } from './message.store.ts';
import { asPseudonym, cleanWords, legalOf, mustBeTeam } from './open.actions.ts';
import { type LegalTerm, proposePriority, rankOf } from './priority.ts';

export interface Decision {
  readonly version: number;
  readonly move: CaseMove;
}

export async function moveCase(tools: Tools, actor: Actor, ref: string, decision: Decision): Promise<Case> {
  mustHave(actor, 'case.work');
  const at = tools.clock.now();
  return tools.db.change(actor, async (trx) => moveWithin({ trx, actor, at }, await loadCase(trx, ref), decision));
}

async function moveWithin(hand: Hand, before: Case, { version, move }: Decision): Promise<Case> {
  const { trx, actor, at } = hand;
  if (move.type === 'resolve') await mustHaveTold(trx, before, move);
  const into = move.type === 'duplicate' ? await holdKept(trx, before, move.of) : undefined;
  const after = await saveCase(trx, applyMove(before, move, { by: actor.id, at, ...(into && { into }) }), version);
  await sayMoved(hand, before, after);
  if (into) await sayMerged(hand, after, into);
  return after;
}

/** What the requester was told by must be a message of this case that left, or is about to. */
async function mustHaveTold(trx: Trx, kase: Case, { told }: Extract<CaseMove, { type: 'resolve' }>): Promise<void> {
  if (!('messageId' in told)) return;
  const message = await messageOf(trx, kase.id, told.messageId);
  if (message?.direction === 'out' && message.state !== 'cancelled') return;
  throw new Refusal(
    'case.not_told',
    'This is no message that left from this case. Write to whoever asked, or say why nobody is told.',
  );
}

export async function sayMoved(hand: Hand, before: Case, after: Case, said: { undone?: true } = {}): Promise<void> {
  await sayAcknowledged(hand, before, after);
  const payload = {
    from: before.state,
    to: after.state,
    ...(after.waitingFor && { waitingFor: after.waitingFor }),
    ...(before.waitingFor && { wasFor: before.waitingFor }),
    ...(after.outcome && { outcome: after.outcome }),
    ...(after.untold && { untold: after.untold }),
    ...(after.exitReason && { reason: after.exitReason }),
    ...said,
  };
  await say(hand, after, { name: 'case.moved', payload });
}

async function sayAcknowledged(hand: Hand, before: Case, after: Case): Promise<void> {
  if (before.acknowledgedAt !== null || after.acknowledgedAt === null) return;
  await say(hand, after, { name: 'case.acknowledged', payload: { personId: hand.actor.id } });
}

/** Said of both, by id: what stands in the one is not told in the other. Whoever watched the duplicate watches on. */
async function sayMerged(hand: Hand, source: Case, kept: Case): Promise<void> {
  await say(hand, source, { name: 'case.merged', payload: { intoId: kept.id } });
  await say(hand, kept, { name: 'case.took_in', payload: { caseId: source.id } });
  for (const id of await watchersOf(hand.trx, source.id)) await watch(hand.trx, kept, id, hand.at);
}

/** The harm grows no further. Whoever says so has seen the case. */
export async function containCase(tools: Tools, actor: Actor, ref: string, version: number): Promise<Case> {
  mustHave(actor, 'case.work');
  const at = tools.clock.now();
  return tools.db.change(actor, async (trx) => {
    const before = await loadCase(trx, ref);
    mustBeLive(before, 'Nothing is left to contain');
    const touched = { acknowledgedAt: before.acknowledgedAt ?? at, changedAt: at, changedBy: actor.id };
    const after = await saveCase(trx, { ...before, ...touched }, version);
    const hand = { trx, actor, at };
    await sayAcknowledged(hand, before, after);
    await say(hand, after, { name: 'case.contained', payload: { personId: actor.id } });
    return after;
  });
}

interface Changed {
  readonly version: number;
  readonly title?: string | null | undefined;
  readonly language?: string | null | undefined;
  readonly region?: string | null | undefined;
  readonly facts?: Case['facts'] | undefined;
  readonly team?: string | null | undefined;
}

export async function changeCase(tools: Tools, actor: Actor, ref: string, said: Changed): Promise<Case> {
  mustHave(actor, 'case.work');
  const at = tools.clock.now();
  return tools.db.change(actor, async (trx) => {
    const before = await loadCase(trx, ref);
    const { title, language = before.language, region = before.region, facts = before.facts, team } = said;
    if (team) await mustBeTeam(trx, team);
    const changed = {
      ...before,
      ...{ language, region, facts },
      title: title === undefined ? before.title : title && cleanWords(title, { language, region }),
      teamId: team === undefined ? before.teamId : team,
      changedAt: at,
      changedBy: actor.id,
    };
    // The line of law stays the one that was applied, unless another law is named now.
    const next =
      facts.legal === before.facts.legal
        ? ranked(changed, await appliedLaw(trx, before))
        : await underLaw(trx, changed, at);
    const after = await saveCase(trx, next, said.version);
    const fields = Object.keys(said).filter((name) => name !== 'version');
    await say({ trx, actor, at }, after, { name: 'case.changed', payload: { fields } });
    await sayPriority({ trx, actor, at }, before, after, 'rules');
    return after;
  });
}

async function underLaw(trx: Trx, kase: Case, at: Date): Promise<Case> {
  const line = await legalOf(trx, kase.facts, at);
  return { ...ranked(kase, line), legalClockId: line?.id ?? null };
}

async function appliedLaw(trx: Trx, { legalClockId }: Case): Promise<LegalTerm | null> {
  if (legalClockId === null) return null;
  return (await legalLines(trx, undefined)).find(({ id }) => id === legalClockId) ?? null;
}

/** What a person decided stands; what the rules say is shown beside it. */
function ranked(kase: Case, legal: LegalTerm | null): Case {
  const { priority: proposed, reasons } = proposePriority(kase.facts, legal);
  return { ...kase, proposed, reasons, priority: kase.overrideReason === null ? proposed : kase.priority };
}

async function sayPriority(hand: Hand, before: Case, after: Case, by: 'rules' | 'person'): Promise<void> {
  if (before.priority === after.priority && before.proposed === after.proposed) return;
  const { priority: to, proposed } = after;
  await say(hand, after, { name: 'case.priority_changed', payload: { from: before.priority, to, proposed, by } });
}

export async function setPriority(
  tools: Tools,
  actor: Actor,
  ref: string,
  { version, priority, reason }: { version: number; priority: Priority | null; reason: string },
): Promise<Case> {
  mustHave(actor, 'case.work');
  if (priority !== null && reason === '') {
    throw new Refusal(
      'case.reason_missing',
      'Say why the priority is another than the rules propose: it is shown beside it.',
    );
  }
  const at = tools.clock.now();
  return tools.db.change(actor, async (trx) => {
    const before = await loadCase(trx, ref);
    const decided =
      priority === null
        ? { priority: before.proposed, overrideReason: null, overrideBy: null }
        : { priority: rankOf(priority), overrideReason: reason, overrideBy: actor.id };
    const after = await saveCase(trx, { ...before, ...decided, changedAt: at, changedBy: actor.id }, version);
    const { priority: to, proposed } = after;
    const payload = { from: before.priority, to, proposed, by: priority === null ? 'rules' : 'person' } as const;
    await say({ trx, actor, at }, after, { name: 'case.priority_changed', payload });
    return after;
  });
}

export async function assignCase(
  tools: Tools,
  actor: Actor,
  ref: string,
  { version, owner }: { version: number; owner: string | null },
): Promise<Case> {
  mustHave(actor, 'case.work');
  const at = tools.clock.now();
  return tools.db.change(actor, async (trx) =>
    assignWithin({ trx, actor, at }, await loadCase(trx, ref), { version, owner }),
  );
}

export async function assignWithin(
  hand: Hand,
  before: Case,
  { version, owner, undone }: { version: number; owner: string | null; undone?: true },
): Promise<Case> {
  const { trx, actor, at } = hand;
  await mustWork(trx, before, owner);
  const after = await saveCase(trx, withOwner(before, owner, { by: actor.id, at }), version);
  await sayAcknowledged(hand, before, after);
  if (before.ownerId !== owner) {
    const payload = { ownerId: owner, was: before.ownerId, ...(undone && { undone }) };
    await say(hand, after, { name: 'case.owner_changed', payload });
  }
  if (owner !== null) await watch(trx, after, owner, at);
  return after;
}

/** A case is given to somebody who can see it and may work on it. */
async function mustWork(trx: Trx, { compartment }: Case, person: string | null): Promise<void> {
  if (person === null || (await colleaguesIn(trx, compartment)).some(({ id, works }) => id === person && works)) return;
  throw new Refusal('person.not_found', 'There is nobody of that name who may work on this case. Nothing was changed.');
}

/** Why is kept as a code in the record of the case, and counts against nobody. */
export async function refuseCase(
  tools: Tools,
  actor: Actor,
  ref: string,
  { version, reason }: { version: number; reason: RefuseReason },
): Promise<Case> {
  mustHave(actor, 'case.work');
  const at = tools.clock.now();
  return tools.db.change(actor, async (trx) => {
    const before = await loadCase(trx, ref);
    if (before.ownerId !== actor.id) {
      throw new Refusal(
        'case.not_yours',
        'This case is not yours, so there is nothing to hand back. Nothing was changed.',
      );
    }
    const hand = { trx, actor, at };
    const after = await saveCase(trx, withOwner(before, null, { by: actor.id, at }), version);
    await say(hand, after, { name: 'case.refused', payload: { reason } });
    await say(hand, after, { name: 'case.owner_changed', payload: { ownerId: null, was: actor.id } });
    return after;
  });
}

export async function watchCase(tools: Tools, actor: Actor, ref: string, watching: boolean): Promise<boolean> {
  mustHave(actor, 'case.read');
  mustBePerson(actor);
  const at = tools.clock.now();
  return tools.db.change(actor, async (trx) => {
    const kase = await loadCase(trx, ref);
    const changed = watching ? await watch(trx, kase, actor.id, at) : await unwatch(trx, kase, actor.id);
    const name = watching ? 'case.watched' : 'case.unwatched';
    if (changed) await say({ trx, actor, at }, kase, { name, payload: { personId: actor.id } });
    return watching;
  });
}

export function mustBePerson(actor: Actor): void {
  if (actor.kind === 'person') return;
  throw new Refusal('access.not_allowed', 'Only a person does this, not a token.');
}

export async function changePeople(
  tools: Tools,
  actor: Actor,
  ref: string,
  { add, remove }: { add: readonly Subject[]; remove: readonly string[] },
): Promise<Awaited<ReturnType<typeof peopleOf>>> {
  mustHave(actor, 'case.work');
  const at = tools.clock.now();
  const { compartment } = await tools.db.as(actor, (db) => loadCase(db, ref));
  const named = asPseudonym(await pseudonymsOf(tools, actor, compartment));
  return tools.db.change(actor, async (trx) => {
    const kase = await loadCase(trx, ref);
    mustBeLive(kase, 'Whom it is about is not changed any more');
    const removed = await removePeople(trx, kase, remove);
    const added = await addPeople(
      trx,
      kase,
      add.map(({ person, role }) => ({ person: named(person), role })),
      at,
    );
    if (added + removed.length > 0) {
      await say({ trx, actor, at }, kase, { name: 'case.people_changed', payload: { added, removed: removed.length } });
    }
    return peopleOf(trx, kase.id);
  });
}
