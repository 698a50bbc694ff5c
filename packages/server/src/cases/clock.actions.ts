/** What happens to a case happens to its clocks, in the same transaction. */
import { type HeldItem, happenTo, holdItems, type Of, type Step, waitedUnanswered } from '../clocks/index.ts';
import { eventsOf, type RecordedEvent } from '../events.ts';
import type { Trx } from '../platform/db.ts';
import { loadCase } from './case.store.ts';
import type { Case } from './case.ts';
import { stepOf } from './clock.steps.ts';

/** An event that was recorded just now. */
export async function toldClocks(trx: Trx, of: Of, event: RecordedEvent): Promise<void> {
  if (!concerns(event)) return;
  const kase = await loadCase(trx, of.id);
  const [item] = await holdItems(trx, [kase]);
  if (!item!.begun && event.name !== 'case.opened') return beginClocks(trx, event.at, item!);
  const waitedMs = event.name === 'case.took_in' ? await waitedUnanswered(trx, event.payload.caseId, event.at) : null;
  const step = stepOf(event, { kase, waitedMs });
  if (step) await happenTo(trx, event.at, item!, [step]);
}

/** Asked before anything is loaded or locked: most of what happens to a case is nothing to a clock. */
const NOBODY = { kase: { facts: {} } as Case, waitedMs: null };
const concerns = (event: RecordedEvent): boolean => stepOf(event, NOBODY) !== null;

/** More than any case has seen. */
const PAST_MAX = 10_000;

/** A case that was there before clocks were: its past is read from the record, by the facts of today. */
export async function beginClocks(trx: Trx, at: Date, item: HeldItem): Promise<void> {
  const kase = await loadCase(trx, item.id);
  const past = await eventsOf(trx, { kind: 'case', id: item.id }, PAST_MAX);
  const facts = { kase, waitedMs: null };
  const steps: Step[] = past.flatMap((event) => stepOf(event, facts) ?? []);
  await happenTo(trx, at, item, steps);
}

/** The case that another is merged into. Both clocks are held at once and in one order, and only then is it read:
 * of two cases that are each merged into the other, one is refused. */
export async function holdKept(trx: Trx, before: Case, of: string): Promise<Case> {
  const { id, compartment } = await loadCase(trx, of);
  if (compartment === before.compartment) await holdItems(trx, [before, { id, compartment }]);
  return loadCase(trx, id);
}
