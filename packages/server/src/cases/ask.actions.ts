/** Asking partners: each question has its own clock, and its answer stands beside it. */
import { type changeAsk as endpoint, Refusal } from '@groundswell/contract';
import type { z } from 'zod';
import { type Actor, mustHave } from '../access/index.ts';
import type { Tools } from '../platform/tools.ts';
import { type Ask, heldAsk, holdAsk, insertAsk, saveAsk, settleAsk } from './ask.store.ts';
import { mustBePerson } from './case.actions.ts';
import { type Hand, say } from './case.events.ts';
import { loadCase } from './case.store.ts';
import { type Case, mustBeLive } from './case.ts';
import { dropDraft } from './draft.store.ts';
import { putOff, SEND_HELD } from './hold.store.ts';
import { leavingAt, tooLate } from './message.actions.ts';

interface Question {
  readonly partner: string;
  readonly question: string;
  readonly dueAt: string;
}

export async function askPartner(tools: Tools, actor: Actor, ref: string, said: Question): Promise<Ask> {
  mustHave(actor, 'case.ask');
  mustBePerson(actor);
  const at = tools.clock.now();
  return tools.db.change(actor, async (trx) => {
    const kase = await loadCase(trx, ref);
    mustBeLive(kase, 'Nobody is asked from it any more');
    const { id: caseId, compartment } = kase;
    const ask = await insertAsk(trx, {
      ...{ compartment, caseId, partner: said.partner, question: said.question },
      ...{ dueAt: mustLieAhead(said.dueAt, at), authorId: actor.id, at, leavesAt: leavingAt(at) },
    });
    const payload = { askId: ask.id, dueAt: ask.dueAt.toISOString() };
    await say({ trx, actor, at }, kase, { name: 'case.ask_held', payload });
    await putOff(trx, SEND_HELD);
    await dropDraft(trx, caseId, actor.id, 'ask');
    return ask;
  });
}

function mustLieAhead(said: string, now: Date): Date {
  const due = new Date(said);
  if (due > now) return due;
  throw new Refusal('request.invalid', 'A partner is given a time that still lies ahead. Choose a later one.');
}

type Change = z.output<typeof endpoint.body>;

export async function changeAsk(tools: Tools, actor: Actor, ref: string, id: string, change: Change): Promise<Ask> {
  mustHave(actor, 'case.ask');
  const at = tools.clock.now();
  return tools.db.change(actor, async (trx) => {
    const kase = await loadCase(trx, ref);
    const ask = await holdAsk(trx, kase.id, id);
    if (!ask) throw new Refusal('case.part_not_found', 'There is no such ask on this case.');
    return changeHeld({ trx, actor, at }, kase, ask, change);
  });
}

async function changeHeld(hand: Hand, kase: Case, ask: Ask, change: Change): Promise<Ask> {
  const { trx, actor, at } = hand;
  if (change.type === 'cancel') {
    const cancelled = await settleAsk(trx, ask.id, 'cancelled', at);
    if (!cancelled) throw tooLate('question');
    await say(hand, kase, { name: 'case.ask_cancelled', payload: { askId: ask.id } });
    return cancelled;
  }
  if (ask.state !== 'asked') {
    throw new Refusal(
      'case.wrong_state',
      ask.state === 'held'
        ? 'The question has not left yet. Wait a few seconds, or take it back.'
        : 'This question is settled already. Ask another one if something is left to ask.',
    );
  }
  const next = changed(ask, change, actor, at);
  await saveAsk(trx, next);
  const name = (
    { answer: 'case.partner_answered', withdraw: 'case.ask_withdrawn', postpone: 'case.ask_postponed' } as const
  )[change.type];
  const payload = { askId: ask.id, ...(change.type === 'postpone' && { dueAt: next.dueAt.toISOString() }) };
  await say(hand, kase, { name, payload } as Parameters<typeof say>[2]);
  return next;
}

function changed(ask: Ask, change: Exclude<Change, { type: 'cancel' }>, actor: Actor, at: Date): Ask {
  if (change.type === 'postpone') return { ...ask, dueAt: mustLieAhead(change.dueAt, at) };
  if (change.type === 'withdraw') return { ...ask, state: 'withdrawn', settledAt: at };
  return { ...ask, state: 'answered', answer: change.answer, answeredAt: at, answeredBy: actor.id };
}

export async function sendAsk({ db, clock }: Tools, actor: Actor, id: string): Promise<boolean> {
  const at = clock.now();
  return db.change(actor, async (trx) => {
    const held = await heldAsk(trx, id);
    if (!held || held.leavesAt! > at) return false;
    const left = await settleAsk(trx, id, 'asked', at);
    if (!left) return false;
    const { caseId, compartment, dueAt, authorId } = left;
    const payload = { askId: id, dueAt: dueAt.toISOString(), authorId };
    await say({ trx, actor, at }, { id: caseId, compartment }, { name: 'case.partner_asked', payload });
    return true;
  });
}
