/** Numbers as people read them. */
import { formatter } from './formatters.ts';

/**
 * How many times as many: one decimal below ten, whole above.
 * @example
 * sayRatio(6.21, 'en'); // '6.2×'
 */
export function sayRatio(ratio: number, language: string): string {
  const digits = ratio < 10 ? 1 : 0;
  const said = formatter(Intl.NumberFormat, language, { minimumFractionDigits: digits, maximumFractionDigits: digits });
  // isolated, so that the sign stays behind the number in a line that reads from the right
  return isRightToLeft(language) ? `\u2066${said.format(ratio)}×\u2069` : `${said.format(ratio)}×`;
}

const RIGHT_TO_LEFT = new Set(['ar', 'fa', 'he', 'ur', 'ps', 'ckb', 'yi']);

function isRightToLeft(language: string): boolean {
  return RIGHT_TO_LEFT.has(language.split('-')[0] ?? '');
}

/**
 * @example
 * sayNumber(1284, 'en'); // '1,284'
 */
export function sayNumber(value: number, language: string, digits = 0): string {
  return formatter(Intl.NumberFormat, language, { maximumFractionDigits: digits }).format(value);
}

/**
 * @example
 * sayShare(0.883, 'en'); // '88%'
 */
export function sayShare(share: number, language: string): string {
  const digits = share > 0 && share < 0.01 ? 1 : 0;
  return formatter(Intl.NumberFormat, language, { style: 'percent', maximumFractionDigits: digits }).format(share);
}

/**
 * Bytes in the largest unit that keeps the number readable.
 * @example
 * sayBytes(1_400_000, 'en'); // '1.3 MB'
 */
export function sayBytes(bytes: number, language: string): string {
  const units = ['byte', 'kilobyte', 'megabyte', 'gigabyte'] as const;
  let step = 0;
  let size = bytes;
  while (size >= 1024 && step < units.length - 1) {
    size /= 1024;
    step++;
  }
  const digits = size < 10 && step > 0 ? 1 : 0;
  return formatter(Intl.NumberFormat, language, {
    style: 'unit',
    unit: units[step],
    unitDisplay: 'short',
    maximumFractionDigits: digits,
  }).format(size);
}

const SPANS = [
  ['day', 86_400],
  ['hour', 3600],
  ['minute', 60],
  ['second', 1],
] as const;

/**
 * A short stretch of time in the largest unit that fits it evenly or at least one and a half times.
 * @example
 * saySpan(86_400, 'en'); // '1 day'
 * saySpan(5000, 'en'); // '83 min'
 */
export function saySpan(seconds: number, language: string): string {
  const fits = ([, length]: (typeof SPANS)[number]) =>
    seconds >= 1.5 * length || (seconds >= length && seconds % length === 0);
  const [unit, length] = SPANS.find(fits) ?? SPANS[3];
  return formatter(Intl.NumberFormat, language, {
    style: 'unit',
    unit,
    unitDisplay: 'short',
    maximumFractionDigits: 0,
  }).format(seconds / length);
}

/**
 * A language by its name, in the language of the reader.
 * @example
 * sayLanguage('pt', 'en'); // 'Portuguese'
 */
export function sayLanguage(tag: string, language: string): string {
  try {
    return formatter(Intl.DisplayNames, language, { type: 'language' }).of(tag) ?? tag;
  } catch {
    return tag; // not a language tag: shown as it came
  }
}
