/**
 * Why a clock says what it says: its whole life in parts, each with what was counted of it, by which rule, and which
 * event began it. Words are made from this elsewhere. The parts add up to the reading to the millisecond.
 */
import { type CalendarOf, type Cause, type ClockEvent, NOT_BEGUN, type Reference, stepClock } from './clock.ts';
import { INTERVALS_MAX, type Interval, intervals } from './intervals.ts';

/**
 * `hours`, `outside_hours`, `holiday`, `rest`: what the calendar said while the clock ran. `no_calendar`: nothing was
 * promised yet, every hour counts. `paused`: the clock stood. `carried`: waited elsewhere before.
 */
export type PartRule = Interval['rule'] | 'no_calendar' | 'paused' | 'carried';

export interface Part {
  readonly from: number;
  readonly to: number;
  readonly counted: boolean;
  readonly countedMs: number;
  readonly rule: PartRule;
  /** The event that made it run, stand, or count so. */
  readonly cause: Cause;
  /** Of `paused`: whom one waits for. */
  readonly because?: string;
  /** By which calendar, and where in it. */
  readonly calendar?: Reference;
  readonly periods?: readonly number[];
  readonly holiday?: string;
  readonly zone?: string;
  readonly offsetMs?: number;
  /** Of what is promised: 0 before anything was. */
  readonly version: number;
}

/**
 * Lays out a clock's life from its activation up to `until`, without a hole.
 *
 * @param events of one clock, as recorded
 * @param until  not before the last event that is not later than it; the end of the clock ends the parts
 * @param most   intervals for each stretch between two events; more are summed up in a part `rest`
 * @returns      the sum of `countedMs` is `readClock(…).spentMs`
 * @example
 * explainClock(events, now, calendarOf).filter(({ counted }) => !counted); // why it is not later than it is
 */
export function explainClock(
  events: readonly ClockEvent[],
  until: number,
  calendarOf: CalendarOf,
  most = INTERVALS_MAX,
): Part[] {
  const told = events.filter(({ kind, at }) => kind !== 'warn' && kind !== 'breach' && at <= until);
  const firstCalendar = told
    .flatMap((event) => (event.kind === 'apply' && event.pin ? [event.pin.calendar] : []))
    .at(0);
  const parts: Part[] = [];
  let state = NOT_BEGUN;
  let stood: Cause | null = null;
  for (const [i, event] of told.entries()) {
    state = stepClock(state, event, calendarOf);
    const { version } = state;
    if (event.kind === 'pause') stood = event.cause; // a new promise meanwhile is not why it stands
    if (event.kind === 'activate' && event.carriedMs) {
      const countedMs = event.carriedMs;
      const at = { from: event.at, to: event.at };
      parts.push({ ...at, counted: true, countedMs, rule: 'carried', cause: event.cause, version });
    }
    const stretch = { from: event.at, to: told[i + 1]?.at ?? until };
    if (stretch.to <= stretch.from || state.endedAt !== null) continue;
    const place = { ...stretch, cause: event.cause, version };
    if (state.phase === 'paused') {
      const because = state.pausedBecause ?? '';
      parts.push({ ...place, cause: stood ?? event.cause, counted: false, countedMs: 0, rule: 'paused', because });
      continue;
    }
    const calendar = state.calendar ?? firstCalendar;
    if (!calendar) {
      parts.push({ ...place, counted: true, countedMs: stretch.to - stretch.from, rule: 'no_calendar' });
      continue;
    }
    const laid = intervals(calendarOf(calendar), stretch.from, stretch.to, most);
    parts.push(...laid.map((interval) => ({ ...place, ...interval, calendar })));
  }
  return parts;
}
