/** Numbers of payment cards. */
import { luhn } from './checks.ts';

/** Who issues: the beginning of the number, and how long it then is. */
const ISSUERS: readonly (readonly [RegExp, readonly number[]])[] = [
  [/^4/, [13, 16, 19]], // Visa
  [/^5[1-5]/, [16]],
  [/^2(?:22[1-9]|2[3-9]|[3-6]|7[01]|720)/, [16]], // Mastercard
  [/^3[47]/, [15]], // American Express
  [/^(?:6011|64[4-9]|65)/, [16, 19]], // Discover
  [/^3(?:0[0-5]|095)/, [14, 16]],
  [/^3[689]/, [14, 16]], // Diners
  [/^35(?:2[89]|[3-8])/, [16]], // JCB
  [/^62/, [16, 17, 18, 19]], // UnionPay
  [/^(?:5018|5020|5038|5[678]|6304|6759|676[1-3])/, [13, 14, 15, 16, 17, 18, 19]], // Maestro
  [/^(?:60|81|82|508)/, [16]], // RuPay
  [/^220[0-4]/, [16, 17, 18, 19]], // Mir
  [/^9792/, [16]], // Troy
  [/^(?:606282|384100|637|4011|438935|451416|504175|5067|509|627780|636)/, [16]], // Hipercard, Elo
];

/** How digits are grouped on a card and by those who copy it. */
const SHAPES = new Set([
  '4-4-4-4',
  '4-6-5',
  '4-6-4',
  '4-4-4-4-3',
  '4-4-4-4-2',
  '4-4-4-1',
  '6-13',
  '4-4-4-3',
  '4-4-5',
  '4-4-4-4-1',
  '8-8',
]);

export const isCard = (digits: string, shape: string): boolean =>
  (shape === `${digits.length}` || SHAPES.has(shape)) &&
  ISSUERS.some(([begins, lengths]) => lengths.includes(digits.length) && begins.test(digits)) &&
  luhn(digits) &&
  !/^(\d)\1+$/.test(digits);
