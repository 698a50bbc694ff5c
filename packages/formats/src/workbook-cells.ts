/** Cells of a worksheet as values: what the number formats make a date, what stands in a cell, how columns are called. */
import type { Cell } from './rows.ts';

/** Built-in number formats that show a day or a time, those of East Asia and Thailand included; 45 to 47 are durations. */
const DATE_FORMATS = new Set([
  14,
  15,
  16,
  17,
  18,
  19,
  20,
  21,
  22,
  ...range(27, 36),
  ...range(50, 58),
  ...range(71, 81),
]);

function range(from: number, to: number): number[] {
  return Array.from({ length: to - from + 1 }, (_, i) => from + i);
}

/** Whether a number format shows a date or a time of day. `pattern` is null for a built-in one. */
export function isDateFormat(id: number, pattern: string | null): boolean {
  if (pattern === null) return DATE_FORMATS.has(id);
  const bare = pattern.replace(/"[^"]*"?|\\.|_.|\*./g, '');
  if (/\[(h+|m+|s+)\]/i.test(bare)) return false; // a duration: a number of days
  const first = bare.replace(/\[[^\]]*\]/g, '').split(';')[0] ?? '';
  return /[ymdhs]/i.test(first) && !/general/i.test(first);
}

const DAY_MS = 86_400_000;
const EPOCH_1900 = Date.UTC(1899, 11, 30);
const EPOCH_1904 = Date.UTC(1904, 0, 1);
/** The last day of the year 9999. */
const SERIAL_MAX = 2_958_466;

/**
 * A serial date as ISO 8601; a whole number is a day, less than one a time of day. A workbook knows no zone.
 * Null when the number is no date.
 *
 * @param serial days since the start of 1900 or of 1904
 * @source ECMA-376 part 1, 18.17.4: serial 60 of the 1900 system is a 29 February that never was
 */
export function serialDate(serial: number, is1904: boolean): string | null {
  if (!(serial >= 0) || serial >= SERIAL_MAX) return null;
  const days = !is1904 && serial < 60 ? serial + 1 : serial;
  const at = new Date((is1904 ? EPOCH_1904 : EPOCH_1900) + Math.round(days * DAY_MS));
  const [day, time] = at
    .toISOString()
    .replace(/(\.000)?Z$/, '')
    .split('T') as [string, string];
  if (serial < 1) return time;
  return time === '00:00:00' ? day : `${day}T${time}`;
}

/** A cell as it stands in the file. `value` and `words` are null where the element is missing. */
export interface RawCell {
  readonly type: string;
  readonly style: number;
  readonly value: string | null;
  readonly words: string | null;
}

export interface Book {
  readonly strings: readonly string[];
  /** Per style: whether it shows a date. */
  readonly dates: readonly boolean[];
  readonly is1904: boolean;
}

/** Errors (`#N/A`) and formulas that nobody has calculated say nothing: null. */
export function cellValue({ type, style, value, words }: RawCell, { strings, dates, is1904 }: Book): Cell {
  if (type === 'inlineStr') return words === null ? null : unescaped(words);
  if (value === null || type === 'e') return null;
  if (type === 'str') return unescaped(value);
  if (type === 'd') return value.trim() || null;
  if (value.trim() === '') return null;
  const number = Number(value);
  if (!Number.isFinite(number)) return null;
  if (type === 's') return strings[number] ?? null;
  if (type === 'b') return number !== 0;
  return (dates[style] && serialDate(number, is1904)) || number;
}

/** Excel writes what XML cannot hold as `_x000D_`, and an underscore that would look like it as `_x005F_`. */
export const unescaped = (words: string): string =>
  words.includes('_x')
    ? words.replace(/_x([0-9A-F]{4})_/gi, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)))
    : words;

/** The place of a column, from 0; -1 when the address says none. @example columnOf('AB12'); // 27 */
export function columnOf(address: string): number {
  const letters = /^\$?([A-Z]{1,3})\$?\d*$/i.exec(address)?.[1]?.toUpperCase() ?? '';
  let place = 0;
  for (const letter of letters) place = place * 26 + letter.charCodeAt(0) - 64;
  return place - 1;
}

/** @example columnLetters(27); // 'AB' */
export function columnLetters(place: number): string {
  const rest = Math.floor(place / 26);
  return (rest > 0 ? columnLetters(rest - 1) : '') + String.fromCharCode(65 + (place % 26));
}
