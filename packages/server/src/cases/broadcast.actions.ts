/** One update for all cases of an issue: written by one person, let go by another, and held like any message. */
import { randomUUID } from 'node:crypto';
import { Refusal } from '@groundswell/contract';
import { type Actor, mustHave } from '../access/index.ts';
import { type Happening, type NewEvent, record } from '../events.ts';
import { loadIssue } from '../issues/index.ts';
import type { Tools } from '../platform/tools.ts';
import { type Broadcast, decideBroadcast, holdBroadcast, insertBroadcast } from './broadcast.store.ts';
import { mustBePerson } from './case.actions.ts';
import type { Hand } from './case.events.ts';
import { holdCases } from './case.store.ts';
import { isLive } from './case.ts';
import { liveCasesOf } from './issue-link.store.ts';
import { holdMessage } from './message.actions.ts';
import { pickLanguage } from './template.ts';

interface Said {
  readonly texts: Readonly<Record<string, string>>;
  readonly fallback: string;
}

export async function writeBroadcast({ db, clock }: Tools, actor: Actor, ref: string, said: Said): Promise<Broadcast> {
  mustHave(actor, 'case.answer');
  mustBePerson(actor);
  const at = clock.now();
  return db.change(actor, async (trx) => {
    const issue = await loadIssue(trx, ref);
    const one: Broadcast = {
      ...{
        id: randomUUID(),
        compartment: issue.compartment,
        issueId: issue.id,
        texts: said.texts,
        fallback: said.fallback,
      },
      ...{ state: 'proposed', writtenBy: actor.id, writtenAt: at, decidedBy: null, decidedAt: null },
    };
    await insertBroadcast(trx, one);
    await tell({ trx, actor, at }, one, {
      name: 'broadcast.written',
      payload: { broadcastId: one.id, issueId: issue.id },
    });
    return one;
  });
}

async function tell({ trx, actor, at }: Hand, { id, compartment }: Broadcast, said: Happening): Promise<void> {
  await record(trx, actor, { ...said, at, compartment, subject: { kind: 'broadcast', id } } as NewEvent);
}

export type BroadcastDecision = { readonly type: 'approve'; readonly reaches: number } | { readonly type: 'withdraw' };

export async function settleBroadcast(
  { db, clock }: Tools,
  actor: Actor,
  id: string,
  said: BroadcastDecision,
): Promise<Broadcast> {
  mustHave(actor, 'case.answer');
  mustBePerson(actor);
  const at = clock.now();
  return db.change(actor, async (trx) => {
    const before = await holdBroadcast(trx, id);
    if (before.state !== 'proposed') {
      throw new Refusal(
        'case.wrong_state',
        `This update was ${before.state} already. Write another one if there is more to say.`,
      );
    }
    const hand = { trx, actor, at };
    const cases = said.type === 'approve' ? await letGo(hand, before, said.reaches) : 0;
    const state = said.type === 'approve' ? 'approved' : 'withdrawn';
    const after: Broadcast = { ...before, state, decidedBy: actor.id, decidedAt: at };
    await decideBroadcast(trx, after);
    const payload = { broadcastId: id, issueId: before.issueId, cases };
    await tell(hand, after, { name: said.type === 'approve' ? 'broadcast.approved' : 'broadcast.withdrawn', payload });
    return after;
  });
}

/** Into each case that is still worked on, in its language; exactly as many as the approver has seen. */
async function letGo(hand: Hand, one: Broadcast, reaches: number): Promise<number> {
  if (one.writtenBy === hand.actor.id) {
    throw new Refusal(
      'case.second_person',
      'Whoever wrote an update does not let it go alone. Ask a colleague to read and approve it.',
    );
  }
  const cases = [...(await holdCases(hand.trx, await liveCasesOf(hand.trx, one.issueId))).values()].filter(
    ({ state }) => isLive(state),
  );
  if (cases.length !== reaches) {
    throw new Refusal(
      'case.reach_changed',
      `It would go to ${cases.length} cases now, not to ${reaches}. Look at them and approve it again; nothing was sent.`,
      { reaches: cases.length },
    );
  }
  for (const kase of cases) {
    const language = languageFor(one, kase.language);
    await holdMessage(hand, kase, { text: one.texts[language]!, language, template: null, broadcastId: one.id });
  }
  return cases.length;
}

function languageFor({ texts, fallback }: Broadcast, wanted: string | null): string {
  if (wanted === null) return fallback;
  try {
    return pickLanguage(texts, wanted);
  } catch (error) {
    if (error instanceof Refusal) return fallback;
    throw error;
  }
}
