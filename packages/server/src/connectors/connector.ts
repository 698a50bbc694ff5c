/** A connector: what brings signals by itself, page by page or call by call, and what becomes of it when it cannot. Pure. */
import { type ConnectorKind, type ConnectorView, isWebhook, Refusal } from '@groundswell/contract';
import type { Page, Settings } from './adapter.ts';

export interface Connector {
  readonly id: string;
  readonly version: number;
  readonly compartment: string;
  readonly sourceId: string;
  readonly sourceName: string;
  readonly kind: ConnectorKind;
  readonly settings: Settings;
  /** Null once it was removed. */
  readonly sealed: Buffer | null;
  readonly secretNames: readonly string[];
  readonly everyMinutes: number;
  readonly pausedAt: Date | null;
  readonly removedAt: Date | null;
  readonly cursor: unknown;
  /** Where to begin as long as there is no cursor. */
  readonly beginAt: Date;
  readonly reachedAt: Date | null;
  readonly caughtUpAt: Date | null;
  readonly backfillFrom: Date | null;
  readonly backfillCursor: unknown;
  readonly backfillReached: Date | null;
  readonly backfillFinishedAt: Date | null;
  /** Pages asked for since then: what the other side bears in a minute holds whoever asks for a turn. */
  readonly minuteAt: Date | null;
  readonly minutePages: number;
  readonly dueAt: Date | null;
  readonly lastTurnAt: Date | null;
  readonly lastRowAt: Date | null;
  readonly lastEventAt: Date | null;
  readonly added: number;
  readonly revised: number;
  readonly unchanged: number;
  readonly refused: number;
  readonly lastRefused: { readonly at: string; readonly id: string | null; readonly reason: string } | null;
  readonly problem: string | null;
  readonly problemAt: Date | null;
  readonly tries: number;
  /** Who is asking now; null between two turns. */
  readonly runner: string | null;
  readonly beatAt: Date | null;
}

const MINUTE_MS = 60_000;
/** The clock calls at full minutes: what would be due a moment later would wait for the next. */
const SLACK_MS = 5_000;
const WINDOW_MS = MINUTE_MS - SLACK_MS;
const HOUR_MS = 3_600_000;
/** What is older raises nothing live; whoever wants it asks for a back-fill. */
const BEGIN_BEFORE_MS = 48 * HOUR_MS;
/** A page is given up after two minutes, so a turn that was silent for so long is dead. */
export const STALLED_AFTER_MS = 5 * MINUTE_MS;

export const beginningFor = (now: Date): Date => new Date(now.getTime() - BEGIN_BEFORE_MS);

const MOVES = ['change', 'pause', 'resume', 'backfill', 'test', 'run_now', 'remove'] as const;
type Move = (typeof MOVES)[number];

/** What a person can do with it now. */
export function openMoves({ removedAt, pausedAt, kind }: Connector): ConnectorView['can'] {
  if (removedAt) return [];
  const polled: readonly Move[] = isWebhook(kind)
    ? []
    : ['test', 'backfill', ...(pausedAt ? [] : ['run_now' as const])];
  const open = new Set<Move>(['change', pausedAt ? 'resume' : 'pause', ...polled, 'remove']);
  return MOVES.filter((move) => open.has(move));
}

function mustBeOpen(one: Connector, move: Move): void {
  if (openMoves(one).includes(move)) return;
  const why = one.removedAt ? 'It was removed.' : isWebhook(one.kind) ? 'It waits to be called.' : '';
  const how = move === 'run_now' ? 'Resume it first.' : 'Reload the page to see how it stands.';
  throw new Refusal('connector.wrong_state', `This cannot be done with this connector now. ${why || how}`, { move });
}

/** Whoever is at work on it finds another version and drops what was not kept yet. */
const takenBack = { runner: null, beatAt: null } as const;
const forgiven = { problem: null, problemAt: null, tries: 0 } as const;

export function pause(one: Connector, now: Date): Connector {
  mustBeOpen(one, 'pause');
  return { ...one, ...takenBack, pausedAt: now };
}

export function resume(one: Connector, now: Date): Connector {
  mustBeOpen(one, 'resume');
  return { ...one, ...takenBack, pausedAt: null, dueAt: dueNow(one, now) };
}

export function runNow(one: Connector, now: Date): Connector {
  mustBeOpen(one, 'run_now');
  return { ...one, ...takenBack, dueAt: now };
}

export function backfill(one: Connector, from: Date, now: Date): Connector {
  mustBeOpen(one, 'backfill');
  if (from >= now) {
    throw new Refusal('connector.settings_invalid', 'A back-fill begins in the past. Choose an earlier day.', {
      fields: [{ name: 'from', problem: 'lies in the future' }],
    });
  }
  const fresh = { backfillCursor: null, backfillReached: null, backfillFinishedAt: null };
  return { ...one, ...takenBack, ...fresh, backfillFrom: from, dueAt: now };
}

export interface Change {
  readonly settings: Settings;
  readonly sealed: Buffer;
  readonly secretNames: readonly string[];
  readonly everyMinutes: number;
}

/** Another place has other cursors: there it begins anew, early enough that nothing in between is left out. */
export function change(one: Connector, to: Change, now: Date): Connector {
  mustBeOpen(one, 'change');
  const next = { ...one, ...takenBack, ...to, dueAt: dueNow(one, now) };
  if (placeIn(one.settings) === placeIn(to.settings)) return next;
  const told = one.reachedAt ?? one.beginAt;
  const beginAt = new Date(Math.min(told.getTime(), beginningFor(now).getTime()));
  const again = one.backfillFrom && !one.backfillFinishedAt ? { backfillCursor: null, backfillReached: null } : {};
  return { ...next, ...again, cursor: null, beginAt };
}

/** Everything but the mapping says where rows come from. */
const placeIn = ({ mapping: _, ...place }: Settings): string => JSON.stringify(Object.entries(place).sort());

export function remove(one: Connector, now: Date): Connector {
  mustBeOpen(one, 'remove');
  return { ...one, ...takenBack, ...forgiven, sealed: null, secretNames: [], removedAt: now, dueAt: null };
}

const dueNow = ({ kind }: Connector, now: Date): Date | null => (isWebhook(kind) ? null : now);

/** Somebody takes it up for a turn; null if it is not to be had, or not due. */
export function takeUp(one: Connector, runner: string, now: Date): Connector | null {
  const { removedAt, pausedAt, dueAt } = one;
  const free = !removedAt && !pausedAt && one.runner === null && dueAt !== null && dueAt <= now;
  return free ? { ...one, runner, beatAt: now } : null;
}

/** In the name of one who died. */
export const handOver = (one: Connector, now: Date): Connector => ({ ...one, ...takenBack, dueAt: now });

export type Lane = 'live' | 'backfill';

/** What is to be asked for in this turn: a back-fill runs beside what is new, page by page in turn. */
export function nextLane({ backfillFrom, backfillFinishedAt }: Connector, before: Lane | null, liveDone: boolean) {
  const filling = backfillFrom !== null && backfillFinishedAt === null;
  if (liveDone) return filling ? 'backfill' : null;
  return filling && before === 'live' ? 'backfill' : 'live';
}

/** What came of rows, from a page or a call. */
export interface Taken {
  readonly added: number;
  readonly revised: number;
  readonly unchanged: number;
  readonly refused: readonly { readonly id: string | null; readonly reason: string }[];
  /** The newest moment that one of them tells of. */
  readonly newest: Date | null;
}

export function countTaken(one: Connector, taken: Taken, now: Date): Connector {
  const { added, revised, unchanged, refused, newest } = taken;
  const last = refused.at(-1);
  const isNews = added + revised > 0;
  return {
    ...one,
    added: one.added + added,
    revised: one.revised + revised,
    unchanged: one.unchanged + unchanged,
    refused: one.refused + refused.length,
    lastRefused: last ? { at: now.toISOString(), id: last.id, reason: last.reason } : one.lastRefused,
    lastRowAt: isNews ? now : one.lastRowAt,
    lastEventAt: isNews ? later(one.lastEventAt, newest) : one.lastEventAt,
  };
}

/** The place after a page; what failed before works again. */
export function advance(one: Connector, lane: Lane, { cursor, more, reached }: Page, now: Date): Connector {
  const next = { ...one, ...forgiven, ...pageCounted(one, now), beatAt: now };
  if (lane === 'live') {
    return { ...next, cursor, reachedAt: later(one.reachedAt, reached), caughtUpAt: more ? null : now };
  }
  const backfillFinishedAt = more ? null : now;
  return { ...next, backfillCursor: cursor, backfillReached: later(one.backfillReached, reached), backfillFinishedAt };
}

/** Within one window: a minute, less what the clock may come early. */
const isCounting = ({ minuteAt }: Connector, now: Date): boolean =>
  minuteAt !== null && now.getTime() - minuteAt.getTime() < WINDOW_MS;

const pageCounted = (one: Connector, now: Date): Pick<Connector, 'minuteAt' | 'minutePages'> =>
  isCounting(one, now)
    ? { minuteAt: one.minuteAt, minutePages: one.minutePages + 1 }
    : { minuteAt: now, minutePages: 1 };

/** How many pages the other side still bears now. */
export const pagesLeft = (one: Connector, perMinute: number, now: Date): number =>
  Math.max(0, perMinute - (isCounting(one, now) ? one.minutePages : 0));

/** It had something to go on with, and may not ask before the minute is over. */
export const waitForMinute = (one: Connector, now: Date): Connector => ({
  ...one,
  ...takenBack,
  dueAt: new Date((one.minuteAt ?? now).getTime() + WINDOW_MS),
});

/** The turn is over; the next comes when it is time. */
export function endTurn(one: Connector, startedAt: Date, now: Date): Connector {
  const dueAt = new Date(startedAt.getTime() + one.everyMinutes * MINUTE_MS - SLACK_MS);
  return { ...one, ...takenBack, lastTurnAt: now, dueAt };
}

/** After the first, second, … failure in a row; from then on hourly. */
const PAUSES_MINUTES = [1, 2, 5, 10, 20, 40];

export interface Trouble {
  readonly words: string;
  readonly lasting: boolean;
  readonly retryAfterMs: number | null;
}

/** Asked again later, never sooner than the other side allows. */
export function fail(one: Connector, { words, lasting, retryAfterMs }: Trouble, now: Date): Connector {
  const pause = lasting ? HOUR_MS : (PAUSES_MINUTES[one.tries] ?? 60) * MINUTE_MS;
  const dueAt = new Date(now.getTime() + Math.max(pause, retryAfterMs ?? 0));
  return {
    ...one,
    ...takenBack,
    ...pageCounted(one, now),
    problem: words,
    problemAt: now,
    tries: one.tries + 1,
    lastTurnAt: now,
    dueAt,
  };
}

export function stateOf({ removedAt, pausedAt, runner, problem }: Connector): ConnectorView['state'] {
  if (removedAt) return 'removed';
  if (pausedAt) return 'paused';
  if (runner) return 'working';
  return problem === null ? 'waiting' : 'failing';
}

export function lagOf({ kind, caughtUpAt, reachedAt, lastRowAt, lastEventAt }: Connector, now: Date): number | null {
  const since = (at: Date | null, until: Date) => (at ? Math.max(0, until.getTime() - at.getTime()) : null);
  if (isWebhook(kind)) return lastRowAt && since(lastEventAt, lastRowAt);
  return since(caughtUpAt ?? reachedAt, now);
}

const later = (a: Date | null, b: Date | null): Date | null => (a && b ? (a > b ? a : b) : (a ?? b));
