/** An issue: a problem that hurts many people. Found by the engine, decided by people, closed by data. Pure. */
import { type DismissReason, type IssueState, Refusal } from '@groundswell/contract';

export interface Issue {
  readonly id: string;
  readonly compartment: string;
  readonly number: number;
  readonly version: number;
  readonly topicId: string;
  /** The surge that it shows: the latest that was raised for its topic. */
  readonly alertId: string;
  readonly state: IssueState;
  readonly historical: boolean;
  /** The engine's name for it, from its own words; `title` is the name that a person gave. */
  readonly label: string;
  readonly title: string | null;
  readonly dismissReason: DismissReason | null;
  /** Of the person who took it to its exit. */
  readonly note: string | null;
  readonly ownerId: string | null;
  /** The one that it was merged into: only an issue that stands for itself can be moved. */
  readonly duplicateOf: string | null;
  readonly onsetAt: Date;
  readonly noticedAt: Date;
  readonly observed: number;
  readonly expected: number;
  readonly signals: number;
  readonly people: number | null;
  readonly ratio: number | null;
  readonly countedAt: Date;
  readonly createdAt: Date;
  readonly changedAt: Date;
}

/** Everything that can happen to an issue. Who may do it stands in `MOVERS`; what it leads to, in `NEXT`. */
export type Move =
  | { readonly type: 'confirm' }
  | { readonly type: 'dismiss'; readonly reason: DismissReason; readonly note: string }
  | { readonly type: 'mark_duplicate'; readonly of: string }
  | { readonly type: 'accept_risk'; readonly note: string }
  | { readonly type: 'reopen' }
  | { readonly type: 'investigate' }
  | { readonly type: 'plan_fix' }
  | { readonly type: 'await_proof' }
  | { readonly type: 'verdict'; readonly verdict: 'gone' | 'not_fixed' | 'undecided' }
  | { readonly type: 'surge_again' };

/** Verdicts are moves of their own in the table: each leads elsewhere. */
type Step = Exclude<Move['type'], 'verdict'> | 'gone' | 'not_fixed' | 'undecided';

const EXITS = { dismiss: 'dismissed', mark_duplicate: 'duplicate', accept_risk: 'risk_accepted' } as const;

/**
 * The whole life of an issue. What is not in this table cannot happen. A topic that surges again brings a dismissed or a
 * duplicate issue back as suspected: the engine stays quiet about dismissed topics until they grow well beyond what was
 * dismissed, so this is new. An accepted risk was accepted knowing that it goes on; it only shows the new numbers.
 */
const NEXT: Readonly<Record<IssueState, Partial<Record<Step, IssueState>>>> = {
  suspected: { confirm: 'confirmed', ...EXITS },
  confirmed: { investigate: 'investigating', ...EXITS },
  investigating: { plan_fix: 'fixing', ...EXITS },
  fixing: { await_proof: 'verifying', ...EXITS },
  verifying: { gone: 'verified', not_fixed: 'not_verified', undecided: 'verifying', accept_risk: 'risk_accepted' },
  verified: { surge_again: 'regressed' },
  not_verified: { investigate: 'investigating', plan_fix: 'fixing', accept_risk: 'risk_accepted' },
  regressed: { investigate: 'investigating', accept_risk: 'risk_accepted' },
  duplicate: { reopen: 'suspected', surge_again: 'suspected' },
  dismissed: { reopen: 'suspected', surge_again: 'suspected' },
  risk_accepted: { reopen: 'investigating' },
};

/** What comes from the data only: nobody sets a verdict, and nobody says that it came back. */
const BY_DATA: ReadonlySet<Move['type']> = new Set<Move['type']>(['verdict', 'surge_again']);

export type Mover = 'person' | 'data';

export function applyMove(issue: Issue, move: Move, by: Mover, now: Date): Issue {
  if (issue.duplicateOf !== null && by === 'person') {
    throw new Refusal('issue.merged', 'This issue was merged into another. Take the merge back first, in its history.');
  }
  const state = nextState(issue.state, move);
  if (state === undefined || BY_DATA.has(move.type) !== (by === 'data')) {
    throw new Refusal('issue.wrong_state', `This issue is ${WORD[issue.state]}: ${REFUSED[move.type]}`, {
      state: issue.state,
    });
  }
  checkReason(move);
  return { ...issue, ...reasonOf(move), state, changedAt: now };
}

/** From these a decision leads away without losing a reason or a note, so it can be taken back to them whole. */
const BACK_TO: ReadonlySet<IssueState> = new Set<IssueState>(['suspected', 'confirmed', 'investigating', 'fixing']);

/** As it stood before a decision that a person takes back. */
export function takeBack(issue: Issue, to: IssueState, now: Date): Issue {
  if (!BACK_TO.has(to)) {
    throw new Refusal('issue.undo_over', `It was ${WORD[to]} before, and that is not brought back. Move it by hand.`);
  }
  return { ...issue, dismissReason: null, note: null, state: to, changedAt: now };
}

export function nextState(state: IssueState, move: Move): IssueState | undefined {
  return NEXT[state][move.type === 'verdict' ? move.verdict : move.type];
}

/** Every exit says why: a code where it is counted, words where it is a judgement. */
function checkReason(move: Move): void {
  if (move.type === 'accept_risk' && move.note.trim() === '') {
    throw new Refusal('issue.reason_missing', 'Say why the risk is accepted: it is shown beside the issue.');
  }
  if (move.type === 'dismiss' && move.reason === 'other' && move.note.trim() === '') {
    throw new Refusal('issue.reason_missing', 'Say in the note why it is dismissed, or choose one of the reasons.');
  }
}

/** A reason belongs to the exit that it was given for; on the way back it goes. */
function reasonOf(move: Move): Pick<Issue, 'dismissReason' | 'note'> {
  if (move.type === 'dismiss') return { dismissReason: move.reason, note: move.note.trim() || null };
  if (move.type === 'accept_risk') return { dismissReason: null, note: move.note.trim() };
  return { dismissReason: null, note: null };
}

/** What is offered to people today; fixing and proof come with actions and verification. */
const OFFERED = ['confirm', 'dismiss', 'reopen'] as const;

export const openMoves = (state: IssueState): (typeof OFFERED)[number][] =>
  OFFERED.filter((step) => NEXT[state][step] !== undefined);

/** The name that a person gave, else the engine's. */
export const titleOf = (issue: Pick<Issue, 'title' | 'label'>): string => issue.title ?? issue.label;

/** Where an issue stands for lists. */
export const GROUPS = {
  emerging: ['suspected'],
  working: ['confirmed', 'investigating', 'fixing', 'verifying', 'not_verified', 'regressed'],
  closed: ['verified', 'duplicate', 'dismissed', 'risk_accepted'],
} as const satisfies Record<string, readonly IssueState[]>;

/** Null where not even one was expected: that is new, and "1,860 times as many" would only say how small the guess was. */
export const ratioOf = (observed: number, expected: number): number | null =>
  expected >= 1 ? observed / expected : null;

const WORD: Readonly<Record<IssueState, string>> = {
  suspected: 'suspected',
  confirmed: 'confirmed',
  investigating: 'being investigated',
  fixing: 'being fixed',
  verifying: 'waiting for proof',
  verified: 'verified',
  not_verified: 'not fixed, as the data showed',
  regressed: 'back after it was fixed',
  duplicate: 'a duplicate',
  dismissed: 'dismissed',
  risk_accepted: 'an accepted risk',
};

const REFUSED: Readonly<Record<Move['type'], string>> = {
  confirm: 'only a suspected one can be confirmed. Reopen it first if it was closed.',
  dismiss: 'it cannot be dismissed. Reload it to see what is open to you.',
  mark_duplicate: 'it cannot be marked as a duplicate.',
  accept_risk: 'its risk cannot be accepted now.',
  reopen: 'only a closed one can be reopened.',
  investigate: 'an investigation cannot start now. Confirm it first.',
  plan_fix: 'a fix is planned after an investigation.',
  await_proof: 'proof is awaited once a fix has shipped.',
  verdict: 'a verdict comes from the data, never from a person, and only while proof is awaited.',
  surge_again: 'a new surge does not change where it stands.',
};
