/** Deciding about many cases at once, seeing first what that would do, and taking it back. Each is a transaction of its own. */
import {
  type BulkOutcome,
  type CaseBulkAct,
  type echoCases as echoEndpoint,
  Refusal,
  UNDO_SECONDS,
} from '@groundswell/contract';
import type { z } from 'zod';
import { type Actor, mustHave } from '../access/index.ts';
import { eventsOf } from '../events.ts';
import type { Tools } from '../platform/tools.ts';
import { assignCase, assignWithin, moveCase, sayMoved, setPriority } from './case.actions.ts';
import { referenceOf } from './case.key.ts';
import { casesById, loadCase, saveCase } from './case.store.ts';
import { applyMove, type Case, takeBack, withOwner } from './case.ts';
import { nameOf } from './priority.ts';

export interface Seen {
  readonly id: string;
  readonly version: number;
}

/** One that is named twice meets its own new version the second time and is refused. */
export function bulkCases(
  tools: Tools,
  actor: Actor,
  cases: readonly Seen[],
  act: CaseBulkAct,
): Promise<BulkOutcome[]> {
  mustHave(actor, 'case.work');
  return eachByItself(cases, (seen) => actOn(tools, actor, seen, act));
}

function actOn(tools: Tools, actor: Actor, { id, version }: Seen, act: CaseBulkAct): Promise<Case> {
  switch (act.type) {
    case 'take':
      return assignCase(tools, actor, id, { version, owner: actor.id });
    case 'give':
      return assignCase(tools, actor, id, { version, owner: act.owner });
    case 'priority':
      return setPriority(tools, actor, id, { version, priority: act.priority, reason: act.reason });
    default:
      return moveCase(tools, actor, id, { version, move: act });
  }
}

async function eachByItself(cases: readonly Seen[], act: (seen: Seen) => Promise<Case>): Promise<BulkOutcome[]> {
  const outcomes: BulkOutcome[] = [];
  for (const seen of cases) {
    outcomes.push(
      await act(seen).then(
        (kase) => ({ id: seen.id, outcome: 'done', key: referenceOf(kase), version: kase.version }),
        (error: unknown) => {
          if (!(error instanceof Refusal)) throw error;
          return { id: seen.id, outcome: 'refused', code: error.code, message: error.message };
        },
      ),
    );
  }
  return outcomes;
}

type Echo = z.output<typeof echoEndpoint.reply>;

/** By the same rules as the act itself, and nothing is kept. */
export async function echoCases(
  { db, clock }: Tools,
  actor: Actor,
  seen: readonly Seen[],
  act: CaseBulkAct,
): Promise<Echo> {
  mustHave(actor, 'case.work');
  return db.as(actor, async (reader) => {
    const cases = await casesById(
      reader,
      seen.map(({ id }) => id),
    );
    const into = act.type === 'duplicate' ? await loadCase(reader, act.of) : undefined;
    const each = seen.map(({ id, version }): Echo['each'][number] => {
      const kase = cases.get(id);
      const reference = kase ? referenceOf(kase) : null;
      try {
        if (!kase) throw new Refusal('case.not_found', 'There is no such case, or you cannot see it.');
        if (kase.version !== version)
          throw new Refusal('case.changed_meanwhile', 'Somebody else has changed it. Reload the list.');
        const { from, to } = wouldBe(kase, act, { by: actor.id, at: clock.now(), ...(into && { into }) });
        return { id, reference, outcome: 'would_change', from, to, code: null, message: null };
      } catch (error) {
        if (!(error instanceof Refusal)) throw error;
        return { id, reference, outcome: 'refused', from: null, to: null, code: error.code, message: error.message };
      }
    });
    const touched = each.filter(({ outcome }) => outcome === 'would_change').length;
    return { touched, refused: each.length - touched, each };
  });
}

function wouldBe(
  kase: Case,
  act: CaseBulkAct,
  around: Parameters<typeof applyMove>[2],
): { from: string | null; to: string | null } {
  if (act.type === 'take' || act.type === 'give') {
    const next = withOwner(kase, act.type === 'take' ? around.by : act.owner, around);
    return { from: kase.ownerId, to: next.ownerId };
  }
  if (act.type === 'priority') return { from: nameOf(kase.priority), to: act.priority ?? nameOf(kase.proposed) };
  return { from: kase.state, to: applyMove(kase, act, around).state };
}

export function undoCases(tools: Tools, actor: Actor, cases: readonly Seen[]): Promise<BulkOutcome[]> {
  mustHave(actor, 'case.work');
  return eachByItself(cases, (seen) => undoLast(tools, actor, seen));
}

/** A little longer than is offered: the way here takes time too. */
const UNDO_MS = (UNDO_SECONDS + 5) * 1000;
/** Of the events of a case; what decides nothing may stand between. */
const LOOKED_BACK = 20;

async function undoLast({ db, clock }: Tools, actor: Actor, { id, version }: Seen): Promise<Case> {
  const at = clock.now();
  return db.change(actor, async (trx) => {
    const before = await loadCase(trx, id);
    const hand = { trx, actor, at };
    const last = (await eventsOf(trx, { kind: 'case', id }, LOOKED_BACK))
      .flatMap((one) => (one.name === 'case.moved' || one.name === 'case.owner_changed' ? [one] : []))
      .at(-1);
    if (!last || last.actor !== actor.id || at.getTime() - last.at.getTime() > UNDO_MS || last.payload.undone)
      throw tooLate();
    if (last.name === 'case.owner_changed') {
      if (last.payload.ownerId !== before.ownerId) throw tooLate();
      return assignWithin(hand, before, { version, owner: last.payload.was, undone: true });
    }
    if (last.payload.to !== before.state) throw tooLate();
    const after = await saveCase(trx, takeBack(before, last.payload, { by: actor.id, at }), version);
    await sayMoved(hand, before, after, { undone: true });
    return after;
  });
}

const tooLate = () =>
  new Refusal('case.undo_over', 'This can no longer be taken back: its minute is over, or somebody has decided since.');
