/** Promises that are not policies of the house: what laws give, and by when a partner was asked to answer. Pure. */
import type { ItemClock, Metric, Policy, Target } from '@groundswell/analytics';
import { ALWAYS_CALENDAR } from '@groundswell/contract';

export interface Law {
  readonly id: string;
  readonly code: string;
  readonly minutes: number | null;
  readonly metric: Metric | null;
}

const target = (metric: Metric, ms: number): Target => ({
  metric,
  priority: 'any',
  amount: { ms },
  calendar: ALWAYS_CALENDAR,
});

/** Each law is a track of its own. A case names the line that was in effect when its facts were given, for good. */
export function lawPolicy({ id, code, minutes, metric }: Law): Policy[] {
  if (minutes === null || metric === null) return [];
  const when = [{ field: 'law', isAnyOf: [id] }];
  return [{ id: `law:${id}`, version: 1, track: code, when, targets: [target(metric, minutes * 60_000)] }];
}

/** Shorter is no target to the core, and no question either. */
const LEAST_MS = 15_000;

/** What a question is known by: its id, and by when it was to be answered. */
export const askFacts = (ask: string, dueAt: number): Readonly<Record<string, string>> => ({
  ask,
  due: String(dueAt),
});

/** A later date is another promise, so it has another name. */
function askPolicy({ ask, due }: Readonly<Record<string, string>>, startedAt: number): Policy[] {
  if (ask === undefined || due === undefined) return [];
  const when = [
    { field: 'ask', isAnyOf: [ask] },
    { field: 'due', isAnyOf: [due] },
  ];
  const targets = [target('partner_answer', Math.max(LEAST_MS, Number(due) - startedAt))];
  return [{ id: `ask:${ask}/${due}`, version: 1, track: 'house', when, targets }];
}

/** Of the clocks that an item has. */
export const askPolicies = (clocks: readonly ItemClock[]): Policy[] =>
  clocks.flatMap((clock) => askPolicy(clock.askFacts, clock.state.activatedAt ?? 0));
/** Of a question that is being asked just now. */
export const newAskPolicy = (facts: Readonly<Record<string, string>> | undefined, at: number): Policy[] =>
  facts ? askPolicy(facts, at) : [];
