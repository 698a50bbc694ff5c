/** Talking to whoever asked: written, held for a while, then gone; or taken back whole. */
import { HOLD_SECONDS, Refusal } from '@groundswell/contract';
import { type Actor, mustHave } from '../access/index.ts';
import type { Trx } from '../platform/db.ts';
import type { Tools } from '../platform/tools.ts';
import { mustBePerson, sayMoved } from './case.actions.ts';
import { type Hand, say } from './case.events.ts';
import { holdCases, loadCase, saveCase } from './case.store.ts';
import { type Case, mustBeLive, withdrawEnd } from './case.ts';
import { dropDraft } from './draft.store.ts';
import { putOff, SEND_HELD } from './hold.store.ts';
import { heldMessage, insertMessage, type Message, messageOf, settleMessage } from './message.store.ts';
import { cleanWords } from './open.actions.ts';

interface Said {
  readonly text: string;
  readonly language: string | null;
  readonly template: string | null;
}

export async function writeMessage(tools: Tools, actor: Actor, ref: string, said: Said): Promise<Message> {
  mustHave(actor, 'case.answer');
  mustBePerson(actor);
  const at = tools.clock.now();
  return tools.db.change(actor, async (trx) => {
    const kase = await loadCase(trx, ref);
    mustBeLive(kase, 'Nothing is said from it any more');
    const message = await holdMessage({ trx, actor, at }, kase, { ...said, broadcastId: null });
    await dropDraft(trx, kase.id, actor.id, 'message');
    return message;
  });
}

/** Kept, and the job that sends it: both or neither. */
export async function holdMessage(
  hand: Hand,
  kase: Case,
  { text, language, template, broadcastId }: Said & { broadcastId: string | null },
): Promise<Message> {
  const { trx, actor, at } = hand;
  const message = await insertMessage(trx, {
    ...{ compartment: kase.compartment, caseId: kase.id, direction: 'out', state: 'held' },
    ...{ text, language: language ?? kase.language, templateId: template, broadcastId, authorId: actor.id, at },
    leavesAt: leavingAt(at),
    settledAt: null,
  });
  await say(hand, kase, { name: 'case.message_held', payload: { messageId: message.id } });
  await putOff(trx, SEND_HELD);
  return message;
}

export const leavingAt = (at: Date): Date => new Date(at.getTime() + HOLD_SECONDS * 1_000);

/** The requester writes: a case that waited for them goes on, and one that had ended comes back. */
export async function receiveMessage(
  tools: Tools,
  actor: Actor,
  ref: string,
  { text, language, at: said }: { text: string; language: string | null; at?: string | undefined },
): Promise<Message> {
  mustHave(actor, 'case.work');
  const at = tools.clock.now();
  const came = said === undefined ? at : new Date(said);
  if (came > at) throw new Refusal('request.invalid', 'A reply cannot have come later than now. Check the time.');
  return tools.db.change(actor, async (trx) => {
    const kase = await loadCase(trx, ref);
    const kept = cleanWords(text, { region: kase.region, language: language ?? kase.language });
    const message = await insertMessage(trx, {
      ...{ compartment: kase.compartment, caseId: kase.id, direction: 'in', state: 'received', text: kept },
      ...{ language: language ?? kase.language, templateId: null, broadcastId: null, authorId: actor.id, at: came },
      ...{ leavesAt: null, settledAt: null },
    });
    await say({ trx, actor, at }, kase, { name: 'case.message_in', payload: { messageId: message.id } });
    return message;
  });
}

export async function cancelMessage(tools: Tools, actor: Actor, ref: string, id: string): Promise<Message> {
  mustHave(actor, 'case.answer');
  const at = tools.clock.now();
  return tools.db.change(actor, async (trx) => {
    const { id: caseId } = await loadCase(trx, ref);
    if (!(await messageOf(trx, caseId, id))) throw notThere();
    const kase = (await holdCases(trx, [caseId])).get(caseId)!;
    const message = await settleMessage(trx, id, 'cancelled', at);
    if (!message) throw tooLate('message');
    const hand = { trx, actor, at };
    await say(hand, kase, { name: 'case.message_cancelled', payload: { messageId: id } });
    await takeEndBack(hand, kase, id);
    return message;
  });
}

const notThere = () => new Refusal('case.part_not_found', 'There is no such message on this case.');
export const tooLate = (what: string) =>
  new Refusal('case.undo_over', `The ${what} has left already, or was taken back before. Nothing was changed.`);

/** A case does not stay resolved by a message that nobody got. */
async function takeEndBack(hand: Hand, kase: Case, messageId: string): Promise<void> {
  if (kase.toldBy !== messageId || (kase.state !== 'resolved' && kase.state !== 'closed')) return;
  const back = withdrawEnd(kase, { by: hand.actor.id, at: hand.at });
  const after = await saveCase(hand.trx, back, kase.version);
  await sayMoved(hand, kase, after, { undone: true });
}

/** Said by the job, or by the clock for what a job was lost for. True if it was this call that let it go. */
export async function sendMessage({ db, clock }: Tools, actor: Actor, id: string): Promise<boolean> {
  const at = clock.now();
  return db.change(actor, async (trx) => {
    const held = await heldMessage(trx, id);
    if (!held || held.leavesAt! > at) return false;
    const left = await settleMessage(trx, id, 'left', at);
    if (!left) return false;
    await sayOut(trx, actor, left, at);
    return true;
  });
}

const sayOut = (trx: Trx, actor: Actor, { id, caseId, compartment, authorId }: Message, at: Date) =>
  say(
    { trx, actor, at },
    { id: caseId, compartment },
    { name: 'case.message_out', payload: { messageId: id, authorId } },
  );
