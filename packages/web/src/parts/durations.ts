/** How long something takes or took, as people say it: two units at most, and never seconds. */
import { formatter } from './formatters.ts';

const UNITS = [
  ['day', 86_400_000],
  ['hour', 3_600_000],
  ['minute', 60_000],
] as const;

/**
 * @example
 * sayDuration(5_400_000, 'en'); // '1 hr 30 min'
 */
export function sayDuration(ms: number, language: string): string {
  const long = Math.abs(ms);
  const first = UNITS.findIndex(([, length]) => long >= length);
  if (first < 0) return sayUnit(0, 'minute', language);
  let rest = long;
  const parts: string[] = [];
  for (const [unit, length] of UNITS.slice(first, first + 2)) {
    const whole = Math.floor(rest / length);
    rest -= whole * length;
    if (whole > 0) parts.push(sayUnit(whole, unit, language));
  }
  return parts.join(' ');
}

const sayUnit = (value: number, unit: string, language: string): string =>
  formatter(Intl.NumberFormat, language, { style: 'unit', unit, unitDisplay: 'short' }).format(value);
