import { bucketOfPair, bucketOfStem } from '../text/features.ts';
import { phrasesOf } from '../text/phrases.ts';
import { cosinesTo } from './search.ts';
import type { Data, EngineState } from './state.ts';
import { MOST_TEXT } from './store.ts';
import { heldBy } from './vocabulary.ts';

/** Texts that a name is made of: the first of a surge, so that a name settles and later members cannot change it. */
export const MOST_READ = 120;
const MOST_COMPARED = 60;
const MOST_LABEL = 80;
const LEAST_READABLE = 1 / 3;
const SHORT_TEXT = 20; // characters; below it a text says too little to be quoted

/** A short name of a group from its own words. */
export interface Name {
  readonly label: string;
  readonly phrases: string[];
  readonly medoid: string;
}

/** @param slots rows to name, at least one; the first count. O(120 texts + 60² cosines) */
export function nameOf(state: EngineState, slots: readonly number[]): Name {
  const { store } = state.data;
  const phrases = namesOf(state.data, slots.slice(0, MOST_READ));
  return { label: labelOf(phrases), phrases, medoid: store.ids[medoidOf(state, slots.slice(0, MOST_COMPARED))] };
}

/** As many of the first three phrases as fit. */
function labelOf(phrases: readonly string[]): string {
  let label = '';
  for (const phrase of phrases.slice(0, 3)) {
    const longer = label === '' ? phrase : `${label} · ${phrase}`;
    if (longer.length <= MOST_LABEL) label = longer;
  }
  return label || 'unnamed';
}

/** The row with the largest sum of cosines to the others, one of moderate length where there is one. */
function medoidOf(state: EngineState, slots: readonly number[]): number {
  const { texts } = state.data.store;
  const quotable = slots.filter((slot) => texts[slot].length >= SHORT_TEXT && texts[slot].length < MOST_TEXT);
  let best = slots[0];
  let most = -1;
  // Neither is a rare readable one quoted for many that are covered.
  for (const slot of quotable.length >= slots.length * LEAST_READABLE ? quotable : slots) {
    const sum = cosinesTo(state.index, state.data.store, slot, slots).reduce((a, b) => a + b, 0);
    if (sum > most + 1e-9) {
      most = sum;
      best = slot;
    }
  }
  return best;
}

function namesOf(data: Data, slots: readonly number[]): string[] {
  const { texts, author } = data.store;
  const said = slots.map((slot) => ({ text: texts[slot], author: author[slot] }));
  const holding = (stems: readonly string[]) =>
    heldBy(data.vocabulary, stems.length === 2 ? bucketOfPair(stems[0], stems[1]) : bucketOfStem(stems[0]));
  const readable = said.filter(({ text }) => text !== '');
  // Where most words are covered, the few that are not would give the group a name it does not deserve.
  if (readable.length < said.length * LEAST_READABLE) return [];
  return phrasesOf(readable, { texts: data.vocabulary.items, holding });
}
