/** A stretch of time laid out: what of it a calendar counts, and by which of its rules not. */
import { type Calendar, countUpTo, placeInWeek, weekStart } from './calendar.ts';
import { elapsed, spanOf } from './measure.ts';
import { checkInstant } from './zone.ts';

export interface Interval {
  readonly from: number;
  readonly to: number;
  readonly counted: boolean;
  /** `hours`: working hours. `outside_hours`, `holiday`: not counted. `rest`: both, more than were asked for. */
  readonly rule: 'hours' | 'outside_hours' | 'holiday' | 'rest';
  /** Milliseconds counted in it: all, nothing, or of a rest some. */
  readonly countedMs: number;
  /** Which periods of the spec, by their place; of `hours` only. */
  readonly periods?: readonly number[];
  /** Of `holiday` only. */
  readonly holiday?: string;
  readonly zone: string;
  /** What the wall clock was ahead of UTC: two neighbours that differ are a change of summer time or a move. */
  readonly offsetMs: number;
}

/** A year of split shifts; more is summed up in one last interval. */
export const INTERVALS_MAX = 2_000;

/**
 * Lays out a stretch without a hole and without an overlap. Where the zone changes its offset an interval ends.
 *
 * @param most more are summed up in one last interval `rest`, so that the sum stays exact
 * @throws RangeError as `elapsed`
 * @example
 * intervals(nineToFive, friday16, monday10).map(({ rule }) => rule); // ['hours', 'outside_hours', 'hours']
 */
export function intervals(calendar: Calendar, from: number, to: number, most = INTERVALS_MAX): Interval[] {
  checkInstant(from, 'from');
  checkInstant(to, 'to');
  if (to < from) throw new RangeError(`to (${to}) lies before from (${from})`);
  const found: Interval[] = [];
  for (let at = from; at < to; ) {
    const next = intervalAt(calendar, at, to);
    const last = found.at(-1);
    if (last && continues(last, next)) {
      found[found.length - 1] = { ...last, to: next.to, countedMs: last.countedMs + next.countedMs };
    } else if (found.length >= most) {
      const countedMs = elapsed(calendar, at, to);
      const { zone, offsetMs } = next;
      found.push({ from: at, to, counted: countedMs > 0, rule: 'rest', countedMs, zone, offsetMs });
      return found;
    } else found.push(next);
    at = next.to;
  }
  return found;
}

/** Cut by the end of a year or of a week only. */
const continues = (a: Interval, b: Interval): boolean =>
  a.rule === b.rule &&
  a.holiday === b.holiday &&
  a.zone === b.zone &&
  a.offsetMs === b.offsetMs &&
  (a.periods ?? []).join() === (b.periods ?? []).join();

function intervalAt(calendar: Calendar, at: number, to: number): Interval {
  const span = spanOf(calendar, at, to);
  const { zone } = calendar.zones[countUpTo(calendar.zones, at) - 1];
  const wall = at + span.offsetMs;
  const place = { from: at, zone, offsetMs: span.offsetMs };
  const until = (wallEnd: number) => Math.min(span.to, wallEnd - span.offsetMs);
  const k = countUpTo(calendar.closed, wall);
  const holiday = calendar.closed[k - 1];
  if (holiday && wall < holiday.to) {
    return { ...place, to: until(holiday.to), counted: false, rule: 'holiday', countedMs: 0, holiday: holiday.name };
  }
  const nextHoliday = calendar.closed[k]?.from ?? Infinity;
  const { week, into } = placeInWeek(wall);
  const n = countUpTo(calendar.week, into);
  const open = calendar.week[n - 1];
  if (open && into < open.to) {
    const end = until(Math.min(weekStart(week) + open.to, nextHoliday));
    return { ...place, to: end, counted: true, rule: 'hours', countedMs: end - at, periods: open.periods };
  }
  const nextOpening = n < calendar.week.length ? weekStart(week) + calendar.week[n].from : weekStart(week + 1);
  return {
    ...place,
    to: until(Math.min(nextOpening, nextHoliday)),
    counted: false,
    rule: 'outside_hours',
    countedMs: 0,
  };
}
