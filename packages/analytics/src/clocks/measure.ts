/**
 * How much of a stretch of time a calendar counts, and when so much will have been counted.
 *
 * A stretch is cut where the zone changes its offset; in between, counted time is a difference of two cumulative sums
 * (weeks by division, holidays by binary search). Cost: two such differences a year and zone, however full the week is.
 */
import { type Calendar, countUpTo, openMs, weeklyMs, weekStart } from './calendar.ts';
import { checkInstant, LATEST, type Span, spanAt } from './zone.ts';

/** The span of one offset of the calendar's zone of that time. */
export function spanOf({ zones }: Calendar, at: number, to: number): Span {
  const i = countUpTo(zones, at) - 1;
  return spanAt(zones[i].zone, at, i + 1 < zones.length ? Math.min(to, zones[i + 1].from) : to);
}

/**
 * Counted milliseconds from `from` up to `to`.
 *
 * @param from instant, ms since 1970
 * @param to   instant, not before `from`
 * @returns    exact; additive: any cut of the stretch gives the same sum
 * @throws RangeError on what is no whole millisecond between 1970 and 2200, or on `to` before `from`
 * @example
 * elapsed(nineToFive, Date.UTC(2026, 10, 20, 16), Date.UTC(2026, 10, 23, 10)); // Friday 16:00 to Monday 10:00: 7_200_000
 */
export function elapsed(calendar: Calendar, from: number, to: number): number {
  checkInstant(from, 'from');
  checkInstant(to, 'to');
  if (to < from) throw new RangeError(`to (${to}) lies before from (${from})`);
  if (calendar.endless) return to - from;
  let counted = 0;
  for (let at = from; at < to; ) {
    const span = spanOf(calendar, at, to);
    counted += openMs(calendar, span.to + span.offsetMs) - openMs(calendar, at + span.offsetMs);
    at = span.to;
  }
  return counted;
}

/**
 * The first instant by which `amountMs` have been counted since `from`; null when that is not before the year 2200.
 *
 * @param amountMs whole and not negative; 0 gives `from` itself
 * @throws RangeError on what is no whole millisecond between 1970 and 2200, or no such amount
 * @example
 * due(nineToFive, Date.UTC(2026, 10, 20, 16), 7_200_000); // Friday 16:00 and two hours: Monday 10:00
 */
export function due(calendar: Calendar, from: number, amountMs: number): number | null {
  checkInstant(from, 'from');
  if (!(Number.isInteger(amountMs) && amountMs >= 0))
    throw new RangeError(`amountMs must be whole and not negative, got ${amountMs}`);
  if (amountMs === 0) return from;
  if (calendar.endless) return from + amountMs <= LATEST ? from + amountMs : null;
  if (calendar.weekMs === 0) return null;
  let missing = amountMs;
  for (let at = from; at < LATEST; ) {
    const span = spanOf(calendar, at, LATEST);
    const start = openMs(calendar, at + span.offsetMs);
    const counted = openMs(calendar, span.to + span.offsetMs) - start;
    if (counted >= missing) return wallWith(calendar, start + missing) - span.offsetMs;
    missing -= counted;
    at = span.to;
  }
  return null;
}

/** The first wall time at which the cumulative sum has reached `goal`: the inverse of `openMs`. */
function wallWith(calendar: Calendar, goal: number): number {
  const { closed } = calendar;
  let [low, high] = [0, closed.length]; // the sum stands still in a holiday, and only grows between them
  while (low < high) {
    const middle = (low + high) >> 1;
    if (weeklyMs(calendar, closed[middle].from) - closed[middle].before < goal) low = middle + 1;
    else high = middle;
  }
  const last = closed[low - 1];
  const taken = last ? last.before + weeklyMs(calendar, last.to) - weeklyMs(calendar, last.from) : 0;
  return weeklyWall(calendar, goal + taken);
}

function weeklyWall({ week, weekMs }: Calendar, goal: number): number {
  const weeks = Math.ceil(goal / weekMs) - 1; // a full week ends with its last open minute, not with the next Monday
  const rest = goal - weeks * weekMs;
  let i = week.length - 1;
  while (week[i].before >= rest) i--;
  return weekStart(weeks) + week[i].from + rest - week[i].before;
}

/**
 * The first instant from `from` on after which time is counted: `from` itself when it is open; null when it never opens.
 *
 * @throws RangeError as `due`
 * @example
 * nextOpen(nineToFive, Date.UTC(2026, 10, 21, 12)); // Saturday noon: Monday 9:00
 */
export function nextOpen(calendar: Calendar, from: number): number | null {
  const first = due(calendar, from, 1);
  return first === null ? null : first - 1;
}
