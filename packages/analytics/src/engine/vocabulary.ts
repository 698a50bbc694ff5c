import type { Features } from '../text/features.ts';
import { relist } from './search.ts';
import type { Data, EngineState } from './state.ts';
import { BUCKET_SHIFT, COUNT_SHIFT, isUsed, STRIDE, type Store, WEIGHT_MASK } from './store.ts';

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
const LOG_COUNT = [1, 2, 3, 4].map((count) => 1 + Math.log(count));

/** Texts that hold a term, faded. */
export function heldBy({ df, unit }: Data['vocabulary'], bucket: number): number {
  return df[bucket] * unit;
}

/** Writes weights into a row, so that scale × weights has unit length. O(terms). */
export function weigh(data: Data, slot: number): void {
  const { store, vocabulary } = data;
  const { terms } = store;
  const start = slot * STRIDE;
  const n = store.length[slot];
  const ends = [store.stems[slot], store.stems[slot] + store.pairs[slot], n];
  let most = 0;
  let square = 0;
  for (let kind = 0, i = 0; kind < 3; kind++) {
    for (; i < ends[kind]; i++) {
      const weight = KIND_WEIGHT[kind] * weightOf(vocabulary, terms[start + i]);
      WEIGHTS[i] = weight;
      square += weight * weight;
      if (weight > most) most = weight;
    }
  }
  store.scale[slot] = n === 0 ? 0 : most / WEIGHT_MASK / Math.sqrt(square);
  for (let i = 0; i < n; i++) {
    terms[start + i] = (terms[start + i] & ~WEIGHT_MASK) | Math.round((WEIGHTS[i] / most) * WEIGHT_MASK);
  }
}

const WEIGHTS = new Float64Array(STRIDE); // filled anew by every call of `weigh`

function weightOf(vocabulary: Data['vocabulary'], word: number): number {
  const held = Math.max(0, heldBy(vocabulary, word >>> BUCKET_SHIFT));
  const idf = Math.max(0.1, Math.log((vocabulary.items + 1) / (held + 0.5)));
  return LOG_COUNT[(word >>> COUNT_SHIFT) & 3] * idf;
}

/** Counts a text into the vocabulary, and weighs everything again when it is time. */
export function learn(state: EngineState, features: Features, at: number): void {
  const { vocabulary } = state.data;
  const day = Math.floor(at / DAY);
  if (vocabulary.seen === 0) vocabulary.day = day;
  if (day > vocabulary.day) fade(vocabulary, FADE ** (day - vocabulary.day), day);
  vocabulary.items++;
  vocabulary.seen++;
  const one = 1 / vocabulary.unit;
  for (let i = 0; i < features.terms.length; i++) vocabulary.df[features.terms[i]] += one;
  if (vocabulary.seen >= vocabulary.nextWeighing) weighAll(state);
}

/** Instead of a million counts, the unit that they are told in becomes smaller; now and then it is brought back to 1. */
function fade(vocabulary: Data['vocabulary'], factor: number, day: number): void {
  vocabulary.day = day;
  vocabulary.items *= factor;
  vocabulary.unit *= factor;
  if (vocabulary.unit < 1e-6) settle(vocabulary);
}

function settle(vocabulary: Data['vocabulary']): void {
  const { df, unit } = vocabulary;
  for (let i = 0; i < df.length; i++) df[i] *= unit;
  vocabulary.unit = 1;
}

/** Takes a text out of the counts, as far as they have not faded. O(terms). */
export function unlearn(data: Data, slot: number): void {
  const { store, vocabulary } = data;
  const left = FADE ** Math.max(0, vocabulary.day - Math.floor(store.at[slot] / DAY));
  vocabulary.items = Math.max(0, vocabulary.items - left);
  for (let i = slot * STRIDE; i < slot * STRIDE + store.length[slot]; i++) {
    const bucket = store.terms[i] >>> BUCKET_SHIFT;
    vocabulary.df[bucket] = Math.max(0, vocabulary.df[bucket] - left / vocabulary.unit);
  }
}

/** What another run learnt is added. */
export function learnFrom(vocabulary: Data['vocabulary'], other: Data['vocabulary']): void {
  settle(vocabulary);
  for (let i = 0; i < other.df.length; i++) vocabulary.df[i] += heldBy(other, i);
  if (vocabulary.seen === 0) vocabulary.day = other.day;
  vocabulary.items += other.items;
  vocabulary.seen += other.seen;
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
      const bucket = store.terms[i] >>> BUCKET_SHIFT;
      if (heldBy(vocabulary, bucket) > limit) common.add(bucket);
    }
  }
  return common;
}
