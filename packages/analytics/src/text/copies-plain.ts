/**
 * What is left of a text when everything is taken away that a sender changes to make a copy look like a text of its own:
 * capitals, punctuation, emoji, invisible characters, accents, drawn-out letters, numbers, links, and letters of another
 * alphabet that look the same. Made for comparing, never for showing.
 */

/** Only the beginning is compared: a text that is copied is copied from its first line. */
const READ = 4_000;

export interface PlainText {
  /** Folded UTF-16 units, words joined by one space; valid until the next call. */
  readonly codes: Uint16Array;
  readonly length: number;
  /** Letters, where one of Han, Kana or Hangul counts twice: it says about as much as two of an alphabet. */
  readonly weight: number;
  /** Whether at least half of the letters are of Han, Kana or Hangul. */
  readonly wide: boolean;
}

const UNKNOWN = 0;
const DROP = 1;
const GAP = 2;
const PAIR = 3;
/** What stands for a number, a link, a name and a placeholder: characters that no cleaned text holds. */
const NUMBER = 4;
const LINK = 5;
const NAME = 6;
const PLACEHOLDER = 7;
const FIRST_LETTER = 32;

const ADDRESS = /(?:https?:\/\/|www\.)\S+/giu;
const MENTION = /@[\p{L}\p{N}_][\p{L}\p{N}_.]*/gu;
const REDACTED = /⟦[^⟧]{1,24}⟧/gu;
/** Accents, and the vowel points of Arabic and Hebrew, which people write or leave out as they like. */
const ACCENTS = /[\u0300-\u036f\u0591-\u05c7\u0610-\u061a\u0640\u064b-\u065f\u0670]/g;
/** Invisible characters, apostrophes, and what chooses how an emoji is drawn. */
const DROPPED = /\p{Cf}|['’`´]|[\ufe00-\ufe0f]|\u20e3/u;
const WIDE = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}]/u;

/** Cyrillic, Greek and other letters that are drawn like Latin ones. A whole Russian text is folded alike: nothing is lost. */
const DRAWN_LIKE = {
  from: 'авекмнорстухіѕјһԁԛԝαβεηικνορτυχɡı',
  to: 'abekmhopctyxisjhdqwabenikvoptuxgi',
};
const LOOK_ALIKES = new Map(Array.from(DRAWN_LIKE.from, (char, i) => [char, DRAWN_LIKE.to[i]]));

/** What each UTF-16 unit is folded to; found out at its first use. */
const folded = new Uint16Array(65_536);
const isWide = new Uint8Array(65_536);
const buffer = new Uint16Array(2 * READ);

/**
 * @param text any text
 * @returns    its folded form; only the first 4,000 characters are read; O(length)
 *
 * @example
 * sayPlain(plainOf('GOOOD  app!!! 🙂 v7.1')); // 'god ap v#'
 */
export function plainOf(text: string): PlainText {
  const said = prepared(text.length > READ ? text.slice(0, READ) : text);
  let length = 0;
  let weight = 0;
  let wide = 0;
  let gap = false;
  for (let i = 0; i < said.length && length < buffer.length - 2; i++) {
    let code = said.charCodeAt(i);
    const to = folded[code] || learn(code);
    if (to === DROP) continue;
    if (to === GAP) {
      gap = true;
      continue;
    }
    if (to === PAIR) {
      const point = said.codePointAt(i) as number;
      if (point < 0x10000 || !/\p{L}/u.test(String.fromCodePoint(point))) {
        gap = true;
        continue;
      }
      buffer[length++] = code;
      code = said.charCodeAt(++i);
      buffer[length++] = code;
      weight += 2;
      wide++;
      gap = false;
      continue;
    }
    const before = length > 0 ? buffer[length - 1] : GAP;
    // A number is one number, however it is grouped; between wide letters a space says nothing.
    if (gap && length > 0 && !isWide[before] && !(to === NUMBER && before === NUMBER)) buffer[length++] = 32;
    else if (to === before && !isWide[to]) {
      gap = false;
      continue;
    }
    gap = false;
    buffer[length++] = to;
    if (isWide[to]) {
      weight += 2;
      wide++;
    } else if (to > FIRST_LETTER) weight++;
  }
  return { codes: buffer, length, weight, wide: wide > 0 && 3 * wide >= weight };
}

/**
 * For tests and logs of tools: the folded form in visible characters.
 *
 * @example
 * sayPlain(plainOf('See https://x.example now')); // 'se <link> now'
 */
export function sayPlain({ codes, length }: PlainText): string {
  const shown: Readonly<Record<number, string>> = {
    [NUMBER]: '#',
    [LINK]: '<link>',
    [NAME]: '<name>',
    [PLACEHOLDER]: '<x>',
  };
  return Array.from(codes.subarray(0, length), (code) => shown[code] ?? String.fromCharCode(code)).join('');
}

const ASCII = /^[\x20-\x7e\n\t]*$/;

function prepared(text: string): string {
  let said = text;
  if (!ASCII.test(said)) {
    if (said.includes('⟦')) said = said.replace(REDACTED, ` ${String.fromCharCode(PLACEHOLDER)} `);
    said = said.normalize('NFKD').replace(ACCENTS, '').normalize('NFC');
  }
  if (said.includes('://') || /www\./i.test(said)) said = said.replace(ADDRESS, ` ${String.fromCharCode(LINK)} `);
  if (said.includes('@')) said = said.replace(MENTION, ` ${String.fromCharCode(NAME)} `);
  return said.toLowerCase();
}

function learn(code: number): number {
  const char = String.fromCharCode(code);
  let to = GAP;
  if (code === LINK || code === NAME || code === PLACEHOLDER) to = code;
  else if (code >= 0xd800 && code <= 0xdfff) to = PAIR;
  else if (DROPPED.test(char)) to = DROP;
  else if (/\p{N}/u.test(char)) to = NUMBER;
  else if (/[\p{L}\p{M}]/u.test(char)) to = (LOOK_ALIKES.get(char) ?? char).charCodeAt(0);
  if (WIDE.test(char) && to === code) isWide[code] = 1;
  folded[code] = to;
  return to === UNKNOWN ? GAP : to;
}
