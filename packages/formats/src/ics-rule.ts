/** Repetition rules of iCalendar (RFC 5545, 3.3.10): the parts that calendars of holidays and shifts use. */
import { DAY_MS, type IcsTime, instantOfTime, readTime, type Zones } from './ics-times.ts';

type Frequency = 'DAILY' | 'WEEKLY' | 'MONTHLY' | 'YEARLY';
interface WeekDay {
  /** 0 is Monday. */
  readonly day: number;
  /** 2 is the second of the month or year, -1 the last, 0 all. */
  readonly nth: number;
}
export interface Rule {
  readonly frequency: Frequency;
  readonly interval: number;
  readonly count: number | null;
  readonly until: IcsTime | null;
  readonly byDay: readonly WeekDay[];
  readonly byMonth: readonly number[];
  readonly byMonthDay: readonly number[];
  readonly weekStart: number;
}

const DAYS = ['MO', 'TU', 'WE', 'TH', 'FR', 'SA', 'SU'];
const READ = new Set(['FREQ', 'INTERVAL', 'COUNT', 'UNTIL', 'BYDAY', 'BYMONTH', 'BYMONTHDAY', 'WKST']);

/** A text is why it cannot be read. */
export function readRule(value: string, zone: string | null): Rule | string {
  const parts = new Map(value.split(';').map((part) => part.toUpperCase().split('=') as [string, string | undefined]));
  const strange = [...parts.keys()].find((name) => !READ.has(name));
  if (strange !== undefined)
    return `RRULE has a part that is not read (${/^[A-Z-]{1,20}$/.test(strange) ? strange : '?'}).`;
  const frequency = parts.get('FREQ');
  if (!frequency || !/^(DAILY|WEEKLY|MONTHLY|YEARLY)$/.test(frequency))
    return 'RRULE has no FREQ of DAILY, WEEKLY, MONTHLY or YEARLY.';
  const interval = numbers(parts.get('INTERVAL') ?? '1', 1, 1000);
  const count = parts.has('COUNT') ? numbers(parts.get('COUNT')!, 1, 100_000) : [];
  const byMonth = parts.has('BYMONTH') ? numbers(parts.get('BYMONTH')!, 1, 12) : [];
  const byMonthDay = parts.has('BYMONTHDAY') ? numbers(parts.get('BYMONTHDAY')!, -31, 31) : [];
  const byDay = parts.has('BYDAY') ? weekDays(parts.get('BYDAY')!) : [];
  const until = parts.has('UNTIL') ? readTime(parts.get('UNTIL') ?? '', zone) : null;
  const weekStart = DAYS.indexOf(parts.get('WKST') ?? 'MO');
  const wrong = Object.entries({
    INTERVAL: interval,
    COUNT: count,
    BYMONTH: byMonth,
    BYMONTHDAY: byMonthDay,
    BYDAY: byDay,
  }).find(([, read]) => read === null)?.[0];
  if (wrong || weekStart < 0) return `RRULE has a ${wrong ?? 'WKST'} that does not exist.`;
  if (parts.has('UNTIL') && (!until || parts.has('COUNT'))) return 'RRULE ends in a way that cannot be read.';
  if (byDay!.some(({ nth }) => nth !== 0) && /DAILY|WEEKLY/.test(frequency))
    return 'RRULE counts days of a week, which has one of each.';
  return {
    frequency: frequency as Frequency,
    interval: interval![0]!,
    count: count![0] ?? null,
    until,
    byDay: byDay!,
    byMonth: byMonth!,
    byMonthDay: byMonthDay!,
    weekStart,
  };
}

function numbers(said: string, least: number, most: number): number[] | null {
  const read = said.split(',').map((one) => (/^[+-]?\d{1,6}$/.test(one) ? Number(one) : Number.NaN));
  return read.every((one) => one >= least && one <= most && one !== 0) && read.length <= 62 ? read : null;
}

function weekDays(said: string): WeekDay[] | null {
  const read = said.split(',').map((one) => /^([+-]?\d{1,2})?(MO|TU|WE|TH|FR|SA|SU)$/.exec(one));
  if (read.length > 400 || read.some((found) => !found || Math.abs(Number(found[1] ?? 0)) > 53)) return null;
  return read.map((found) => ({ nth: Number(found![1] ?? 0), day: DAYS.indexOf(found![2]!) }));
}

/** How many days, weeks, months and years the rules of a whole file may still be followed through. */
export interface Effort {
  left: number;
}
/** A hundred daily shifts over fifty years; a fifth of a second. */
export const EFFORT_MAX = 2_000_000;

/**
 * Wall times at which an event begins, from its first one on, up to `horizon` (excluded). The first always belongs to it.
 * Ends early when no effort is left: the caller refuses the file then.
 */
export function startsOf(first: IcsTime, rule: Rule, horizon: number, effort: Effort, zones: Zones): number[] {
  const starts = [first.wall];
  const day = Math.floor(first.wall / DAY_MS) * DAY_MS;
  const into = first.wall - day;
  const end = rule.until ? instantOfTime(rule.until, zones) + (rule.until.allDay ? DAY_MS - 1 : 0) : Infinity;
  for (let round = 0; effort.left > 0; round++) {
    effort.left -= 1;
    const period = periodAt(day, rule, round);
    if (period >= horizon) break;
    for (const candidate of daysIn(period, day, rule)) {
      const wall = candidate + into;
      if (wall <= first.wall) continue;
      if (wall >= horizon || instantOfTime({ ...first, wall }, zones) > end) return starts;
      if (rule.count !== null && starts.length >= rule.count) return starts;
      starts.push(wall);
    }
    if (rule.count !== null && starts.length >= rule.count) break;
  }
  return starts;
}

const weekDayOf = (day: number): number => (((day / DAY_MS + 3) % 7) + 7) % 7; // 1 January 1970 was a Thursday

/** The first day of the day, week, month or year of that round. */
function periodAt(day: number, { frequency, interval, weekStart }: Rule, round: number): number {
  const steps = round * interval;
  const date = new Date(day);
  if (frequency === 'DAILY') return day + steps * DAY_MS;
  if (frequency === 'WEEKLY') return day - ((weekDayOf(day) - weekStart + 7) % 7) * DAY_MS + steps * 7 * DAY_MS;
  if (frequency === 'MONTHLY') return Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + steps, 1);
  return Date.UTC(date.getUTCFullYear() + steps, 0, 1);
}

/** Days of one period that fit, in order. `first` gives the day where the rule gives none. */
function daysIn(period: number, first: number, rule: Rule): number[] {
  const { frequency, byDay, byMonth, byMonthDay } = rule;
  const date = new Date(period);
  const year = date.getUTCFullYear();
  if (frequency === 'DAILY') return [period].filter((day) => fits(day, rule));
  if (frequency === 'WEEKLY') {
    const days = Array.from({ length: 7 }, (_, i) => period + i * DAY_MS);
    return days.filter((day) => (byDay.length > 0 || weekDayOf(day) === weekDayOf(first)) && fits(day, rule));
  }
  if (frequency === 'MONTHLY')
    return inMonth(date.getUTCMonth() + 1) ? monthDays(year, date.getUTCMonth(), first, rule) : [];
  if (byMonth.length === 0 && byMonthDay.length === 0 && byDay.length > 0) {
    return nthDays(period, Date.UTC(year + 1, 0, 1), byDay);
  }
  const own = byMonth.length === 0 && byMonthDay.length === 0 ? [new Date(first).getUTCMonth() + 1] : byMonth;
  const months = own.length > 0 ? [...new Set(own)].sort((a, b) => a - b) : Array.from({ length: 12 }, (_, i) => i + 1);
  return months.flatMap((month) => monthDays(year, month - 1, first, rule));

  function inMonth(month: number): boolean {
    return byMonth.length === 0 || byMonth.includes(month);
  }
}

function monthDays(year: number, month: number, first: number, { byDay, byMonthDay }: Rule): number[] {
  const [start, end] = [Date.UTC(year, month, 1), Date.UTC(year, month + 1, 1)];
  const last = (end - start) / DAY_MS;
  const named = byDay.length > 0 ? nthDays(start, end, byDay) : null;
  if (named && byMonthDay.length === 0) return named;
  const wanted = byMonthDay.length > 0 ? byMonthDay : [new Date(first).getUTCDate()];
  const days = new Set(wanted.map((day) => (day < 0 ? last + day + 1 : day)).filter((day) => day >= 1 && day <= last));
  return [...days]
    .sort((a, b) => a - b)
    .map((day) => start + (day - 1) * DAY_MS)
    .filter((day) => named === null || named.includes(day));
}

/** Week days between two days, all or the nth of them. */
function nthDays(start: number, end: number, byDay: readonly WeekDay[]): number[] {
  const found = new Set<number>();
  for (const { day, nth } of byDay) {
    const all: number[] = [];
    const offset = (day - weekDayOf(start) + 7) % 7;
    for (let at = start + offset * DAY_MS; at < end; at += 7 * DAY_MS) all.push(at);
    for (const at of nth === 0 ? all : all.slice(nth > 0 ? nth - 1 : nth).slice(0, 1)) {
      if (nth >= 0 || all.length >= -nth) found.add(at);
    }
  }
  return [...found].sort((a, b) => a - b);
}

/** For days and weeks the parts only narrow. */
function fits(day: number, { byDay, byMonth, byMonthDay }: Rule): boolean {
  const date = new Date(day);
  const last = new Date(Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1, 0)).getUTCDate();
  const ofMonth = date.getUTCDate();
  return (
    (byDay.length === 0 || byDay.some((one) => one.day === weekDayOf(day))) &&
    (byMonth.length === 0 || byMonth.includes(date.getUTCMonth() + 1)) &&
    (byMonthDay.length === 0 || byMonthDay.includes(ofMonth) || byMonthDay.includes(ofMonth - last - 1))
  );
}
