/** Phrases with alternatives and slots: `[My|The] video is stuck at {percent} %`. Parsed once, spoken often. */
import type { Chance } from './random.ts';

type Piece = string | { readonly anyOf: readonly Phrase[] } | { readonly slot: string };
export type Phrase = readonly Piece[];

/** What is put into the slots: words of the language, or a value that the program knows. */
export type Fill = (slot: string, chance: Chance) => string;

/**
 * Reads a phrase.
 * @throws Error for brackets that do not close
 * @example
 * parsePhrase('[My|The] video'); // [{ anyOf: [['My'], ['The']] }, ' video']
 */
export function parsePhrase(text: string): Phrase {
  const pieces: Piece[] = [];
  for (const part of text.split(/(\[[^[\]]*\]|\{[^{}]*\})/)) {
    if (part === '') continue;
    if (/^\[.*\]$/s.test(part)) pieces.push({ anyOf: part.slice(1, -1).split('|').map(parsePhrase) });
    else if (/^\{.*\}$/s.test(part)) pieces.push({ slot: part.slice(1, -1) });
    else if (/[[\]{}]/.test(part)) throw new Error(`This phrase has a bracket that does not close: ${text}`);
    else pieces.push(part);
  }
  return pieces;
}

/**
 * One way to say a phrase.
 * @example
 * speak(parsePhrase('[a|b] {x}'), new Chance(1), () => 'c'); // 'a c' or 'b c'
 */
export function speak(phrase: Phrase, chance: Chance, fill: Fill): string {
  let said = '';
  for (const piece of phrase) {
    if (typeof piece === 'string') said += piece;
    else if ('slot' in piece) said += fill(piece.slot, chance);
    else said += speak(chance.pick(piece.anyOf), chance, fill);
  }
  return said;
}
