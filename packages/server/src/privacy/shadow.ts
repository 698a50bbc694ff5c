/**
 * A text as a finder of numbers wants to read it: digits of every script as 0–9, full-width signs as ASCII, one kind of
 * space and of dash, nothing invisible. Places in it lead back to the text.
 */

/** The digit zero of every script in use; its nine others follow it. */
const ZEROS = [
  0x0660, 0x06f0, 0x07c0, 0x0966, 0x09e6, 0x0a66, 0x0ae6, 0x0b66, 0x0be6, 0x0c66, 0x0ce6, 0x0d66, 0x0de6, 0x0e50,
  0x0ed0, 0x0f20, 0x1040, 0x1090, 0x17e0, 0x1810, 0x1d7ce, 0x1d7d8, 0x1d7e2, 0x1d7ec, 0x1d7f6, 0x1fbf0,
];
const DIGITS = new Map(
  ZEROS.flatMap((zero) => Array.from({ length: 10 }, (_, i): [number, string] => [zero + i, `${i}`])),
);

/** What can stand unseen between two digits: joiners, marks of direction, soft hyphens, keycaps. */
const UNSEEN = '\u00ad\u034f\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2069\u20e3\ufe00-\ufe0f\ufeff';
const SPACES = '\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000';
const DASHES = '\u2010-\u2015\u2043\u2212\u30fc\ufe58\ufe63';
const DIGIT_BLOCKS = '\u0660-\u0669\u06f0-\u06f9\u07c0-\u1099\u17e0-\u17e9\u1810-\u1819\ud835\ud83e';

const ODD = new RegExp(`[${UNSEEN}${SPACES}${DASHES}${DIGIT_BLOCKS}\uff01-\uff5e]`);
const IS_UNSEEN = new RegExp(`[${UNSEEN}]`);
const IS_SPACE = new RegExp(`[${SPACES}]`);
const IS_DASH = new RegExp(`[${DASHES}]`);

export interface Shadow {
  readonly plain: string;
  /** Where in the text the character at `i` of `plain` begins, and where it ends. */
  startOf(i: number): number;
  endOf(i: number): number;
}

const same = (i: number): number => i;
const next = (i: number): number => i + 1;

export function shadowOf(text: string): Shadow {
  if (!ODD.test(text)) return { plain: text, startOf: same, endOf: next };
  const starts = new Uint32Array(text.length);
  let plain = '';
  for (let i = 0; i < text.length; ) {
    const code = text.codePointAt(i)!;
    const width = code > 0xffff ? 2 : 1;
    const seen = code < 0x80 ? text[i]! : asPlain(code, text.slice(i, i + width));
    for (let k = 0; k < seen.length; k++) starts[plain.length + k] = i + (seen.length === width ? k : 0);
    plain += seen;
    i += width;
  }
  const widthAt = (i: number): number => (plain.length > i && text.codePointAt(starts[i]!)! > 0xffff ? 2 : 1);
  return { plain, startOf: (i) => starts[i]!, endOf: (i) => starts[i]! + widthAt(i) };
}

function asPlain(code: number, character: string): string {
  if (code === 0xff1a) return ';'; // a wide colon parts what stands around it; it is never one of an address
  if (code >= 0xff01 && code <= 0xff5e) return String.fromCharCode(code - 0xfee0);
  const digit = DIGITS.get(code);
  if (digit !== undefined) return digit;
  if (IS_UNSEEN.test(character)) return '';
  if (IS_SPACE.test(character)) return ' ';
  // The long vowel sign of Japanese looks like a dash, and is one only between digits: as a dash it parts no word we read.
  if (IS_DASH.test(character)) return code === 0x30fc ? character : '-';
  return character;
}
