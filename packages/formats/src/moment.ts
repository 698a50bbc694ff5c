/** Points in time as files write them. */

/** Either the moment or why it is none, in words. */
export type Moment = { readonly at: Date } | { readonly reason: string };

/** Which of day and month stands first where both are numbers. `ambiguous` when the values leave it open. */
export type MomentOrder = 'dmy' | 'mdy' | 'ymd' | 'ambiguous';

/**
 * Reads a moment: ISO 8601, `YYYY-MM-DD HH:MM:SS`, seconds or milliseconds since 1970, RFC 2822, `13/02/2024`, `Mar 5, 2024`.
 * Without a zone it is UTC. A day and a month that could be either are refused, never guessed, unless the order of the
 * whole column says which is which.
 *
 * @param order what `momentOrder` said of the column; a value that only fits the other order is refused then
 * @example
 * parseMoment('2024-03-05 10:00:00'); // { at: 2024-03-05T10:00:00.000Z }
 * parseMoment('03/04/2024');          // { reason: '"03/04/2024" can be 3 April or 4 March. …' }
 */
export function parseMoment(value: unknown, order?: MomentOrder | null): Moment {
  if (typeof value !== 'string' && typeof value !== 'number') return { reason: 'There is no time.' };
  const said = String(value).trim();
  if (said === '') return { reason: 'There is no time.' };
  const shown = /^[\d\s/.:+-]{1,40}$/.test(said) ? `"${said}"` : 'The value'; // a person's words are not repeated
  const read = fromNumber(said) ?? fromIso(said) ?? fromSlashes(said, shown, order) ?? fromWords(said);
  if (!read) return { reason: `${shown} is not a time that we know. Write it as 2024-04-03T10:15:00Z.` };
  if ('reason' in read) return read;
  const year = read.at.getTime() >= EARLIEST && read.at.getTime() < LATEST;
  return year ? read : { reason: `${shown} does not lie between 1990 and 2100.` };
}

const EARLIEST = Date.UTC(1990, 0, 1);
const LATEST = Date.UTC(2100, 0, 1);

/** Ten digits are seconds until 2286, thirteen milliseconds: no number of the years allowed can be both. */
function fromNumber(said: string): Moment | null {
  if (/^\d{9,10}(\.\d+)?$/.test(said)) return { at: new Date(Math.round(Number(said) * 1000)) };
  return /^\d{12,13}(\.\d+)?$/.test(said) ? { at: new Date(Math.round(Number(said))) } : null;
}

const TIME = String.raw`(\d{1,2}):(\d{2})(?::(\d{2})(?:[.,](\d{1,9}))?)?\s*(am|pm)?`;
const ZONE = String.raw`\s*(z|utc|gmt|[+-]\d{2}:?\d{2}|[+-]\d{2})?`;
const ISO = new RegExp(String.raw`^(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?:(?:[tT]|\s+)${TIME}${ZONE})?$`, 'i');
const SLASHES = new RegExp(String.raw`^(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})(?:,?\s+${TIME}${ZONE})?$`, 'i');

function fromIso(said: string): Moment | null {
  const [, year, month, day, ...rest] = ISO.exec(said) ?? [];
  return year ? atDay(Number(year), Number(month), Number(day), rest) : null;
}

function fromSlashes(said: string, shown: string, order: MomentOrder | null | undefined): Moment | null {
  const [, a, b, year, ...rest] = SLASHES.exec(said) ?? [];
  if (!year) return null;
  const [first, second] = [Number(a), Number(b)];
  if (order === 'dmy') return atDay(Number(year), second, first, rest);
  if (order === 'mdy' && !said.includes('.')) return atDay(Number(year), first, second, rest);
  if (first > 12 || said.includes('.')) return atDay(Number(year), second, first, rest); // dots: day first, everywhere
  if (second > 12 || first === second) return atDay(Number(year), first, second, rest);
  const either = `${first} ${MONTHS[second - 1]} or ${second} ${MONTHS[first - 1]}`;
  return { reason: `${shown} can be ${either}. Write it as ${year}-MM-DD.` };
}

/**
 * Whether the day or the month stands first in a column, judged by all of it: one 25/12/2024 settles every 03/04/2024.
 *
 * @returns `ymd` when all name the year first, `ambiguous` when nothing settles it or the values contradict each other,
 *          null when no value is a date of numbers
 * @example
 * momentOrder(['03/04/2024', '25/12/2024']); // 'dmy'
 */
export function momentOrder(values: Iterable<unknown>): MomentOrder | null {
  const seen = { dmy: 0, mdy: 0, ymd: 0, open: 0 };
  for (const value of values) {
    if (typeof value !== 'string') continue;
    const said = value.trim();
    const [, a, b] = SLASHES.exec(said) ?? [];
    const [first, second] = [Number(a), Number(b)];
    if (!a) seen.ymd += ISO.test(said) ? 1 : 0;
    else if (said.includes('.') || (first > 12 && first <= 31 && second <= 12)) seen.dmy += 1;
    else if (second > 12 && second <= 31 && first <= 12) seen.mdy += 1;
    else seen.open += 1;
  }
  if (seen.dmy > 0 && seen.mdy > 0) return 'ambiguous';
  if (seen.dmy > 0) return 'dmy';
  if (seen.mdy > 0) return 'mdy';
  if (seen.open > 0) return 'ambiguous';
  return seen.ymd > 0 ? 'ymd' : null;
}

type TimeParts = (string | undefined)[];

/** Null when there is no such day or hour: 30 February is a mistake, not 1 March. */
function atDay(year: number, month: number, day: number, [hh, mm, ss, fraction, half, zone]: TimeParts): Moment | null {
  const hours = half ? (Number(hh) % 12) + (half.toLowerCase() === 'pm' ? 12 : 0) : Number(hh ?? 0);
  const [minutes, seconds] = [Number(mm ?? 0), Number(ss ?? 0)];
  const ms = Number(`0.${fraction ?? 0}`) * 1000;
  const date = new Date(Date.UTC(year, month - 1, day, hours, minutes, seconds, Math.floor(ms)));
  const same = date.getUTCFullYear() === year && date.getUTCMonth() === month - 1 && date.getUTCDate() === day;
  const offset = offsetMs(zone);
  if (!same || hours > 23 || minutes > 59 || seconds > 59 || offset === null) return null;
  return { at: new Date(date.getTime() - offset) };
}

/** No clock on earth is further from UTC. */
const OFFSET_HOURS_MAX = 14;

/** Null for an offset that is none, such as +99:99. */
function offsetMs(zone: string | undefined): number | null {
  const [, sign, hours, minutes] = /^([+-])(\d{2}):?(\d{2})?$/.exec(zone ?? '') ?? [];
  if (!sign) return 0;
  const ms = (Number(hours) * 60 + Number(minutes ?? 0)) * 60_000;
  if (ms > OFFSET_HOURS_MAX * 3_600_000 || Number(minutes ?? 0) > 59) return null;
  return sign === '-' ? -ms : ms;
}

const MONTHS = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
];

const monthOf = (word: string): number =>
  MONTHS.findIndex((month) => month.slice(0, 3).toLowerCase() === word.slice(0, 3).toLowerCase()) + 1;

const DAY_FIRST = new RegExp(
  String.raw`^(?:[a-z]{3,9},?\s+)?(\d{1,2})[\s-]([a-z]{3,9})\.?,?[\s-](\d{4})(?:,?\s+${TIME}${ZONE}(?:\s*\([a-z ]+\))?)?$`,
  'i',
);
const MONTH_FIRST = new RegExp(
  String.raw`^(?:[a-z]{3,9},?\s+)?([a-z]{3,9})\.?\s+(\d{1,2}),?\s+(\d{4})(?:,?\s+(?:at\s+)?${TIME}${ZONE})?$`,
  'i',
);

/** RFC 2822 (`Tue, 05 Mar 2024 10:00:00 +0100`) and its everyday cousins. English only. */
function fromWords(said: string): Moment | null {
  const [, day, month, year, ...rest] = DAY_FIRST.exec(said) ?? [];
  if (year) return atDay(Number(year), monthOf(month!), Number(day), rest);
  const [, month2, day2, year2, ...rest2] = MONTH_FIRST.exec(said) ?? [];
  return year2 ? atDay(Number(year2), monthOf(month2!), Number(day2), rest2) : null;
}
