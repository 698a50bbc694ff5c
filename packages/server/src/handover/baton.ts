/** A baton: what the next one has to know of a case, and how it changes hands. Pure: no database, no clock of its own. */
import {
  BATON_LOUD_MINUTES,
  BATON_MOVES,
  type BatonFacts,
  type BatonMove,
  type BatonPoints,
  type BatonState,
  type ReadBack,
  Refusal,
} from '@groundswell/contract';

export interface Baton {
  readonly id: string;
  readonly compartment: string;
  readonly caseId: string;
  readonly version: number;
  readonly state: BatonState;
  readonly senderId: string;
  /** Null: whoever takes it. */
  readonly receiverId: string | null;
  readonly acceptedBy: string | null;
  readonly points: BatonPoints;
  readonly facts: BatonFacts;
  readonly draftedAt: Date;
  readonly sentAt: Date | null;
  readonly acceptedAt: Date | null;
  readonly loudAt: Date | null;
  readonly understood: string | null;
}

/** The whole life of a baton. What is not in this table cannot happen. */
const NEXT: Readonly<Record<BatonState, Partial<Record<BatonMove, BatonState>>>> = {
  draft: { change: 'draft', send: 'sent', drop: 'dropped' },
  sent: { take_back: 'draft', accept: 'accepted' },
  accepted: {},
  dropped: {},
};

/** Nobody accepts what they sent themselves, and nobody but the sender does anything else with it. */
const isTheirs = ({ senderId, receiverId }: Baton, move: BatonMove, by: string): boolean =>
  move === 'accept' ? by !== senderId && (receiverId === null || receiverId === by) : by === senderId;

export const movesOf = (baton: Baton, by: string): BatonMove[] =>
  BATON_MOVES.filter((move) => NEXT[baton.state][move] !== undefined && isTheirs(baton, move, by));

/**
 * The state after a move.
 * @throws Refusal `baton.wrong_state` where it stands elsewhere by now, `baton.not_yours` where another may do that
 */
export function stateAfter(baton: Baton, move: BatonMove, by: string): BatonState {
  const next = NEXT[baton.state][move];
  if (next === undefined) {
    throw new Refusal('baton.wrong_state', `${WORD[baton.state]} Nothing was changed; reload it.`, {
      state: baton.state,
    });
  }
  if (isTheirs(baton, move, by)) return next;
  throw new Refusal('baton.not_yours', 'This hand-over is between others. Nothing was changed.');
}

const WORD: Readonly<Record<BatonState, string>> = {
  draft: 'This hand-over is a draft: its sender is still writing, or took it back.',
  sent: 'This hand-over has been sent already.',
  accepted: 'Somebody has accepted this hand-over already.',
  dropped: 'This hand-over was dropped.',
};

/** What makes a baton worth sending: a summary, and at least one thing that could go wrong. */
export function mustBeComplete({ points }: Baton): void {
  const missing = [points.summary === '' ? 'summary' : [], points.risks.length === 0 ? 'risks' : []].flat();
  if (missing.length === 0) return;
  throw new Refusal(
    'baton.incomplete',
    'Say in a summary how it stands, and at least one thing that could go wrong and what then. Nothing was sent.',
    { missing },
  );
}

const MINUTE_MS = 60_000;

export const isLoud = ({ state, sentAt }: Pick<Baton, 'state' | 'sentAt'>, now: Date): boolean =>
  state === 'sent' && now.getTime() - sentAt!.getTime() >= BATON_LOUD_MINUTES * MINUTE_MS;

/** What runs out next: of the actions that somebody owes and the clocks of the case. Null where nothing does. */
export function nextDue({ points, facts }: Pick<Baton, 'points' | 'facts'>): string | null {
  const dues = [...points.actions.map(({ dueAt }) => dueAt), facts.clock?.dueAt ?? null];
  const moments = dues.flatMap((due) => (due === null ? [] : [Date.parse(due)]));
  return moments.length === 0 ? null : new Date(Math.min(...moments)).toISOString();
}

/**
 * Moments to choose from when it is said back: what does run out, the other moments of the baton, and some that nothing
 * runs out at. In order, so that where the true one stands says nothing.
 */
export function dueChoices(baton: Pick<Baton, 'points' | 'facts' | 'sentAt' | 'draftedAt'>): (string | null)[] {
  const due = nextDue(baton);
  const around = due === null ? (baton.sentAt ?? baton.draftedAt).getTime() : Date.parse(due);
  const shifts = due === null ? [60, 240] : [-30, 60];
  const others = baton.points.actions.flatMap(({ dueAt }) => (dueAt === null ? [] : [Date.parse(dueAt)]));
  const moments = [
    ...shifts.map((minutes) => around + minutes * MINUTE_MS),
    ...others.sort((a, b) => a - b).slice(0, 3),
  ];
  if (due !== null) moments.push(around);
  return [...[...new Set(moments)].sort((a, b) => a - b).map((ms) => new Date(ms).toISOString()), null];
}

/**
 * What of a read-back does not agree with the baton. Empty: it was understood.
 * @example
 * misread(baton, { ownerId: ana, dueAt: null, understood: '…' }, bo); // ['owner']
 */
export function misread(baton: Baton, said: ReadBack, by: string): ('owner' | 'due')[] {
  const due = nextDue(baton);
  const saidDue = said.dueAt === null ? null : new Date(said.dueAt).toISOString();
  return [said.ownerId === by ? [] : (['owner'] as const), saidDue === due ? [] : (['due'] as const)].flat();
}

export function mustAgree(baton: Baton, said: ReadBack, by: string): void {
  const wrong = misread(baton, said, by);
  if (wrong.length === 0) return;
  throw new Refusal(
    'baton.read_back_differs',
    'Not quite as it was meant: look at the hand-over once more and say it again. Nothing was lost, and nobody is told.',
    { wrong },
  );
}
