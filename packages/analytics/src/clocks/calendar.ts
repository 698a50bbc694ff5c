/**
 * Working hours as a set of wall times: some of every week, less the holidays.
 *
 * An instant is counted if and only if what the wall clock of the zone reads at it lies in that set. So an hour that is
 * skipped in spring counts nothing and one that is repeated in autumn counts twice, and nothing has to be said of it.
 * Everything is whole milliseconds, so that sums are exact.
 */
import { isZone } from './zone.ts';

const MINUTE_MS = 60_000;
const DAY_MINUTES = 1440;
const DAY_MS = DAY_MINUTES * MINUTE_MS;
const WEEK_MS = 7 * DAY_MS;
/** 5 January 1970, a Monday: weeks are counted from here. */
const FIRST_MONDAY = 4 * DAY_MS;

const PERIODS_MAX = 200;
const HOLIDAYS_MAX = 5_000;
const MOVES_MAX = 100;

/** Hours that return every week. */
export interface Period {
  /** ISO: 1 is Monday, 7 Sunday. The day on which it begins. */
  readonly day: number;
  /** Minutes after midnight, 0 to 1439. */
  readonly from: number;
  /** Minutes after that same midnight, above `from`; more than 1440 is past midnight. At most a day later. */
  readonly to: number;
}

/** Wall times at which nobody works, whatever the week says. */
export interface Holiday {
  readonly name: string;
  /** `2026-12-25`, or `2026-12-24T12:00` for a part of a day. */
  readonly from: string;
  /** First moment behind it, in the same form; without it one whole day. */
  readonly to?: string;
}

export interface CalendarSpec {
  /** IANA name of the zone whose wall clock is meant. */
  readonly zone: string;
  /** The team moved: from this instant on its wall clock stands elsewhere. */
  readonly moves?: readonly { readonly at: number; readonly zone: string }[];
  /** `always` is day and night, every day. Periods may overlap: a minute is counted once. */
  readonly hours: 'always' | readonly Period[];
  readonly holidays?: readonly Holiday[];
}

interface Open {
  /** Milliseconds after Monday's midnight. */
  readonly from: number;
  readonly to: number;
  /** Open milliseconds of the week before it. */
  readonly before: number;
  /** Which of the periods of the spec made it. */
  readonly periods: readonly number[];
}
interface Closed {
  /** Wall times. */
  readonly from: number;
  readonly to: number;
  /** Open milliseconds of weeks that holidays before this one took away. */
  readonly before: number;
  readonly name: string;
}

/** A spec, made ready to count with. */
export interface Calendar {
  readonly spec: CalendarSpec;
  readonly week: readonly Open[];
  /** Open milliseconds of a week without holidays. */
  readonly weekMs: number;
  /** Sorted, not overlapping. */
  readonly closed: readonly Closed[];
  /** From when on which zone, the first from the beginning of time. */
  readonly zones: readonly { readonly from: number; readonly zone: string }[];
  /** Every instant counts, whatever the zone. */
  readonly endless: boolean;
}

/**
 * Makes a calendar ready to count with.
 *
 * @throws RangeError on an unknown zone, hours or days that do not exist, or more than 200 periods or 5,000 holidays;
 *         the message names what is wrong and its place
 * @example
 * compileCalendar({ zone: 'Europe/Berlin', hours: [{ day: 1, from: 540, to: 1020 }] }); // Mondays, 9 to 5
 */
export function compileCalendar(spec: CalendarSpec): Calendar {
  const moves = [...(spec.moves ?? [])].sort((a, b) => a.at - b.at);
  if (moves.length > MOVES_MAX)
    throw new RangeError(`a calendar moves at most ${MOVES_MAX} times, got ${moves.length}`);
  const zones = [{ from: -Infinity, zone: spec.zone }, ...moves.map(({ at, zone }) => ({ from: at, zone }))];
  for (const { zone } of zones) {
    if (!isZone(zone)) throw new RangeError(`"${zone}" is no time zone that this machine knows`);
  }
  const week = spec.hours === 'always' ? [{ from: 0, to: WEEK_MS, before: 0, periods: [] }] : weekOf(spec.hours);
  const weekMs = week.reduce((sum, { from, to }) => sum + to - from, 0);
  const plain: Calendar = { spec, week, weekMs, closed: [], zones, endless: false };
  const closed = closedOf(spec.holidays ?? [], plain);
  return { ...plain, closed, endless: closed.length === 0 && weekMs === WEEK_MS };
}

/** Union of the periods. What runs past Sunday's midnight goes on at the beginning of the week. */
function weekOf(periods: readonly Period[]): Open[] {
  if (periods.length > PERIODS_MAX) throw new RangeError(`a week has at most ${PERIODS_MAX} periods`);
  const pieces = periods.flatMap(({ day, from, to }, i) => {
    const real = Number.isInteger(day) && day >= 1 && day <= 7 && Number.isInteger(from) && Number.isInteger(to);
    if (!(real && from >= 0 && from < DAY_MINUTES && to > from && to - from <= DAY_MINUTES)) {
      throw new RangeError(`periods[${i}] (day ${day}, ${from} to ${to}) is no stretch of a day of the week`);
    }
    const start = (day - 1) * DAY_MS + from * MINUTE_MS;
    const end = (day - 1) * DAY_MS + to * MINUTE_MS;
    if (end <= WEEK_MS) return [{ from: start, to: end, i }];
    return [
      { from: start, to: WEEK_MS, i },
      { from: 0, to: end - WEEK_MS, i },
    ];
  });
  pieces.sort((a, b) => a.from - b.from || a.to - b.to);
  const joined: { from: number; to: number; periods: number[] }[] = [];
  for (const { from, to, i } of pieces) {
    const last = joined.at(-1);
    if (last && from < last.to) {
      last.to = Math.max(last.to, to);
      last.periods.push(i);
    } else joined.push({ from, to, periods: [i] });
  }
  let before = 0;
  return joined.map((open) => {
    const placed = { ...open, before };
    before += open.to - open.from;
    return placed;
  });
}

/** Union of the holidays; where two overlap the earlier one keeps its name until it ends. */
function closedOf(holidays: readonly Holiday[], plain: Calendar): Closed[] {
  if (holidays.length > HOLIDAYS_MAX) throw new RangeError(`a calendar has at most ${HOLIDAYS_MAX} holidays`);
  const sorted = holidays.map((holiday, i) => wallsOf(holiday, i)).sort((a, b) => a.from - b.from || b.to - a.to);
  const closed: Closed[] = [];
  let [end, before] = [-Infinity, 0];
  for (const { name, from, to } of sorted) {
    const start = Math.max(from, end);
    if (to <= start) continue;
    closed.push({ name, from: start, to, before });
    before += weeklyMs(plain, to) - weeklyMs(plain, start);
    end = to;
  }
  return closed;
}

const WALL = /^(\d{4})-(\d{2})-(\d{2})(?:T(\d{2}):(\d{2}))?$/;

function wallsOf({ name, from, to }: Holiday, i: number): { name: string; from: number; to: number } {
  const start = wallOf(from);
  const end = to === undefined && start !== null ? start - modulo(start, DAY_MS) + DAY_MS : wallOf(to ?? '');
  if (start === null || end === null || end <= start) {
    throw new RangeError(`holidays[${i}] (${from} to ${to ?? 'the end of that day'}) is no stretch of days or hours`);
  }
  return { name, from: start, to: end };
}

function wallOf(text: string): number | null {
  const [, year, month, day, hour = '0', minute = '0'] = WALL.exec(text) ?? [];
  if (!year || Number(hour) > 23 || Number(minute) > 59) return null;
  const wall = Date.UTC(Number(year), Number(month) - 1, Number(day), Number(hour), Number(minute));
  return new Date(wall).toISOString().startsWith(text.slice(0, 10)) ? wall : null;
}

const modulo = (x: number, n: number): number => ((x % n) + n) % n;

/** Place in the week of a wall time: whole weeks before it, and milliseconds into its own. */
export function placeInWeek(wall: number): { week: number; into: number } {
  const into = modulo(wall - FIRST_MONDAY, WEEK_MS);
  return { week: (wall - FIRST_MONDAY - into) / WEEK_MS, into };
}

export const weekStart = (week: number): number => FIRST_MONDAY + week * WEEK_MS;

/** How many of the sorted begin at or before `at`. */
export function countUpTo(sorted: readonly { readonly from: number }[], at: number): number {
  let [low, high] = [0, sorted.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (sorted[middle].from <= at) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Open milliseconds between the first Monday and a wall time, as if there were no holidays. */
export function weeklyMs(calendar: Calendar, wall: number): number {
  const { week, into } = placeInWeek(wall);
  const open = calendar.week[countUpTo(calendar.week, into) - 1];
  return week * calendar.weekMs + (open ? open.before + Math.min(into, open.to) - open.from : 0);
}

/** The same without the holidays: what is counted is always a difference of two of these. */
export function openMs(calendar: Calendar, wall: number): number {
  const all = weeklyMs(calendar, wall);
  const last = calendar.closed[countUpTo(calendar.closed, wall) - 1];
  if (!last) return all;
  return all - last.before - (weeklyMs(calendar, Math.min(wall, last.to)) - weeklyMs(calendar, last.from));
}
