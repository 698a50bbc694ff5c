/** National ids by country: how they are written, and the check that they pass. */
import { isMonthAndDay, luhn, mod11And10, remainder, verhoeff, weighted } from './checks.ts';

export interface NationalId {
  readonly country: string;
  readonly name: string;
  /** Digits it has. */
  readonly length: number;
  readonly holds: (digits: string) => boolean;
  /** Ways of grouping that leave no doubt even where nothing else is said; together with `holds`. */
  readonly plainShapes?: RegExp;
  /** Other ways of grouping; ungrouped is always one. */
  readonly shapes?: RegExp;
}

const part = (digits: string, from: number, to: number): number => Number(digits.slice(from, to));
const last = (digits: string): number => part(digits, digits.length - 1, digits.length);
const allAlike = (digits: string): boolean => /^(\d)\1+$/.test(digits);

/** No check digit; numbers that the office never gave out are known. */
const ssn = (d: string): boolean =>
  !/^(?:000|666)/.test(d) &&
  !(d[0] === '9' && !/^9\d\d(?:5\d|6[0-5]|7\d|8[0-8]|9[0-2]|9[4-9])/.test(d)) &&
  !/^\d{3}00/.test(d) &&
  !d.endsWith('0000') &&
  !allAlike(d);

/** One digit stands twice or three times among the first ten, the others once or never. */
function steuerId(d: string): boolean {
  if (d[0] === '0' || !mod11And10(d)) return false;
  const kinds = new Set(d.slice(0, 10)).size;
  return kinds === 9 || kinds === 8;
}

function nir(d: string): boolean {
  const month = part(d, 3, 5);
  const possible = /^[1-478]/.test(d) && ((month >= 1 && month <= 12) || (month >= 20 && month <= 42) || month >= 50);
  return possible && 97 - remainder(d.slice(0, 13), 97) === part(d, 13, 15);
}

function cpf(d: string): boolean {
  const check = (n: number): number =>
    ((weighted(
      d.slice(0, n),
      Array.from({ length: n }, (_, i) => n + 1 - i),
    ) *
      10) %
      11) %
    10;
  return !allAlike(d) && check(9) === part(d, 9, 10) && check(10) === part(d, 10, 11);
}

function myNumber(d: string): boolean {
  const rest = weighted(d, [6, 5, 4, 3, 2, 7, 6, 5, 4, 3, 2]) % 11;
  return !allAlike(d) && (rest <= 1 ? 0 : 11 - rest) === last(d);
}

function bsn(d: string): boolean {
  return !allAlike(d) && weighted(d, [9, 8, 7, 6, 5, 4, 3, 2, -1]) % 11 === 0;
}

function pesel(d: string): boolean {
  const month = part(d, 2, 4) % 20;
  return isMonthAndDay(month, part(d, 4, 6)) && weighted(d, [1, 3, 7, 9, 1, 3, 7, 9, 1, 3, 1]) % 10 === 0;
}

function tckn(d: string): boolean {
  if (d[0] === '0') return false;
  const odd = weighted(d, [1, 0, 1, 0, 1, 0, 1, 0, 1]);
  const even = weighted(d, [0, 1, 0, 1, 0, 1, 0, 1]);
  const tenth = (((odd * 7 - even) % 10) + 10) % 10;
  return tenth === part(d, 9, 10) && (odd + even + tenth) % 10 === last(d);
}

/** No check digit: province, and a birthday in which women have 40 added to the day. */
function nik(d: string): boolean {
  const day = part(d, 6, 8);
  return (
    /^(?:1[1-9]|2[1]|3[1-6]|5[1-3]|6[1-5]|7[1-6]|8[12]|9[1-7])/.test(d) &&
    isMonthAndDay(part(d, 8, 10), day > 40 ? day - 40 : day) &&
    !d.endsWith('0000')
  );
}

/** Since 2020 the last digit proves nothing any more: a birthday and a century are what is left. */
const rrn = (d: string): boolean => isMonthAndDay(part(d, 2, 4), part(d, 4, 6)) && /[1-8]/.test(d[6]!);

const CN_WEIGHTS = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
const CN_CHECKS = '10X98765432';

/** Of 17 digits, the check sign that belongs to them. */
export const checkOfResident = (d: string): string => CN_CHECKS[weighted(d, CN_WEIGHTS) % 11]!;
export const isResidentBody = (d: string): boolean =>
  /^[1-8]/.test(d) && /^(?:18|19|20)/.test(d.slice(6)) && isMonthAndDay(part(d, 10, 12), part(d, 12, 14));

function ahv(d: string): boolean {
  return d.startsWith('756') && weighted(d, [1, 3, 1, 3, 1, 3, 1, 3, 1, 3, 1, 3, 1]) % 10 === 0;
}

function nif(d: string): boolean {
  const rest = weighted(d, [9, 8, 7, 6, 5, 4, 3, 2]) % 11;
  return /^[1-35689]/.test(d) && (rest < 2 ? 0 : 11 - rest) === last(d);
}

const saudi = (d: string): boolean => /^[12]/.test(d) && luhn(d);

/** No check digit that the office tells: a century, a birthday and the province of birth. */
const egyptian = (d: string): boolean =>
  /^[23]/.test(d) &&
  isMonthAndDay(part(d, 3, 5), part(d, 5, 7)) &&
  /^(?:0[1-4]|1[1-9]|2[1-9]|3[1-5]|88)/.test(d.slice(7));

/** The ids that are digits alone; those with letters stand in `lettered-id.ts`. */
export const DIGIT_IDS: readonly NationalId[] = [
  {
    country: 'CN',
    name: 'Resident identity number',
    length: 18,
    holds: (d) => isResidentBody(d) && checkOfResident(d) === d[17],
    plainShapes: /^(?:18|6-8-4)$/,
  },
  { country: 'ID', name: 'NIK', length: 16, holds: nik, shapes: /^(?:6-6-4|4-4-4-4)$/ },
  {
    country: 'FR',
    name: 'Numéro de sécurité sociale',
    length: 15,
    holds: nir,
    plainShapes: /^(?:1-2-2-2-3-3-2|13-2|15)$/,
    shapes: /^1-2-2-2-6-2|1-2-2-5-3-2$/,
  },
  { country: 'EG', name: 'National identity number', length: 14, holds: egyptian },
  { country: 'SA', name: 'National identity number', length: 10, holds: saudi },
  { country: 'CH', name: 'AHV-Nummer', length: 13, holds: ahv, plainShapes: /^(?:3-4-4-2|13)$/ },
  { country: 'KR', name: 'Resident registration number', length: 13, holds: rrn, shapes: /^6-7$/ },
  {
    country: 'IN',
    name: 'Aadhaar',
    length: 12,
    holds: (d) => /^[2-9]/.test(d) && !allAlike(d) && verhoeff(d),
    shapes: /^4-4-4$/,
  },
  { country: 'JP', name: 'My Number', length: 12, holds: myNumber, shapes: /^4-4-4$/ },
  { country: 'BR', name: 'CPF', length: 11, holds: cpf, plainShapes: /^3-3-3-2$/, shapes: /^9-2$/ },
  { country: 'DE', name: 'Steuer-ID', length: 11, holds: steuerId, shapes: /^(?:2-3-3-3|3-3-3-2|1-10)$/ },
  { country: 'PL', name: 'PESEL', length: 11, holds: pesel, shapes: /^6-5$/ },
  { country: 'TR', name: 'TC kimlik numarası', length: 11, holds: tckn, shapes: /^(?:3-3-3-2|5-6)$/ },
  { country: 'US', name: 'Social Security number', length: 9, holds: ssn, shapes: /^3-2-4$/ },
  { country: 'NL', name: 'Burgerservicenummer', length: 9, holds: bsn, shapes: /^(?:3-3-3|4-2-3)$/ },
  { country: 'PT', name: 'Número de contribuinte', length: 9, holds: nif, shapes: /^3-3-3$/ },
  {
    country: 'CA',
    name: 'Social Insurance Number',
    length: 9,
    holds: (d) => d[0] !== '0' && d[0] !== '8' && luhn(d),
    shapes: /^3-3-3$/,
  },
];

/** The lengths above, to leave at once where no id can be. */
export const IDS_BY_LENGTH: ReadonlyMap<number, readonly NationalId[]> = new Map(
  [...new Set(DIGIT_IDS.map(({ length }) => length))].map((length) => [
    length,
    DIGIT_IDS.filter((id) => id.length === length),
  ]),
);
