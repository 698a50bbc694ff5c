import { resolve } from './groups.ts';
import { cosinesTo } from './search.ts';
import { shareNow } from './slices.ts';
import type { Data, EngineState, Surge } from './state.ts';
import { BUCKET_SHIFT, STRIDE } from './store.ts';
import { heldBy } from './vocabulary.ts';

/** Whether an alarm tells of what an open surge tells of already: in other words, or in another language. */

const HOUR = 3_600_000;
const SOME = 24; // rows that speak for a group
const KIN = 0.45; // cosine of two centroids above which two surges at a time are one
/** The nearer their beginnings lie, the less their words have to agree: hours apart, and the cosine that is enough. */
const TOGETHER = [
  [6, 0.15],
  [12, 0.2],
] as const;
const TONGUE_HOURS = 6;
const FOREIGN = 0.2; // agreement in the everyday words of the stream below which two groups speak different languages
const FOREIGN_KIN = 0.1; // and their own words must hardly agree either: else they can be compared by these
const SAME_PLACE = 3; // nats: the values of one foretell those of the other twenty times better than the stream does
const EVERYDAY = 0.01; // share of texts that hold a word from which on it says something about the language
const PRIOR = 2; // values as if two more had been seen at the stream's share

/**
 * The open surge whose items are about the same thing, or −1. Words decide; how near the two began lowers what is asked
 * of them. Where no words can agree, because the languages differ, the beginning and the slice decide. What people have
 * put apart from the group of a surge is not joined to it again.
 */
export function kinOf(state: EngineState, slots: readonly number[]): number {
  const { data } = state;
  const some = slots.slice(-SOME);
  const onsetAt = Math.min(...slots.map((slot) => data.store.at[slot]));
  let best = -1;
  let most = 1;
  for (const open of data.open) {
    const { surge } = data.groups[open];
    if (!surge) continue;
    const hours = Math.abs(onsetAt - surge.onsetAt) / HOUR;
    const cosine = centroidCosine(state, some, rowsOf(state, surge.items.slice(-SOME)));
    let likeness = cosine / (TOGETHER.find(([within]) => hours <= within)?.[1] ?? KIN);
    if (likeness <= 1 && hours <= TONGUE_HOURS && cosine < FOREIGN_KIN && isTranslated(state, some, surge)) {
      likeness = 1 + 1e-9; // any surge that shares its words comes first
    }
    if (likeness > most && !isApart(state, some, open, cosine)) {
      most = likeness;
      best = open;
    }
  }
  return best;
}

function rowsOf({ index }: EngineState, ids: readonly string[]): number[] {
  return ids.flatMap((id) => index.slotOf.get(id) ?? []);
}

/** Said in another language, from the same places. */
function isTranslated(state: EngineState, slots: readonly number[], surge: Surge): boolean {
  const first = rowsOf(state, surge.items.slice(0, 2 * SOME));
  return tongueCosine(state.data, slots, first) < FOREIGN && sameSlice(state.data, slots, first) > SAME_PLACE;
}

/** People have divided this group before, and these rows are nearer to what they took out of it. */
function isApart(state: EngineState, slots: readonly number[], open: number, cosine: number): boolean {
  const { data } = state;
  for (const [one, other] of data.apart) {
    const [a, b] = [resolve(data, one), resolve(data, other)];
    if (a === b || (a !== open && b !== open)) continue;
    const core = rowsOf(state, data.groups[a === open ? b : a].core);
    if (centroidCosine(state, slots, core) > cosine) return true;
  }
  return false;
}

/** Cosine of the sums of two sets of rows; 0 where one is empty. O(n · m · terms). */
export function centroidCosine(state: EngineState, a: readonly number[], b: readonly number[]): number {
  if (a.length === 0 || b.length === 0) return 0;
  const product = (x: readonly number[], y: readonly number[]) => {
    let sum = 0;
    for (const slot of x) for (const cosine of cosinesTo(state.index, state.data.store, slot, y)) sum += cosine;
    return sum;
  };
  return product(a, b) / Math.sqrt(product(a, a) * product(b, b));
}

/** How far two sets of rows use the same everyday words of the stream: who shares none speaks another language. */
function tongueCosine(data: Data, a: readonly number[], b: readonly number[]): number {
  const [p, q] = [everydayWords(data, a), everydayWords(data, b)];
  let both = 0;
  for (const [term, n] of p) both += n * (q.get(term) ?? 0);
  const square = (words: ReadonlyMap<number, number>) => [...words.values()].reduce((sum, n) => sum + n * n, 0);
  return both === 0 ? 0 : both / Math.sqrt(square(p) * square(q));
}

function everydayWords(data: Data, slots: readonly number[]): Map<number, number> {
  const { terms, stems } = data.store;
  const least = EVERYDAY * data.vocabulary.items;
  const words = new Map<number, number>();
  for (const slot of slots) {
    for (let i = slot * STRIDE; i < slot * STRIDE + stems[slot]; i++) {
      const term = terms[i] >>> BUCKET_SHIFT;
      if (heldBy(data.vocabulary, term) > least) words.set(term, (words.get(term) ?? 0) + 1);
    }
  }
  return words;
}

/**
 * ln of how much better the values of the fewer rows are foretold by those of the others than by the stream, over the
 * dimensions in which they are at all: a country goes with the language, so that it may differ.
 */
function sameSlice(data: Data, a: readonly number[], b: readonly number[]): number {
  const { names } = data.dimensions;
  const [fewer, others] = a.length < b.length ? [a, b] : [b, a];
  const seen = new Map<number, number>();
  for (const slot of others) for (const id of data.store.dims[slot]) seen.set(id, (seen.get(id) ?? 0) + 1);
  const byName = new Map<string, number>();
  for (const slot of fewer) {
    for (const id of data.store.dims[slot]) {
      const usual = shareNow(data, [id]);
      const here = ((seen.get(id) ?? 0) + PRIOR * usual) / (others.length + PRIOR);
      byName.set(names[id], (byName.get(names[id]) ?? 0) + Math.log(here / usual));
    }
  }
  let sum = 0;
  for (const nats of byName.values()) sum += Math.max(0, nats);
  return sum;
}

const MOST_CLEANED = 80;
const LINK = 0.18;
const LINKS = 2;
const LINKED = 0.34; // of few rows a third is asked for

/** An alarm's latest rows without those that hang on one other only: they are in its neighbourhood by accident. O(80² cosines) */
export function withoutStrays(state: EngineState, slots: readonly number[], least: number): readonly number[] {
  const some = slots.slice(-MOST_CLEANED);
  const asked = Math.min(LINKS, some.length * LINKED);
  const kept = some.filter((slot) => {
    const cosines = cosinesTo(state.index, state.data.store, slot, some);
    return cosines.reduce((links, cosine) => links + (cosine >= LINK ? 1 : 0), -1) >= asked; // one is the row itself
  });
  return kept.length < least ? slots : kept;
}
