import type { Features } from '../text/features.ts';
import { relist } from './search.ts';
import type { Data, EngineState } from './state.ts';
import { isUsed, STRIDE, type Store } from './store.ts';

/**
 * How telling a term is: inverse document frequency, learnt from the stream itself and only from its past. A term never
 * seen has the largest weight, since new troubles bring new words; old use fades with a half-life of 90 days.
 *
 * Stored vectors are weighed again whenever the number of texts seen has doubled (then every 50,000), because the first
 * weights of a stream are guesses; the cost per item stays constant.
 */

const DAY = 86_400_000;
const FADE = 0.5 ** (1 / 90);
const COMMON_SHARE = 0.08;
const COMMON_LEAST = 60; // below that many texts nothing is called a stop word
/** Weight of stems, pairs and character runs against each other; measured in docs/lab.md. */
const KIND_WEIGHT = [1, 0.6, 0.4];

/** Writes unit-length weights into a row. O(terms). */
export function weigh(data: Data, slot: number): void {
  const { store, vocabulary } = data;
  const start = slot * STRIDE;
  const end = start + store.length[slot];
  const top = vocabulary.items + 1;
  let square = 0;
  for (let i = start; i < end; i++) {
    const base = store.base[i];
    const idf = Math.max(0.1, Math.log(top / (Math.max(0, vocabulary.df[store.terms[i]]) + 0.5)));
    const weight = KIND_WEIGHT[base >> 6] * (1 + Math.log(base & 63)) * idf;
    store.weights[i] = weight;
    square += weight * weight;
  }
  const scale = square > 0 ? 1 / Math.sqrt(square) : 0;
  for (let i = start; i < end; i++) store.weights[i] *= scale;
}

/** Counts a text into the vocabulary, and weighs everything again when it is time. */
export function learn(state: EngineState, features: Features, at: number): void {
  const { vocabulary } = state.data;
  const day = Math.floor(at / DAY);
  if (vocabulary.seen === 0) vocabulary.day = day;
  if (day > vocabulary.day) {
    const factor = FADE ** (day - vocabulary.day);
    vocabulary.day = day;
    vocabulary.items *= factor;
    const { df } = vocabulary;
    for (let i = 0; i < df.length; i++) df[i] *= factor;
  }
  vocabulary.items++;
  vocabulary.seen++;
  for (const term of features.terms) vocabulary.df[term]++;
  if (vocabulary.seen >= vocabulary.nextWeighing) weighAll(state);
}

/** Takes a text out of the counts, as far as they have not faded. O(terms). */
export function unlearn(data: Data, slot: number): void {
  const { store, vocabulary } = data;
  const left = FADE ** Math.max(0, vocabulary.day - Math.floor(store.at[slot] / DAY));
  vocabulary.items = Math.max(0, vocabulary.items - left);
  for (let i = slot * STRIDE; i < slot * STRIDE + store.length[slot]; i++) {
    vocabulary.df[store.terms[i]] = Math.max(0, vocabulary.df[store.terms[i]] - left);
  }
}

export function weighAll(state: EngineState): void {
  const { data, index } = state;
  const { vocabulary, store } = data;
  vocabulary.nextWeighing = vocabulary.seen + Math.min(50_000, Math.max(32, vocabulary.seen));
  for (let slot = 0; slot < store.size; slot++) if (isUsed(store, slot)) weigh(data, slot);
  data.common = commonStems(store, vocabulary);
  relist(index, store, data.common);
}

function commonStems(store: Store, vocabulary: Data['vocabulary']): Set<number> {
  const common = new Set<number>();
  const limit = Math.max(COMMON_LEAST, COMMON_SHARE * vocabulary.items);
  for (let slot = 0; slot < store.size; slot++) {
    for (let i = slot * STRIDE; i < slot * STRIDE + store.stems[slot]; i++) {
      if (vocabulary.df[store.terms[i]] > limit) common.add(store.terms[i]);
    }
  }
  return common;
}
