/** Check digits: the arithmetic by which a number proves that it was not made up by chance. */

const digit = (text: string, i: number): number => text.charCodeAt(i) - 48;

export function weighted(digits: string, weights: readonly number[]): number {
  return weights.reduce((sum, weight, i) => sum + weight * digit(digits, i), 0);
}

/** Cards, and the insurance number of Canada (ISO/IEC 7812-1). */
export function luhn(digits: string): boolean {
  let sum = 0;
  for (let i = digits.length - 1, twice = false; i >= 0; i--, twice = !twice) {
    const value = digit(digits, i) * (twice ? 2 : 1);
    sum += value > 9 ? value - 9 : value;
  }
  return sum % 10 === 0;
}

/** ISO/IEC 7064 over letters and digits as an IBAN has them, the first four moved to the end. */
export function mod97(compact: string): number {
  let rest = 0;
  const turned = compact.slice(4) + compact.slice(0, 4);
  for (let i = 0; i < turned.length; i++) {
    const value = Number.parseInt(turned[i]!, 36);
    rest = (rest * (value > 9 ? 100 : 10) + value) % 97;
  }
  return rest;
}

/** The remainder of a number that is too long for a JavaScript number. */
export function remainder(digits: string, by: number): number {
  let rest = 0;
  for (let i = 0; i < digits.length; i++) rest = (rest * 10 + digit(digits, i)) % by;
  return rest;
}

/** ISO/IEC 7064, MOD 11,10: the tax id of Germany. */
export function mod11And10(digits: string): boolean {
  let product = 10;
  for (let i = 0; i < digits.length - 1; i++) {
    const sum = (digit(digits, i) + product) % 10 || 10;
    product = (sum * 2) % 11;
  }
  return (11 - product) % 10 === digit(digits, digits.length - 1);
}

/** The multiplication of the dihedral group D5, and how a place permutes a digit (Verhoeff 1969). */
const TIMES = [
  '0123456789',
  '1234067895',
  '2340178956',
  '3401289567',
  '4012395678',
  '5987604321',
  '6598710432',
  '7659821043',
  '8765932104',
  '9876543210',
];
const PERMUTED = [
  '0123456789',
  '1576283094',
  '5803796142',
  '8916043527',
  '9453126870',
  '4286573901',
  '2793806415',
  '7046913258',
];

export function verhoeff(digits: string): boolean {
  let check = 0;
  for (let i = 0; i < digits.length; i++) {
    const permuted = digit(PERMUTED[i % 8]!, digit(digits, digits.length - 1 - i));
    check = digit(TIMES[check]!, permuted);
  }
  return check === 0;
}

/** True for a month and a day that a calendar can have; February has 29 days here. */
export function isMonthAndDay(month: number, day: number): boolean {
  const days = [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31][month - 1];
  return days !== undefined && day >= 1 && day <= days;
}
