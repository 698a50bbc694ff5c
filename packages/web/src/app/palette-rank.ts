/** Which of the things that one can go to or do fit what was typed, the best first. Pure. */

/** Without marks above or below letters, in small letters: `Été` is found by `ete`. */
const plain = (text: string): string => text.normalize('NFKD').replace(/\p{M}/gu, '').toLocaleLowerCase();

/**
 * How well words fit a label, 0 for not at all. Each word must be found: at the start of the label, at the start of a word,
 * inside one, or as letters in order, which is how one abbreviates.
 * @example
 * fit('iss', 'Issues') > fit('iss', 'Dismiss'); // true
 */
export function fit(typed: string, label: string): number {
  const words = plain(typed).split(/\s+/u).filter(Boolean);
  if (words.length === 0) return 1;
  const text = plain(label);
  let sum = 0;
  for (const word of words) {
    const one = fitWord(word, text);
    if (one === 0) return 0;
    sum += one;
  }
  return sum / words.length - Math.min(text.length, 200) / 10_000; // of two alike the shorter one is meant
}

function fitWord(word: string, text: string): number {
  if (text === word) return 6;
  if (text.startsWith(word)) return 5;
  const at = text.indexOf(word);
  if (at > 0 && !/[\p{L}\p{N}]/u.test(text[at - 1]!)) return 4;
  if (text.split(/[^\p{L}\p{N}]+/u).some((part) => part.startsWith(word))) return 4;
  if (at > 0) return 3;
  return word.length > 1 && isAbbreviation(word, text) ? 1 : 0;
}

/** Every letter in order, the first at the start of a word. */
function isAbbreviation(word: string, text: string): boolean {
  const letters = [...word];
  const starts = [...text.matchAll(/(?<![\p{L}\p{N}])[\p{L}\p{N}]/gu)].map(({ index }) => index);
  return starts.some((start) => {
    if (text[start] !== letters[0]) return false;
    let at = start;
    return letters.slice(1).every((letter) => {
      at = text.indexOf(letter, at + 1);
      return at >= 0;
    });
  });
}

/** Those that fit, the best first; of equals the order stays. */
export function ranked<T extends { readonly label: string }>(typed: string, things: readonly T[]): T[] {
  return things
    .map((thing, at) => ({ thing, at, score: fit(typed, thing.label) }))
    .filter(({ score }) => score > 0)
    .sort((a, b) => b.score - a.score || a.at - b.at)
    .map(({ thing }) => thing);
}
