/** A case: an escalation or an investigation about particular people or content. Pure: no database, no clock of its own. */
import {
  CASE_MOVES,
  type CaseFacts,
  type CaseKind,
  type CaseMove,
  type CaseOutcome,
  type CaseSource,
  type CaseState,
  INVESTIGATION_OUTCOMES,
  type NotOursReason,
  type PriorityReason,
  Refusal,
  type RequesterKind,
  type UntoldReason,
  type WaitingFor,
} from '@groundswell/contract';

export interface Case {
  readonly id: string;
  readonly compartment: string;
  readonly year: number;
  readonly number: number;
  readonly version: number;
  readonly kind: CaseKind;
  readonly state: CaseState;
  /** Set exactly while it waits. */
  readonly waitingFor: WaitingFor | null;
  readonly title: string | null;
  readonly ask: string;
  readonly facts: CaseFacts;
  /** 0 is P0. */
  readonly priority: number;
  readonly proposed: number;
  readonly reasons: readonly PriorityReason[];
  /** Null while the rules decide. */
  readonly overrideReason: string | null;
  readonly overrideBy: string | null;
  readonly legalClockId: string | null;
  readonly language: string | null;
  readonly region: string | null;
  readonly requesterKind: RequesterKind | null;
  readonly requesterName: string | null;
  readonly requesterRef: string | null;
  readonly source: CaseSource;
  readonly ownerId: string | null;
  readonly teamId: string | null;
  readonly outcome: CaseOutcome | null;
  readonly toldBy: string | null;
  readonly untold: UntoldReason | null;
  readonly searched: string | null;
  readonly exitReason: NotOursReason | null;
  /** Of the person who took it to where it stands. */
  readonly note: string | null;
  readonly mergedInto: string | null;
  readonly openedBy: string;
  readonly openedKey: string | null;
  readonly alertId: string | null;
  readonly openedAt: Date;
  readonly acknowledgedAt: Date | null;
  readonly stateAt: Date;
  readonly changedAt: Date;
  readonly changedBy: string;
}

/** The whole life of a case. What is not in this table cannot happen. */
export const NEXT: Readonly<Record<CaseState, Partial<Record<CaseMove['type'], CaseState>>>> = {
  new: { triage: 'triaged', start: 'working', duplicate: 'duplicate', not_ours: 'not_ours' },
  triaged: { start: 'working', wait: 'waiting', duplicate: 'duplicate', not_ours: 'not_ours' },
  working: { wait: 'waiting', resolve: 'resolved', duplicate: 'duplicate', not_ours: 'not_ours' },
  waiting: { wait: 'waiting', resume: 'working', resolve: 'resolved', duplicate: 'duplicate', not_ours: 'not_ours' },
  resolved: { close: 'closed', reopen: 'reopened' },
  closed: { reopen: 'reopened' },
  reopened: { start: 'working', wait: 'waiting', resolve: 'resolved', duplicate: 'duplicate', not_ours: 'not_ours' },
  duplicate: { reopen: 'reopened' },
  not_ours: { reopen: 'reopened' },
};

/** What is done with: nothing of it waits for anybody. */
export const ENDED = ['closed', 'duplicate', 'not_ours'] as const satisfies readonly CaseState[];
export const GROUPS = {
  open: ['new', 'triaged', 'working', 'reopened'],
  waiting: ['waiting'],
  resolved: ['resolved'],
  ended: ENDED,
} as const satisfies Record<string, readonly CaseState[]>;
const isEnded = (state: CaseState): boolean => ENDED.some((one) => one === state);
/** Still to be worked on, be it by us or by whoever it waits for. */
export const isLive = (state: CaseState): boolean => !isEnded(state) && state !== 'resolved';

export const openMoves = (kase: Pick<Case, 'state'>): CaseMove['type'][] =>
  CASE_MOVES.filter((type) => NEXT[kase.state][type] !== undefined);

/** What a move needs to know that does not stand in the case itself. */
export interface Around {
  readonly by: string;
  readonly at: Date;
  /** For `duplicate`: the case that is kept. */
  readonly into?: Pick<Case, 'id' | 'compartment' | 'mergedInto'>;
}

export function applyMove(kase: Case, move: CaseMove, { by, at, into }: Around): Case {
  const state = NEXT[kase.state][move.type];
  if (state === undefined) {
    throw new Refusal('case.wrong_state', `This case is ${WORD[kase.state]}: ${REFUSED[move.type]}`, {
      state: kase.state,
    });
  }
  const moved: Case = {
    ...kase,
    ...endOf(kase, move),
    state,
    waitingFor: move.type === 'wait' ? move.for : null,
    note: 'note' in move && move.note !== '' ? move.note : null,
    acknowledgedAt: kase.acknowledgedAt ?? at,
    stateAt: state === kase.state && move.type !== 'wait' ? kase.stateAt : at,
    changedAt: at,
    changedBy: by,
  };
  return move.type === 'duplicate' ? { ...moved, mergedInto: mustBeKept(kase, into) } : moved;
}

type End = Pick<Case, 'outcome' | 'toldBy' | 'untold' | 'searched' | 'exitReason' | 'mergedInto'>;
const NO_END: End = {
  outcome: null,
  toldBy: null,
  untold: null,
  searched: null,
  exitReason: null,
  mergedInto: null,
};

/** What an end says belongs to that end: on the way back it goes. Closing keeps what resolving said. */
function endOf(kase: Case, move: CaseMove): End {
  if (move.type === 'close') return kase;
  if (move.type === 'not_ours') {
    if (move.reason === 'other' && move.note === '') throw missing('Say in the note why this case is not ours.');
    return { ...NO_END, exitReason: move.reason };
  }
  if (move.type === 'duplicate' && move.note === '') throw missing('Say why this is the same as the other case.');
  if (move.type !== 'resolve') return NO_END;
  const { outcome, told, searched } = move;
  const fits = INVESTIGATION_OUTCOMES.some((one) => one === outcome) === (kase.kind === 'investigation');
  if (!fits) {
    throw new Refusal(
      'case.wrong_outcome',
      kase.kind === 'investigation'
        ? 'An investigation ends as found, not found or not decidable. Choose one of these.'
        : 'An escalation does not end as found or not found. Choose what was done for whoever asked.',
    );
  }
  if (kase.kind === 'investigation' && searched === '') {
    throw missing('Say what was searched, so that nobody searches it again.');
  }
  if ('untold' in told && told.untold === 'other' && told.note === '') {
    throw missing('Say why nobody is told how this ended, or name the message that told it.');
  }
  const said = 'messageId' in told ? { toldBy: told.messageId, untold: null } : { toldBy: null, untold: told.untold };
  return { ...NO_END, ...said, outcome, searched: searched || null };
}

const missing = (message: string) => new Refusal('case.reason_missing', message);

function mustBeKept(kase: Case, into: Around['into']): string {
  if (!into) throw new Error('a duplicate was moved without the case that it is one of');
  if (into.id === kase.id) throw new Refusal('case.not_mergeable', 'A case is no duplicate of itself.');
  if (into.compartment !== kase.compartment) {
    throw new Refusal(
      'case.other_compartment',
      'The two cases stand in different compartments, and nothing said in one may be told in the other. Nothing was changed.',
    );
  }
  if (into.mergedInto !== null) {
    throw new Refusal('case.not_mergeable', 'That case was itself merged into another. Choose the one that was kept.');
  }
  return into.id;
}

/** A held message on which the end stood was taken back: the requester was not told after all. */
export function withdrawEnd(kase: Case, { by, at }: Pick<Around, 'by' | 'at'>): Case {
  return {
    ...kase,
    ...NO_END,
    state: 'working',
    waitingFor: null,
    note: null,
    stateAt: at,
    changedAt: at,
    changedBy: by,
  };
}

/** From these a decision leads away without losing what was said of an end, so it can be taken back to them whole. */
const BACK_TO: ReadonlySet<CaseState> = new Set<CaseState>(['new', 'triaged', 'working', 'waiting', 'reopened']);

interface Taken {
  readonly from: CaseState;
  readonly to: CaseState;
  /** For whom it waited before. */
  readonly wasFor?: WaitingFor;
}

/** As it stood before a decision that a person takes back. Closing says nothing new, so it goes back to resolved whole. */
export function takeBack(kase: Case, { from, wasFor }: Taken, { by, at }: Pick<Around, 'by' | 'at'>): Case {
  const touched = { stateAt: at, changedAt: at, changedBy: by };
  if (from === 'resolved' && kase.state === 'closed') return { ...kase, ...touched, state: 'resolved' };
  if (!BACK_TO.has(from) || (from === 'waiting' && !wasFor)) {
    throw new Refusal('case.undo_over', `It was ${WORD[from]} before, and that is not brought back. Move it by hand.`);
  }
  return { ...kase, ...NO_END, ...touched, state: from, waitingFor: from === 'waiting' ? wasFor! : null, note: null };
}

/** Whoever takes or is given a case has heard of it. */
export function withOwner(kase: Case, ownerId: string | null, { by, at }: Pick<Around, 'by' | 'at'>): Case {
  mustBeLive(kase, 'Nobody has to work on it');
  const acknowledgedAt = kase.acknowledgedAt ?? (ownerId === by ? at : null);
  return { ...kase, ownerId, acknowledgedAt, changedAt: at, changedBy: by };
}

export function mustBeLive(kase: Pick<Case, 'state'>, why: string): void {
  if (!isEnded(kase.state)) return;
  throw new Refusal('case.wrong_state', `This case is ${WORD[kase.state]}. ${why}: reopen it first.`, {
    state: kase.state,
  });
}

const WORD: Readonly<Record<CaseState, string>> = {
  new: 'new',
  triaged: 'triaged',
  working: 'being worked on',
  waiting: 'waiting',
  resolved: 'resolved',
  closed: 'closed',
  reopened: 'reopened',
  duplicate: 'a duplicate',
  not_ours: 'not ours',
};

const REFUSED: Readonly<Record<CaseMove['type'], string>> = {
  triage: 'only a new one is triaged.',
  start: 'work does not begin on it now. Reopen it first if it had ended.',
  wait: 'it waits for nobody now. Begin the work first, or reopen it.',
  resume: 'only one that waits is resumed.',
  resolve: 'it is resolved out of the work on it. Begin the work first, or reopen it.',
  close: 'only a resolved one is closed: resolve it first, with an outcome.',
  reopen: 'only one that has ended is reopened.',
  duplicate: 'it is not marked as a duplicate now. Reopen it first.',
  not_ours: 'it is not passed on as not ours now. Reopen it first.',
};
