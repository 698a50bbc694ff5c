/** Days, moments and lengths of iCalendar. A wall time is the milliseconds that the same digits would be in UTC. */
import type { ContentLine } from './ics-lines.ts';
import { ianaZone } from './ics-zones.ts';

/** What the reader asks of whoever knows zones. */
export interface Zones {
  isZone(name: string): boolean;
  /** The instant at which a wall clock of the zone reads so. */
  instantOf(name: string, wall: number): number;
}

export interface IcsTime {
  readonly wall: number;
  readonly allDay: boolean;
  /** `UTC`, an IANA name, or null: the wall clock of whoever reads it, and all days. */
  readonly zone: string | null;
}

export const DAY_MS = 86_400_000;
const TIME = /^(\d{4})(\d{2})(\d{2})(?:T(\d{2})(\d{2})(\d{2})(Z)?)?$/;

/** The values of DTSTART, DTEND, EXDATE, RDATE and RECURRENCE-ID; a text is why there is none. */
export function readTimes({ name, params, value }: ContentLine, zones: Zones): IcsTime[] | string {
  const tzid = params.get('TZID');
  const zone = tzid === undefined ? null : ianaZone(tzid, zones.isZone);
  if (tzid !== undefined && zone === null) return `${name} is in a time zone that we do not know.`;
  const times: IcsTime[] = [];
  for (const said of value.split(',')) {
    const time = readTime(said.trim(), zone);
    if (!time) return `${name} is no day and no moment. Write it as 20261224 or 20261224T120000Z.`;
    times.push(time);
  }
  return times;
}

export function readTime(said: string, zone: string | null): IcsTime | null {
  const [, year, month, day, hour, minute, second, utc] = TIME.exec(said) ?? [];
  if (!year) return null;
  const [h, m, s] = [Number(hour ?? 0), Number(minute ?? 0), Math.min(Number(second ?? 0), 59)]; // 60 is a leap second
  const wall = Date.UTC(Number(year), Number(month) - 1, Number(day), h, m, s);
  const date = new Date(wall);
  const exists = date.getUTCMonth() === Number(month) - 1 && date.getUTCDate() === Number(day) && h < 24 && m < 60;
  const known = Number(year) >= 1970 && Number(year) < 2200 && Number(second ?? 0) <= 60;
  if (!exists || !known) return null;
  if (hour === undefined) return { wall, allDay: true, zone: null };
  return { wall, allDay: false, zone: utc ? 'UTC' : zone };
}

/** Comparable even if one is written in UTC and the other by the clock of a zone. Floating times compare as digits. */
export const instantOfTime = ({ wall, zone }: IcsTime, zones: Zones): number =>
  zone === null || zone === 'UTC' ? wall : zones.instantOf(zone, wall);

const DURATION = /^\+?P(?:(\d{1,4})W|(?:(\d{1,5})D)?(?:T(?:(\d{1,6})H)?(?:(\d{1,6})M)?(?:(\d{1,7})S)?)?)$/;

/** Milliseconds, or null for what is none. */
export function readDuration(said: string): number | null {
  const found = DURATION.exec(said);
  if (!found || !/\d/.test(said)) return null;
  const [weeks, days, hours, minutes, seconds] = found.slice(1).map((part) => Number(part ?? 0));
  return (((weeks! * 7 + days!) * 24 + hours!) * 60 + minutes!) * 60_000 + seconds! * 1000;
}

/** `2026-12-24`, or `2026-12-24T12:00:00`. */
export const writeWall = (wall: number, allDay: boolean): string =>
  new Date(wall).toISOString().slice(0, allDay ? 10 : 19);
