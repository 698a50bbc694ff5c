/** What people do with batons. Each action is one transaction: hold, decide, save, record. */
import { randomUUID } from 'node:crypto';
import { type BatonFacts, type BatonPoints, type ReadBack, Refusal } from '@groundswell/contract';
import { type Actor, mustHave } from '../access/index.ts';
import {
  assignWithin,
  type Case,
  cleanWords,
  holdCases,
  isLive,
  loadCase,
  mustBePerson,
  say,
  tasksOf,
} from '../cases/index.ts';
import { firstClocks } from '../clocks/index.ts';
import { eventsOf } from '../events.ts';
import type { Db, Trx } from '../platform/db.ts';
import type { Tools } from '../platform/tools.ts';
import { holdBaton, insertBaton, lastAccepted, openBatonOf, saveBaton } from './baton.store.ts';
import { type Baton, mustAgree, mustBeComplete, stateAfter } from './baton.ts';

declare module '../events.ts' {
  interface Payloads {
    'case.baton_sent': { batonId: string; receiverId: string | null };
    'case.baton_taken_back': { batonId: string };
    /** The case is theirs from here on; `was`: who was accountable until then. */
    'case.baton_accepted': { batonId: string; personId: string; was: string };
    /** Sent and not accepted in time: `senderId` is accountable still. */
    'case.baton_unanswered': { batonId: string; senderId: string; receiverId: string | null };
  }
}

type Hand = { readonly trx: Trx; readonly actor: Actor; readonly at: Date };

/** Events and tasks that are read for a draft: a case with more is summed up by a person anyway. */
const EVENTS_MAX = 2_000;
const TASKS_MAX = 200;
const ACTIONS_MAX = 50;

async function factsOf(db: Db, kase: Case, now: Date): Promise<BatonFacts> {
  const since = (await lastAccepted(db, kase.id)) ?? kase.openedAt;
  const times = new Map<string, number>();
  for (const { name, at } of await eventsOf(db, { kind: 'case', id: kase.id }, EVENTS_MAX)) {
    if (at >= since && !name.startsWith('case.baton_')) times.set(name, (times.get(name) ?? 0) + 1);
  }
  const clock = (await firstClocks(db, [kase.id], now)).get(kase.id);
  return {
    ...{ priority: kase.priority, state: kase.state, since: since.toISOString() },
    events: [...times].map(([name, n]) => ({ name, times: n })),
    clock: clock?.dueAt ? { metric: clock.metric, dueAt: clock.dueAt } : null,
  };
}

/** Open tasks are what somebody owes; what was said last time and has not been answered is the writer's to say again. */
async function draftedPoints(db: Db, kase: Case): Promise<BatonPoints> {
  const open = (await tasksOf(db, kase.id, TASKS_MAX)).filter(({ doneAt }) => doneAt === null);
  return {
    ...{ summary: kase.title ?? '', risks: [] },
    actions: open.slice(0, ACTIONS_MAX).map(({ text, ownerId, dueAt }) => ({
      ...{ text, ownerId, dueAt: dueAt?.toISOString() ?? null },
    })),
  };
}

function mustHaveIt(kase: Case, actor: Actor): void {
  if (!isLive(kase.state)) {
    throw new Refusal('baton.case_ended', 'This case has ended: there is nothing left to hand over.', {
      state: kase.state,
    });
  }
  if (kase.ownerId === actor.id) return;
  throw new Refusal('case.not_yours', 'Only who has a case hands it over. Take it first; nothing was changed.');
}

export function draftBaton({ db, clock }: Tools, actor: Actor, ref: string): Promise<Baton> {
  mustHave(actor, 'case.work');
  mustBePerson(actor);
  const at = clock.now();
  return db.change(actor, async (trx) => {
    const kase = await loadCase(trx, ref);
    mustHaveIt(kase, actor);
    const open = await openBatonOf(trx, kase.id);
    if (open?.senderId === actor.id) return open;
    if (open) await leaveBehind(trx, open);
    const baton: Baton = {
      ...{ id: randomUUID(), compartment: kase.compartment, caseId: kase.id, version: 1, state: 'draft' },
      ...{ senderId: actor.id, receiverId: null, acceptedBy: null, draftedAt: at, sentAt: null, acceptedAt: null },
      ...{ loudAt: null, understood: null },
      points: await draftedPoints(trx, kase),
      facts: await factsOf(trx, kase, at),
    };
    await insertBaton(trx, baton);
    return baton;
  });
}

/** Of somebody who no longer has the case: it hands nothing over. */
async function leaveBehind(trx: Trx, { id }: Baton): Promise<void> {
  const held = await holdBaton(trx, id);
  if (held.state === 'draft' || held.state === 'sent') await saveBaton(trx, { ...held, state: 'dropped' });
}

interface Written {
  readonly version: number;
  readonly receiverId: string | null;
  readonly points: BatonPoints;
}

export function changeBaton(tools: Tools, actor: Actor, id: string, { version, receiverId, points }: Written) {
  return act(tools, actor, id, version, async ({ trx }, baton) => {
    const state = stateAfter(baton, 'change', actor.id);
    const kase = await loadCase(trx, baton.caseId);
    if (receiverId === actor.id)
      throw new Refusal('baton.not_yours', 'A case is handed to somebody else. Nothing was kept.');
    const clean = (text: string): string => cleanWords(text, kase);
    const kept: BatonPoints = {
      summary: clean(points.summary),
      actions: points.actions.map((action) => ({ ...action, text: clean(action.text) })),
      risks: points.risks.map(({ what, plan }) => ({ what: clean(what), plan: clean(plan) })),
    };
    return saveBaton(trx, { ...baton, state, receiverId, points: kept });
  });
}

export function sendBaton(tools: Tools, actor: Actor, id: string, version: number): Promise<Baton> {
  return act(tools, actor, id, version, async (hand, baton) => {
    const state = stateAfter(baton, 'send', actor.id);
    mustBeComplete(baton);
    const kase = await loadCase(hand.trx, baton.caseId);
    mustHaveIt(kase, actor);
    const facts = await factsOf(hand.trx, kase, hand.at);
    const sent = await saveBaton(hand.trx, { ...baton, state, facts, sentAt: hand.at, loudAt: null });
    const payload = { batonId: id, receiverId: baton.receiverId };
    await say(hand, kase, { name: 'case.baton_sent', payload });
    return sent;
  });
}

export function takeBackBaton(tools: Tools, actor: Actor, id: string, version: number): Promise<Baton> {
  return act(tools, actor, id, version, async (hand, baton) => {
    const state = stateAfter(baton, 'take_back', actor.id);
    const back = await saveBaton(hand.trx, { ...baton, state, sentAt: null, loudAt: null });
    await say(hand, await loadCase(hand.trx, baton.caseId), {
      name: 'case.baton_taken_back',
      payload: { batonId: id },
    });
    return back;
  });
}

export function dropBaton(tools: Tools, actor: Actor, id: string, version: number): Promise<Baton> {
  return act(tools, actor, id, version, ({ trx }, baton) =>
    saveBaton(trx, { ...baton, state: stateAfter(baton, 'drop', actor.id) }),
  );
}

interface Accepted {
  readonly version: number;
  readonly readBack: ReadBack;
}

/** The case is held too, so that nobody ends it or takes it between the look and the hand-over. */
export function acceptBaton(tools: Tools, actor: Actor, id: string, { version, readBack }: Accepted): Promise<Baton> {
  return act(tools, actor, id, version, async (hand, baton) => {
    const { trx, at } = hand;
    const state = stateAfter(baton, 'accept', actor.id);
    const kase = (await holdCases(trx, [baton.caseId])).get(baton.caseId)!;
    if (!isLive(kase.state)) {
      throw new Refusal('baton.case_ended', 'This case has ended meanwhile: there is nothing left to take over.', {
        state: kase.state,
      });
    }
    if (kase.ownerId !== baton.senderId) {
      throw new Refusal(
        'baton.overtaken',
        'This case changed hands meanwhile: it is not the sender’s to give any more.',
      );
    }
    mustAgree(baton, readBack, actor.id);
    const understood = cleanWords(readBack.understood, kase);
    const next = { ...baton, state, understood, acceptedBy: actor.id, acceptedAt: at };
    const accepted = await saveBaton(trx, next);
    await assignWithin(hand, kase, { version: kase.version, owner: actor.id });
    const payload = { batonId: id, personId: actor.id, was: baton.senderId };
    await say(hand, kase, { name: 'case.baton_accepted', payload });
    return accepted;
  });
}

/** Held first; who acts on what they no longer see as it was is told so, unless its new state says more. */
function act(
  { db, clock }: Tools,
  actor: Actor,
  id: string,
  version: number,
  decide: (hand: Hand, baton: Baton) => Promise<Baton>,
): Promise<Baton> {
  mustHave(actor, 'case.work');
  mustBePerson(actor);
  const at = clock.now();
  return db.change(actor, async (trx) => {
    const baton = await holdBaton(trx, id);
    if (baton.state === 'draft' && baton.senderId !== actor.id && version === baton.version) {
      throw new Refusal('baton.not_found', 'There is no such hand-over, or you cannot see it.');
    }
    const next = await decide({ trx, actor, at }, baton);
    if (baton.version === version) return next;
    throw new Refusal(
      'baton.changed_meanwhile',
      'This hand-over changed while you had it open. Reload it and look again.',
    );
  });
}
