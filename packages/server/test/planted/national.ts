/** Made-up national ids that pass their check, each by its definition. */
import type { Chance } from './chance.ts';

const sum = (body: string, weights: readonly number[]): number =>
  weights.reduce((total, weight, i) => total + weight * Number(body[i]), 0);
const two = (value: number): string => `${value}`.padStart(2, '0');
const birthday = (chance: Chance): string =>
  two(60 + chance.under(39)) + two(1 + chance.under(12)) + two(1 + chance.under(28));

/** Draws until what is drawn holds: for checks that not every body can pass. */
function until(draw: () => string | null): string {
  for (let i = 0; i < 10_000; i++) {
    const drawn = draw();
    if (drawn !== null) return drawn;
  }
  throw new Error('nothing that was drawn passes');
}

/** The product of the dihedral group D5, from its definition: a rotation is 0–4, a reflection 5–9. */
function dihedral(a: number, b: number): number {
  if (a < 5 && b < 5) return (a + b) % 5;
  if (a < 5) return ((a + b) % 5) + 5;
  if (b < 5) return ((a - b + 5) % 5) + 5;
  return (a - b + 5) % 5;
}
const STEP = [1, 5, 7, 6, 2, 8, 3, 0, 9, 4];

function verhoeffHolds(digits: string): boolean {
  let check = 0;
  for (let i = 0; i < digits.length; i++) {
    let value = Number(digits[digits.length - 1 - i]);
    for (let k = 0; k < i % 8; k++) value = STEP[value]!;
    check = dihedral(check, value);
  }
  return check === 0;
}

const ODD_VALUES = [1, 0, 5, 7, 9, 13, 15, 17, 19, 21, 2, 4, 18, 20, 11, 3, 6, 8, 12, 14, 16, 10, 22, 25, 24, 23];
const ordinal = (sign: string): number => (/\d/.test(sign) ? Number(sign) : sign.charCodeAt(0) - 65);

export const NATIONAL: Readonly<Record<string, (chance: Chance) => string>> = {
  US: (c) => `${c.pick(['219', '078', '457', '123'])}-${two(1 + c.under(99))}-${c.digits(4)}`,
  GB: (c) =>
    c.pick(['', ' ']).length
      ? `AB ${c.digits(2)} ${c.digits(2)} ${c.digits(2)} ${c.pick(['A', 'B', 'C', 'D'])}`
      : `JG${c.digits(6)}${c.pick(['A', 'B', 'C', 'D'])}`,
  DE: (c) =>
    until(() => {
      const ten = c.digits(10);
      const kinds = new Set(ten).size;
      if (kinds !== 9) return null;
      let product = 10;
      for (const sign of ten) product = (((Number(sign) + product) % 10 || 10) * 2) % 11;
      const all = `${ten}${(11 - product) % 10}`;
      return c.percent(50) ? all : `${all.slice(0, 2)} ${all.slice(2, 5)} ${all.slice(5, 8)} ${all.slice(8)}`;
    }),
  CH: (c) => {
    const body = `756${c.digits(9)}`;
    const check = (10 - (sum(body, [1, 3, 1, 3, 1, 3, 1, 3, 1, 3, 1, 3]) % 10)) % 10;
    return `756.${body.slice(3, 7)}.${body.slice(7, 11)}.${body.slice(11)}${check}`;
  },
  FR: (c) => {
    const body = `${c.pick(['1', '2'])}${two(50 + c.under(49))}${two(1 + c.under(12))}${two(1 + c.under(95))}${c.digits(3)}${c.digits(3)}`;
    const key = two(97 - Number(BigInt(body) % 97n));
    return c.percent(50)
      ? body + key
      : `${body[0]} ${body.slice(1, 3)} ${body.slice(3, 5)} ${body.slice(5, 7)} ${body.slice(7, 10)} ${body.slice(10)} ${key}`;
  },
  ES: (c) => {
    const body = c.digits(8);
    return `${body}${c.pick(['', '', '-'])}${'TRWAGMYFPDXBNJZSQVHLCKE'[Number(body) % 23]}`;
  },
  ESN: (c) => {
    const [first, body] = [c.under(3), c.digits(7)];
    return `${'XYZ'[first]}${body}${'TRWAGMYFPDXBNJZSQVHLCKE'[Number(`${first}${body}`) % 23]}`;
  },
  IT: (c) => {
    const body = `RSSMRA${two(50 + c.under(49))}${c.pick(['A', 'C', 'H', 'T'])}${two(1 + c.under(28))}F${c.digits(3)}`;
    const total = [...body].reduce((t, sign, i) => t + (i % 2 === 0 ? ODD_VALUES[ordinal(sign)]! : ordinal(sign)), 0);
    return body + String.fromCharCode(65 + (total % 26));
  },
  BR: (c) => {
    const digit = (body: string): string => {
      const rest = [...body].reduce((t, sign, i) => t + Number(sign) * (body.length + 1 - i), 0) % 11;
      return rest < 2 ? '0' : `${11 - rest}`;
    };
    const nine = c.digits(9);
    const ten = nine + digit(nine);
    const all = ten + digit(ten);
    return c.percent(70) ? `${all.slice(0, 3)}.${all.slice(3, 6)}.${all.slice(6, 9)}-${all.slice(9)}` : all;
  },
  PT: (c) => {
    const body = `2${c.digits(7)}`;
    const rest = sum(body, [9, 8, 7, 6, 5, 4, 3, 2]) % 11;
    return `${body}${rest < 2 ? 0 : 11 - rest}`;
  },
  IN: (c) =>
    until(() => {
      const all = `${2 + c.under(8)}${c.digits(11)}`;
      return !verhoeffHolds(all) ? null : c.percent(70) ? `${all.slice(0, 4)} ${all.slice(4, 8)} ${all.slice(8)}` : all;
    }),
  JP: (c) => {
    const body = c.digits(11);
    const rest = [...body].reverse().reduce((t, sign, i) => t + Number(sign) * (i < 6 ? i + 2 : i - 4), 0) % 11;
    const all = `${body}${rest <= 1 ? 0 : 11 - rest}`;
    return c.percent(50) ? all : `${all.slice(0, 4)}-${all.slice(4, 8)}-${all.slice(8)}`;
  },
  NL: (c) =>
    until(() => {
      const all = c.digits(9);
      return sum(all, [9, 8, 7, 6, 5, 4, 3, 2, -1]) % 11 === 0 ? all : null;
    }),
  PL: (c) => {
    const body = birthday(c) + c.digits(4);
    return `${body}${(10 - (sum(body, [1, 3, 7, 9, 1, 3, 7, 9, 1, 3]) % 10)) % 10}`;
  },
  TR: (c) => {
    const nine = c.digits(9);
    const odd = [0, 2, 4, 6, 8].reduce((t, i) => t + Number(nine[i]), 0);
    const even = [1, 3, 5, 7].reduce((t, i) => t + Number(nine[i]), 0);
    const tenth = (((odd * 7 - even) % 10) + 10) % 10;
    return `${nine}${tenth}${(odd + even + tenth) % 10}`;
  },
  ID: (c) =>
    `${c.pick(['3171', '3273', '3578', '5171'])}${two(1 + c.under(20))}${two(1 + c.under(28))}${two(1 + c.under(12))}${two(60 + c.under(39))}000${1 + c.under(9)}`,
  KR: (c) => `${birthday(c)}-${c.pick(['1', '2'])}${c.digits(6)}`,
  CN: (c) => {
    const body = `110105${1960 + c.under(40)}${two(1 + c.under(12))}${two(1 + c.under(28))}${c.digits(3)}`;
    return body + '10X98765432'[sum(body, [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2]) % 11];
  },
  SA: (c) => {
    const body = `${c.pick(['1', '2'])}${c.digits(8)}`;
    const total = [...body].reduce(
      (t, sign, i) => t + (i % 2 === 0 ? [...`${Number(sign) * 2}`].reduce((s, d) => s + Number(d), 0) : Number(sign)),
      0,
    );
    return `${body}${(10 - (total % 10)) % 10}`;
  },
  EG: (c) => `2${birthday(c)}${c.pick(['01', '02', '21', '12'])}${c.digits(5)}`,
};
