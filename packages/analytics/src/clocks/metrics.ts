/**
 * What is measured, and which happenings begin, end and stop it: one table, the same as in docs/clocks.md (a test
 * compares them). A happening is translated into occurrences once; the table speaks of nothing else.
 */

export const METRICS_IN_ORDER = [
  'acknowledge',
  'containment',
  'first_answer',
  'next_answer',
  'periodic_update',
  'pausable_update',
  'requester_wait',
  'handling',
  'resolution',
  'partner_answer',
] as const;
export type Metric = (typeof METRICS_IN_ORDER)[number];

/** Whom one waits for while an item is waiting. */
export type Waiting = 'requester' | 'partner' | 'other';

export type Occurrence =
  | 'opened'
  | 'requester_is_there'
  | 'requester_waits_first'
  | 'requester_waits_again'
  | 'acknowledged'
  | 'contained'
  | 'answered'
  | 'resolved'
  | 'partner_asked'
  | 'partner_answered'
  | 'partner_released'
  | 'left';

export interface MetricRule {
  readonly begins: readonly Occurrence[];
  readonly ends: readonly Occurrence[];
  /** Ends it without an outcome. */
  readonly cancels: readonly Occurrence[];
  readonly stands: readonly Waiting[];
}

const LEFT = ['left'] as const;

export const METRICS: Readonly<Record<Metric, MetricRule>> = {
  acknowledge: {
    begins: ['opened'],
    ends: ['acknowledged', 'answered', 'contained', 'resolved'],
    cancels: LEFT,
    stands: [],
  },
  containment: { begins: ['opened'], ends: ['contained', 'resolved'], cancels: LEFT, stands: [] },
  first_answer: { begins: ['requester_waits_first'], ends: ['answered', 'resolved'], cancels: LEFT, stands: [] },
  next_answer: { begins: ['requester_waits_again'], ends: ['answered', 'resolved'], cancels: LEFT, stands: [] },
  periodic_update: { begins: ['answered'], ends: ['answered', 'resolved'], cancels: LEFT, stands: [] },
  pausable_update: { begins: ['answered'], ends: ['answered', 'resolved'], cancels: LEFT, stands: ['requester'] },
  requester_wait: { begins: ['requester_is_there'], ends: ['resolved'], cancels: LEFT, stands: ['requester'] },
  handling: { begins: ['opened'], ends: ['resolved'], cancels: LEFT, stands: ['requester', 'partner', 'other'] },
  resolution: { begins: ['opened'], ends: ['resolved'], cancels: LEFT, stands: [] },
  partner_answer: {
    begins: ['partner_asked'],
    ends: ['partner_answered'],
    cancels: ['partner_released', 'left'],
    stands: [],
  },
};

/** What happened to an item, as far as clocks care. Times are those at which it became known here. */
export type Happening = { readonly id: string; readonly at: number } & (
  | {
      readonly kind: 'opened';
      readonly facts: Readonly<Record<string, string>>;
      /** Somebody outside is to be answered. */
      readonly requester: boolean;
      /** They wrote; false when we opened it for them, or wrote first. */
      readonly requesterWrote: boolean;
    }
  | { readonly kind: 'acknowledged' }
  | { readonly kind: 'owner_changed' /** By the owner; given by others it is not seen yet. */; readonly taken: boolean }
  | { readonly kind: 'message_out' /** Sent by no person: answers nobody. */; readonly automatic: boolean }
  | { readonly kind: 'message_in' }
  | { readonly kind: 'contained' }
  | { readonly kind: 'set_to'; readonly standing: Standing }
  | { readonly kind: 'partner_asked'; readonly ask: string; readonly facts?: Readonly<Record<string, string>> }
  | { readonly kind: 'partner_answered'; readonly ask: string }
  | { readonly kind: 'partner_released'; readonly ask: string }
  | { readonly kind: 'facts_changed'; readonly facts: Readonly<Record<string, string>> }
  | { readonly kind: 'merged_away' }
  | {
      readonly kind: 'absorbed' /** For how long a requester of the other one waits unanswered. */;
      readonly waitedMs: number | null;
    }
  | { readonly kind: 'reopened'; readonly requesterWrote: boolean }
  | { readonly kind: 'rules_changed' /** Also for clocks that run, from now on. */; readonly running: boolean }
  | { readonly kind: 'looked_again' }
);

/** `active`: new, triaged or working. */
export type Standing =
  | { readonly is: 'active' }
  | { readonly is: 'waiting'; readonly for: Waiting }
  | { readonly is: 'resolved' }
  | { readonly is: 'left' };

/** What a happening means, given whether the requester was answered ever before. */
export function occurrencesOf(happening: Happening, wasAnswered: boolean): readonly Occurrence[] {
  const waits: Occurrence = wasAnswered ? 'requester_waits_again' : 'requester_waits_first';
  switch (happening.kind) {
    case 'opened': {
      const somebody: Occurrence[] = happening.requester ? ['requester_is_there'] : [];
      return ['opened', ...somebody, ...(happening.requesterWrote ? [waits] : [])];
    }
    case 'reopened':
      return ['opened', 'requester_is_there', ...(happening.requesterWrote ? [waits] : [])];
    case 'acknowledged':
    case 'contained':
    case 'partner_asked':
    case 'partner_answered':
    case 'partner_released':
      return [happening.kind];
    case 'owner_changed':
      return happening.taken ? ['acknowledged'] : [];
    case 'message_out':
      return happening.automatic ? [] : ['answered'];
    case 'message_in':
      return [waits, 'requester_is_there'];
    case 'absorbed':
      return happening.waitedMs === null ? [] : [waits];
    case 'merged_away':
      return ['left'];
    case 'set_to':
      return happening.standing.is === 'resolved' || happening.standing.is === 'left' ? [happening.standing.is] : [];
    case 'facts_changed':
    case 'rules_changed':
    case 'looked_again':
      return [];
  }
}
