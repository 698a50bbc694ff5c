/**
 * What a wall clock reads where, by the platform's own table of zones (Intl). Node 24 has no Temporal; a formatter is
 * made once per zone and asked once per zone and day, after that everything is a look into a table.
 *
 * A wall time is written as the milliseconds that the same digits would be in UTC.
 */

const DAY_MS = 86_400_000;
const SECOND_MS = 1000;
/** Instants that this package counts with. Outside, zones are guesses. */
const EARLIEST = Date.UTC(1970, 0, 1);
export const LATEST = Date.UTC(2200, 0, 1);

/** A stretch in which the zone keeps one offset. */
export interface Span {
  /** First instant of it, or where the question began. */
  readonly from: number;
  /** First instant behind it, or where the question ended. */
  readonly to: number;
  /** Wall time minus UTC, in ms. */
  readonly offsetMs: number;
}

interface Zone {
  readonly format: Intl.DateTimeFormat;
  /** By UTC year: when an offset begins (the first at the start of the year), and which. */
  readonly years: Map<number, Year>;
}
interface Year {
  readonly starts: readonly number[];
  readonly offsets: readonly number[];
}

const zones = new Map<string, Zone>();
/** Names come from people: what they can make us keep has an end. There are about 600, and links of them. */
const ZONES_MAX = 1_000;

function zoneNamed(name: string): Zone {
  const known = zones.get(name);
  if (known) return known;
  if (!isZone(name)) throw new RangeError(`"${name}" is no time zone that this machine knows`);
  const zone = { format: formatOf(name), years: new Map<number, Year>() };
  if (zones.size >= ZONES_MAX) zones.clear();
  zones.set(name, zone);
  return zone;
}

const formatOf = (name: string): Intl.DateTimeFormat =>
  new Intl.DateTimeFormat('en-US', { timeZone: name, timeZoneName: 'longOffset' });

/**
 * Whether this machine knows a zone by that name. Offsets such as `+02:00` are no zones: they have no summer time.
 * @example
 * isZone('Europe/Berlin'); // true
 */
export function isZone(name: string): boolean {
  if (!/^[A-Za-z][A-Za-z0-9_+\-/]{0,63}$/.test(name)) return false;
  if (zones.has(name)) return true;
  try {
    formatOf(name);
    return true;
  } catch {
    return false;
  }
}

/** As the platform says it: "1/1/1970, GMT-00:44:30". "GMT" alone is zero. */
function askOffset(format: Intl.DateTimeFormat, at: number): number {
  const said = format.format(at);
  const [, sign, hours, minutes, seconds] = /GMT(?:([+-])(\d{2}):(\d{2})(?::(\d{2}))?)?$/.exec(said) ?? [];
  if (!sign) return 0;
  const ms = (Number(hours) * 3600 + Number(minutes) * 60 + Number(seconds ?? 0)) * SECOND_MS;
  return sign === '-' ? -ms : ms;
}

/**
 * One year of a zone. Asked day by day and searched to the second where two days differ: two changes on one day that
 * undo each other are not seen, and no zone has had that since 1970 (zone.test.ts walks some of them by the hour).
 */
function readYear(format: Intl.DateTimeFormat, year: number): Year {
  const end = Date.UTC(year + 1, 0, 1);
  let at = Date.UTC(year, 0, 1);
  let offset = askOffset(format, at);
  const starts = [at];
  const offsets = [offset];
  while (at < end) {
    const next = Math.min(at + DAY_MS, end);
    const then = askOffset(format, next);
    if (then !== offset) {
      const turn = findTurn(format, at, next, offset);
      if (turn < end) {
        starts.push(turn);
        offsets.push(then);
      }
      offset = then;
    }
    at = next;
  }
  return { starts, offsets };
}

/** First second after `from` at which the offset is no longer `offset`. */
function findTurn(format: Intl.DateTimeFormat, from: number, to: number, offset: number): number {
  let [low, high] = [from / SECOND_MS, to / SECOND_MS];
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    if (askOffset(format, middle * SECOND_MS) === offset) low = middle;
    else high = middle;
  }
  return high * SECOND_MS;
}

function yearOf(zone: Zone, year: number): Year {
  const known = zone.years.get(year);
  if (known) return known;
  const read = readYear(zone.format, year);
  zone.years.set(year, read);
  return read;
}

/** @throws RangeError on what is no whole millisecond between 1970 and 2200 */
export function checkInstant(at: number, name: string): void {
  if (!(Number.isInteger(at) && at >= EARLIEST && at <= LATEST))
    throw new RangeError(`${name} must be whole milliseconds between 1970 and 2200, got ${at}`);
}

/**
 * Wall time minus UTC in a zone at an instant, in ms.
 * @example
 * offsetAt('Europe/Berlin', Date.UTC(2026, 6, 1)); // 7_200_000
 */
export function offsetAt(name: string, at: number): number {
  checkInstant(at, 'at');
  const { starts, offsets } = yearOf(zoneNamed(name), new Date(at).getUTCFullYear());
  let i = starts.length - 1;
  while (starts[i] > at) i--;
  return offsets[i];
}

/**
 * The span of one offset that `at` lies in, ended by `to` at the latest. Spans end with the UTC year too: two
 * neighbours may have the same offset.
 */
export function spanAt(name: string, at: number, to: number): Span {
  const year = new Date(at).getUTCFullYear();
  const { starts, offsets } = yearOf(zoneNamed(name), year);
  let i = starts.length - 1;
  while (starts[i] > at) i--;
  const end = i + 1 < starts.length ? starts[i + 1] : Date.UTC(year + 1, 0, 1);
  return { from: at, to: Math.min(end, to), offsetMs: offsets[i] };
}

/**
 * The instant at which a wall clock reads so. A reading that occurs twice means the first; one that is skipped means as
 * long after the gap as it lies in it (RFC 5545, 3.3.5).
 *
 * @param wall the same digits as milliseconds of UTC
 * @example
 * instantOf('Europe/Berlin', Date.UTC(2026, 2, 29, 2, 30)); // 01:30 UTC: 02:30 is skipped and means 03:30
 */
export function instantOf(name: string, wall: number): number {
  const before = offsetAt(name, Math.max(EARLIEST, wall - DAY_MS));
  const after = offsetAt(name, Math.min(LATEST, wall + DAY_MS));
  const early = wall - before;
  if (before === after || offsetAt(name, early) === before) return early;
  const late = wall - after;
  return offsetAt(name, late) === after ? late : early;
}
