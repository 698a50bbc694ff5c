/**
 * Words of a text in any language: NFKC, lower case, then runs of letters, marks and digits. Runs in scripts written
 * without spaces (Han, Kana, Thai, Lao, Khmer, Myanmar) are cut by `Intl.Segmenter`, whose dictionaries know them.
 * Addresses and long numbers become classes; versions and error codes stay, because they name what broke.
 */

const ADDRESS = /https?:\/\/\S+|www\.\S+/giu;
const MAIL = /[^\s@]+@[^\s@]+\.[^\s@]+/gu;
const WORD = /[\p{L}\p{M}\p{N}]+(?:[.'’_-][\p{L}\p{M}\p{N}]+)*/gu;
const UNSPACED =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]/u;
const LONG_NUMBER = /^\d{5,}$/;
/** Punctuation that ends a phrase; a full stop inside a version does not. */
const BREAK = /[.,;:!?…]+(?:\s|$)|[()[\]{}"“”«»\n。！？、，；：]+/u;

const segmenter = new Intl.Segmenter('und', { granularity: 'word' });

/**
 * @param text any text
 * @returns    its words in order, lower case; at most `limit`, so that one giant text cannot stall the stream
 *
 * @example
 * wordsOf('The App crashed: error E-403!'); // ['the', 'app', 'crashed', 'error', 'e-403']
 */
export function wordsOf(text: string, limit = 400): string[] {
  return cut(
    text
      .slice(0, 20 * limit)
      .normalize('NFKC')
      .toLowerCase(),
    limit,
  ).map(withoutEdges);
}

/**
 * The same words as they were written, in runs between punctuation: what stands in one run may be quoted together.
 *
 * @param text any text
 * @returns    runs of words; a word's lower case without apostrophes is what `wordsOf` gives for it
 *
 * @example
 * runsOf('Love it! The Dark Mode, finally'); // [['Love', 'it'], ['The', 'Dark', 'Mode'], ['finally']]
 */
export function runsOf(text: string): string[][] {
  const parts = text.slice(0, 8000).normalize('NFKC').split(BREAK);
  return parts.map((part) => cut(part, 400)).filter((words) => words.length > 0);
}

/**
 * A written word as `wordsOf` gives it.
 *
 * @example
 * plainWord("Don't"); // 'dont'
 */
export function plainWord(word: string): string {
  return withoutEdges(word.toLowerCase());
}

function cut(text: string, limit: number): string[] {
  const clean = (text.includes('@') ? text.replace(MAIL, ' mailclass ') : text).replaceAll('’', "'");
  const words: string[] = [];
  for (const run of clean.replace(ADDRESS, ' urlclass ').match(WORD) ?? []) {
    if (words.length >= limit) break;
    if (UNSPACED.test(run)) segmentInto(words, run);
    else words.push(LONG_NUMBER.test(run) ? 'longnumber' : run);
  }
  return words.length > limit ? words.slice(0, limit) : words;
}

function segmentInto(words: string[], run: string): void {
  for (const piece of segmenter.segment(run)) if (piece.isWordLike) words.push(piece.segment);
}

/** Contractions lose their apostrophe (don't → dont), as people leave it out as often as not. */
function withoutEdges(run: string): string {
  return run.includes("'") ? run.replaceAll("'", '') : run;
}
