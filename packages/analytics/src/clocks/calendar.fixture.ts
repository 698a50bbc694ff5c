/** Calendars for the tests, and the slow definition that they are held against. */
import type { CalendarSpec, Holiday, Period } from './calendar.ts';

export const MINUTE = 60_000;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;

/** Working days from one hour to another. */
export const weekdays = (from: number, to: number, days: readonly number[] = [1, 2, 3, 4, 5]): Period[] =>
  days.map((day) => ({ day, from: from * 60, to: to * 60 }));

/** `at('2026-11-20T16:00Z')`; the zone must be written. */
export function at(iso: string): number {
  const ms = Date.parse(iso);
  if (Number.isNaN(ms) || !/(Z|[+-]\d{2}:\d{2})$/.test(iso)) throw new Error(`no moment: ${iso}`);
  return ms;
}

/** The digits of a wall clock, asked of the platform anew: nothing of the code under test. */
export function wallClock(zone: string): (at: number) => { day: number; minute: number; text: string } {
  const format = new Intl.DateTimeFormat('en-GB', {
    timeZone: zone,
    hourCycle: 'h23',
    weekday: 'short',
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
  });
  const DAYS = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'];
  return (ms) => {
    const part = Object.fromEntries(format.formatToParts(ms).map(({ type, value }) => [type, value]));
    return {
      day: DAYS.indexOf(part.weekday) + 1,
      minute: Number(part.hour) * 60 + Number(part.minute),
      text: `${part.year}-${part.month}-${part.day}T${part.hour}:${part.minute}`,
    };
  };
}

/** The definition read aloud: walk every minute and look at the wall clock. From and to are whole minutes. */
export function elapsedByWalking(spec: CalendarSpec, from: number, to: number): number {
  const clocks = [{ from: -Infinity, read: wallClock(spec.zone) }];
  for (const { at: since, zone } of [...(spec.moves ?? [])].sort((a, b) => a.at - b.at)) {
    clocks.push({ from: since, read: wallClock(zone) });
  }
  let counted = 0;
  for (let ms = from; ms < to; ms += MINUTE) {
    const { read } = clocks.findLast((clock) => clock.from <= ms)!;
    if (isOpenAt(spec, read(ms))) counted += MINUTE;
  }
  return counted;
}

function isOpenAt(
  { hours, holidays = [] }: CalendarSpec,
  wall: { day: number; minute: number; text: string },
): boolean {
  if (holidays.some((holiday) => isWithin(holiday, wall.text))) return false;
  if (hours === 'always') return true;
  const yesterday = wall.day === 1 ? 7 : wall.day - 1;
  return hours.some(
    ({ day, from, to }) =>
      (day === wall.day && wall.minute >= from && wall.minute < to) ||
      (day === yesterday && wall.minute + 1440 >= from && wall.minute + 1440 < to),
  );
}

/** ISO texts sort as the moments do. */
function isWithin({ from, to }: Holiday, text: string): boolean {
  if (to === undefined) return text >= padded(from) && text.slice(0, 10) === from.slice(0, 10);
  return text >= padded(from) && text < padded(to);
}
const padded = (text: string): string => (text.includes('T') ? text : `${text}T00:00`);

/** Zones with half hours, half-hour summer time, a day that never was, Ramadan, the south, none at all. */
export const ZONES = [
  'Europe/Berlin',
  'America/New_York',
  'Australia/Lord_Howe',
  'Africa/Casablanca',
  'Asia/Kathmandu',
  'America/Santiago',
  'UTC',
];
