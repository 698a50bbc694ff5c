/**
 * One clock: how long something has been waited for, against a target, by a calendar. Its events are what is kept; the
 * state is nothing but the fold of them, with no time of day of its own.
 *
 * What is counted is additive over time, and changes of pins, priority or calendar begin a new *version* that holds from
 * its own moment on. Nothing that was counted or said before is counted or said anew.
 */
import type { Calendar } from './calendar.ts';
import { due, elapsed, nextOpen } from './measure.ts';

export interface Reference {
  readonly id: string;
  readonly version: number;
}

/** What a clock was promised, in the versions of that moment. */
export interface Pin {
  readonly policy: Reference;
  readonly priority: string;
  readonly calendar: Reference;
  /** Null: time is only measured. */
  readonly targetMs: number | null;
  /** Shares of the target at which to warn, ascending, in (0, 1). Usually .5, .75 and .9. */
  readonly warnAt?: readonly number[];
}

/** Which event of the record made it happen. */
export interface Cause {
  readonly id: string;
  readonly kind: string;
}

export type ClockEvent = { readonly at: number; readonly cause: Cause } & (
  | { readonly kind: 'activate' /** Waited elsewhere before. */; readonly carriedMs?: number }
  | { readonly kind: 'apply' /** Null: nothing is promised from now on. */; readonly pin: Pin | null }
  | { readonly kind: 'pause'; readonly because: string }
  | { readonly kind: 'resume' }
  | { readonly kind: 'fulfil' }
  | { readonly kind: 'cancel'; readonly because: string }
  | { readonly kind: 'warn'; readonly version: number; readonly share: number; readonly carried?: boolean }
  | { readonly kind: 'breach'; readonly version: number; readonly carried?: boolean }
);

/** A share of the target was reached; share 1 is the breach. */
export interface Mark {
  readonly version: number;
  readonly share: number;
  readonly at: number;
  /** True of a later version all the same because an earlier one was breached: told once already. */
  readonly carried: boolean;
}

export type Phase = 'idle' | 'running' | 'paused' | 'fulfilled' | 'cancelled';

export interface ClockState {
  readonly phase: Phase;
  readonly activatedAt: number | null;
  readonly endedAt: number | null;
  /** The last event that changed what is counted, or against what. */
  readonly since: number;
  /** Counted up to `since`, carried time included. */
  readonly spentMs: number;
  readonly carriedMs: number;
  /** Ran so before anything was promised: counted by the first calendar that comes. */
  readonly unpinned: readonly { readonly from: number; readonly to: number }[];
  readonly pin: Pin | null;
  /** How often something was applied; 0 is never. */
  readonly version: number;
  /** By which time is counted; stays when the promise goes. */
  readonly calendar: Reference | null;
  readonly pausedBecause: string | null;
  /** In order of their finding; at most one for each version and share. */
  readonly marks: readonly Mark[];
}

/** Finds a calendar version; versions never change, so that the same reference is the same calendar for ever. */
export type CalendarOf = (reference: Reference) => Calendar;

export const NOT_BEGUN: ClockState = {
  phase: 'idle',
  activatedAt: null,
  endedAt: null,
  since: 0,
  spentMs: 0,
  carriedMs: 0,
  unpinned: [],
  pin: null,
  version: 0,
  calendar: null,
  pausedBecause: null,
  marks: [],
};

const WARN_AT: readonly number[] = [0.5, 0.75, 0.9];
/** Shorter is a mistake of units: nobody promises to answer within a second. */
const TARGET_MIN_MS = 15_000;

/**
 * The state after one more event. Marks that were passed meanwhile are found on the way, so that a late scheduler and
 * a replay come to the same.
 *
 * @throws RangeError on an event that goes back in time, comes before `activate` or after the end: the record is broken
 * @example
 * stepClock(NOT_BEGUN, { kind: 'activate', at, cause }, calendarOf).phase; // 'running'
 */
export function stepClock(before: ClockState, event: ClockEvent, calendarOf: CalendarOf): ClockState {
  if (event.kind === 'warn' || event.kind === 'breach') return withMark(before, markOf(event));
  refuseMisplaced(before, event);
  const state = look(before, event.at, calendarOf);
  const at = event.at;
  switch (event.kind) {
    case 'activate': {
      const carriedMs = event.carriedMs ?? 0;
      return { ...state, phase: 'running', activatedAt: at, since: at, spentMs: carriedMs, carriedMs };
    }
    case 'apply':
      return apply(settle(state, at, calendarOf), event.pin, calendarOf);
    case 'pause':
      return { ...settle(state, at, calendarOf), phase: 'paused', pausedBecause: event.because };
    case 'resume':
      return { ...settle(state, at, calendarOf), phase: 'running', pausedBecause: null };
    case 'fulfil':
    case 'cancel': {
      const phase = event.kind === 'fulfil' ? 'fulfilled' : 'cancelled';
      return { ...settle(state, at, calendarOf), phase, endedAt: at, pausedBecause: null };
    }
  }
}

function refuseMisplaced({ phase, since }: ClockState, { kind, at }: ClockEvent): void {
  if (phase === 'fulfilled' || phase === 'cancelled') throw new RangeError(`"${kind}" after the clock was ${phase}`);
  if ((phase === 'idle') !== (kind === 'activate')) throw new RangeError(`"${kind}" on a clock that is ${phase}`);
  if (!(Number.isInteger(at) && at >= since))
    throw new RangeError(`"${kind}" at ${at} goes back before ${since}, the last event`);
}

/** Counts up to `at` and goes on from there. */
function settle(state: ClockState, at: number, calendarOf: CalendarOf): ClockState {
  const spentMs = spentAt(state, at, calendarOf);
  const ran = state.phase === 'running' && state.calendar === null && at > state.since;
  const unpinned = ran ? [...state.unpinned, { from: state.since, to: at }] : state.unpinned;
  return { ...state, since: at, spentMs, unpinned };
}

/** Milliseconds counted up to `at`, which is not before the last event. Without a calendar every one counts. */
export function spentAt(state: ClockState, at: number, calendarOf: CalendarOf): number {
  if (state.phase !== 'running') return state.spentMs;
  const counted = state.calendar ? elapsed(calendarOf(state.calendar), state.since, at) : at - state.since;
  return state.spentMs + counted;
}

function apply(state: ClockState, pin: Pin | null, calendarOf: CalendarOf): ClockState {
  const version = state.version + 1;
  if (pin === null) return { ...state, pin, version };
  checkPin(pin);
  const pinned = { ...state, pin, version, calendar: pin.calendar };
  if (state.calendar === null) {
    const calendar = calendarOf(pin.calendar);
    pinned.spentMs = state.unpinned.reduce((sum, { from, to }) => sum + elapsed(calendar, from, to), state.carriedMs);
    pinned.unpinned = [];
  }
  const isLate = pin.targetMs !== null && pinned.spentMs >= pin.targetMs;
  if (!isLate || !state.marks.some(({ share }) => share === 1)) return pinned;
  const carried = sharesOf(pin).map((share) => ({ version, share, at: state.since, carried: true }));
  return { ...pinned, marks: [...state.marks, ...carried] };
}

function checkPin({ targetMs, warnAt }: Pin): void {
  if (targetMs !== null && !(Number.isInteger(targetMs) && targetMs >= TARGET_MIN_MS))
    throw new RangeError(`targetMs must be whole and at least ${TARGET_MIN_MS}, got ${targetMs}`);
  const wrong = warnAt?.findIndex((share, i) => !(share > (warnAt[i - 1] ?? 0) && share < 1)) ?? -1;
  if (wrong >= 0) throw new RangeError(`warnAt[${wrong}] must lie above the one before it and below 1`);
}

const sharesOf = (pin: Pin): readonly number[] => [...(pin.warnAt ?? WARN_AT), 1];

const markOf = (event: ClockEvent & { readonly kind: 'warn' | 'breach' }): Mark => ({
  version: event.version,
  share: event.kind === 'breach' ? 1 : event.share,
  at: event.at,
  carried: event.carried ?? false,
});

type WhichMark = Pick<Mark, 'version' | 'share'>;
export const isSameMark = (a: WhichMark, b: WhichMark): boolean => a.version === b.version && a.share === b.share;

/** What was said stands: it wins over what would be found today, for instance with other tables of zones. */
function withMark(state: ClockState, mark: Mark): ClockState {
  const i = state.marks.findIndex((known) => isSameMark(known, mark));
  if (i < 0) return { ...state, marks: [...state.marks, mark] };
  return state.marks[i].at === mark.at ? state : { ...state, marks: state.marks.with(i, mark) };
}

/**
 * The state with the marks that lie before `now`. An answer in the very millisecond in which a target is reached is in
 * time, so a mark is passed one millisecond later.
 *
 * @example
 * look(state, now, calendarOf).marks; // what has been reached so far, each with its exact moment
 */
export function look(state: ClockState, now: number, calendarOf: CalendarOf): ClockState {
  const marks: Mark[] = [];
  for (const share of pendingShares(state)) {
    const at = momentOf(state, share, calendarOf);
    if (at === null || at >= now) break;
    marks.push({ version: state.version, share, at, carried: false });
  }
  return marks.length === 0 ? state : { ...state, marks: [...state.marks, ...marks] };
}

function pendingShares({ phase, pin, version, marks }: ClockState): readonly number[] {
  if (phase !== 'running' || pin === null || pin.targetMs === null) return [];
  return sharesOf(pin).filter((share) => !marks.some((mark) => mark.version === version && mark.share === share));
}

/** When a share of the target is reached if nothing changes. What is passed already is said in the next working hour. */
export function momentOf(state: ClockState, share: number, calendarOf: CalendarOf): number | null {
  const { pin, since, spentMs } = state;
  if (state.phase !== 'running' || pin === null || pin.targetMs === null) return null;
  const calendar = calendarOf(pin.calendar);
  const missing = Math.round(pin.targetMs * share) - spentMs;
  return missing > 0 ? due(calendar, since, missing) : nextOpen(calendar, since);
}

/**
 * When to look again: one millisecond after the next mark; null while nothing can happen by time alone.
 *
 * @example
 * nextMoment(state, calendarOf); // sleep until then, or until an event
 */
export function nextMoment(state: ClockState, calendarOf: CalendarOf): number | null {
  const [share] = pendingShares(state);
  const at = share === undefined ? null : momentOf(state, share, calendarOf);
  return at === null ? null : at + 1;
}

/**
 * The state after all events, in the order in which they were recorded.
 *
 * @throws RangeError as `stepClock`
 * @example
 * replay(events, calendarOf).phase; // 'fulfilled'
 */
export function replay(events: Iterable<ClockEvent>, calendarOf: CalendarOf): ClockState {
  let state = NOT_BEGUN;
  for (const event of events) state = stepClock(state, event, calendarOf);
  return state;
}
