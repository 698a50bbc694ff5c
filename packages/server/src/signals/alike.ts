/** Which of the words that are used a misspelt one may mean, and which words of a text say what it is about. Pure. */
import { UNSPACED_RUN } from './search-words.ts';

/** A word with its fewest letters for a slip to be told from another word. */
const FUZZY_LETTERS_MIN = 3;

/** Whether slips can be looked for: not in scripts without spaces, nor in numbers. */
export const canBeFuzzy = (word: string): boolean =>
  word.length >= FUZZY_LETTERS_MIN && /^\p{L}[\p{L}\p{M}'’-]*$/u.test(word) && word.search(UNSPACED_RUN) < 0;

/** One slip in a short word, two from six letters on. */
const slipsIn = (word: string): number => (word.length < 6 ? 1 : 2);

const NEIGHBOURS_MAX = 12;

/** The word itself, and those within so few slips of it; `candidates` come the most alike first. */
export function neighboursOf(said: string, candidates: readonly string[]): string[] {
  const word = said.toLowerCase();
  const near = candidates.filter((one) => one !== word && slipsBetween(word, one, slipsIn(word)) <= slipsIn(word));
  return [word, ...near.slice(0, NEIGHBOURS_MAX)];
}

/** Letters put in, left out, changed, or swapped with the next (Damerau 1964, restricted); stops counting above `most`. */
function slipsBetween(a: string, b: string, most: number): number {
  if (Math.abs(a.length - b.length) > most) return most + 1;
  let [before, last] = [new Array<number>(b.length + 1).fill(0), Array.from({ length: b.length + 1 }, (_, j) => j)];
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const changed = last[j - 1]! + (a[i - 1] === b[j - 1] ? 0 : 1);
      const swapped = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1] ? before[j - 2]! + 1 : changed;
      row.push(Math.min(last[j]! + 1, row[j - 1]! + 1, changed, swapped));
    }
    if (Math.min(...row) > most) return most + 1;
    [before, last] = [last, row];
  }
  return last[b.length]!;
}

export interface Weighed {
  readonly word: string;
  readonly weight: number;
}

/** So many words tell what a text is about; any two of them make another text like it. */
const TELLING_MAX = 10;
/** A word that more of the signals have than this tells nothing. */
const COMMON_SHARE = 0.2;

/** Fewer signals than this say nothing about which words are common. */
const ENOUGH = 100;
/** With so many known words, one that nobody else uses is passed over: it is a slip or a name, and finds nothing. */
const ENOUGH_WORDS = 4;

/** The words of a text that weigh most: rare among all signals (ln of all by those that have it), and no numbers. */
export function tellingWords(words: readonly string[], counts: ReadonlyMap<string, number>, of: number): Weighed[] {
  const weighed = words
    .filter((word) => /^\p{L}[\p{L}\p{M}]{2,29}$/u.test(word))
    .map((word) => ({ word, count: counts.get(word) ?? 0 }))
    .filter(({ count }) => of < ENOUGH || count / of <= COMMON_SHARE);
  const shared = weighed.filter(({ count }) => count > 1);
  return (shared.length >= ENOUGH_WORDS ? shared : weighed)
    .map(({ word, count }) => ({ word, weight: Math.log((of + 2) / (count + 1)) + 0.01 }))
    .sort((a, b) => b.weight - a.weight || (a.word < b.word ? -1 : 1))
    .slice(0, TELLING_MAX);
}

/** Of a script without spaces: pairs of characters, those with Han or Katakana first, because Hiragana is mostly grammar. */
export function tellingPairs(text: string): Weighed[] {
  const pairs = new Set<string>();
  for (const [run] of text.matchAll(new RegExp(UNSPACED_RUN.source, 'gu'))) {
    const characters = [...run];
    for (let i = 0; i + 1 < characters.length; i++) pairs.add(`${characters[i]}${characters[i + 1]}`);
  }
  const weightOf = (pair: string) => [...pair].filter((one) => !/\p{Script=Hiragana}/u.test(one)).length;
  return [...pairs]
    .map((word) => ({ word, weight: 1 + 2 * weightOf(word) }))
    .filter(({ weight }) => weight > 1)
    .sort((a, b) => b.weight - a.weight)
    .slice(0, TELLING_MAX);
}
