/** What goes wrong in handling, by plan: cases thrown to and fro, a vendor that is slow, a macro that does not help. */
import { DAY_MS, HOUR_MS, type WorldOptions } from './plan.ts';
import { Chance } from './random.ts';
import type { Queue } from './staff.ts';

export type FaultKind = 'ping_pong' | 'slow_vendor' | 'wrong_macro';

export interface ProcessFault {
  readonly kind: FaultKind;
  /** The truth in a sentence. */
  readonly what: string;
  readonly from: number;
  readonly queues: readonly Queue[];
  /** Intents and stories that it can strike. */
  readonly labels: readonly string[];
  /** The vendor, or the macro as it is called from then on. */
  readonly name: string | null;
}

/** Payments says that it is a matter of the tools, the tools say that it is one of money. */
const BETWEEN = [
  'monetisation.eligibility/rejected',
  'monetisation.eligibility/removed',
  'monetisation.payout_missing_or_late/amount',
  'live.gifts_or_battles/points',
  'live.gifts_or_battles/not_shown',
  'reach.analytics_wrong/differs',
];
export const DOCUMENTS = [
  'verification.identity_document/upload',
  'verification.identity_document/name',
  'verification.business_verification/papers',
  'account_access.age_gate_lockout/proof',
  'monetisation.payout_held_risk_review/documents',
  'vendor.id_check',
];
export const DOCUMENT_VENDOR = 'document check';

const MACROS: readonly (readonly [queue: Queue, topic: string, ways: readonly string[], macro: string])[] = [
  ['Accounts', 'account_access.two_factor_lockout', ['new_phone', 'number'], 'ACC-07 Lost second factor, new text'],
  ['Shop and ads', 'shop.refund_or_return', ['refund', 'refused'], 'SHP-03 Refunds, new text'],
  ['App', 'app_quality.crash', ['start', 'comments'], 'APP-02 Crash, new text'],
  ['Creator tools', 'reach.sudden_view_drop', ['overnight', 'zero'], 'CRT-05 Fewer views, new text'],
];

/** All three of them: the first from the beginning, the others from a day on. */
export function planFaults({ seed, start, days }: WorldOptions): ProcessFault[] {
  const chance = new Chance(seed, 'process');
  const day = (low: number, high: number) => start + Math.floor(days * (low + (high - low) * chance.next())) * DAY_MS;
  const [queue, topic, ways, macro] = chance.pick(MACROS);
  return [
    {
      kind: 'ping_pong',
      what: 'Payments and Creator tools hand the same cases to each other.',
      from: start,
      queues: ['Payments', 'Creator tools'],
      labels: chance.shuffled(BETWEEN).slice(0, 3).sort(),
      name: null,
    },
    {
      kind: 'slow_vendor',
      what: 'The vendor that checks identity documents answers after days instead of hours.',
      from: day(0.3, 0.45),
      queues: ['Accounts', 'Payments'],
      labels: DOCUMENTS,
      name: DOCUMENT_VENDOR,
    },
    {
      kind: 'wrong_macro',
      what: `A macro of ${queue} got a new text that does not help; people write again.`,
      from: day(0.45, 0.6) + 9 * HOUR_MS,
      queues: [queue],
      labels: ways.map((way) => `${topic}/${way}`),
      name: macro,
    },
  ];
}
