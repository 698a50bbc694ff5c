import { BUCKETS } from '../text/features.ts';
import { append, clearPostings, noPostings, type Postings, removeAt } from './postings.ts';
import { BUCKET_SHIFT, byArrival, STRIDE, type Store, WEIGHT_MASK } from './store.ts';

/**
 * Finds remembered texts like a given one: candidates through an inverted index over word stems, rarest stem first,
 * then the exact cosine of the weighted term vectors. A list is read whole or not at all, so that what is found does
 * not depend on order, and past and recent items are found by the same rule.
 */
export interface Index {
  /** Rows by stem, in order of arrival. */
  readonly postings: Postings;
  readonly slotOf: Map<string, number>;
  readonly scratch: Scratch;
  /** Stems that name a value of a dimension, as far as the values have been read. */
  readonly names: { readonly terms: Set<number>; upTo: number };
}

interface Scratch {
  /** Weights of the text asked for, by bucket; all 0 between searches. */
  readonly weights: Float32Array;
  /** 1 where one of its buckets falls: 32 KB that stay in the fastest cache and spare most reads of `weights`. */
  readonly sieve: Uint8Array;
  mark: Int32Array;
  round: number;
}

const SIEVE = 0x7fff;
/** Texts whose stems alone do not make up this part of the cosine asked for are not looked at further. */
const STEMS_FIRST = 0.72;

/** Slots with their cosine to the text asked for, nearest first. */
export interface Neighbours {
  readonly slots: number[];
  readonly sims: number[];
}

const MOST_CANDIDATES = 700; // cosines per search: what bounds the cost per item when memory is full

export function indexOf(store: Store, common: ReadonlySet<number>): Index {
  const scratch = {
    weights: new Float32Array(BUCKETS),
    sieve: new Uint8Array(SIEVE + 1),
    mark: new Int32Array(0),
    round: 0,
  };
  const index: Index = { postings: noPostings(), slotOf: new Map(), scratch, names: { terms: new Set(), upTo: 0 } };
  for (const slot of byArrival(store)) enter(index, store, common, slot);
  return index;
}

/** Rebuilds the lists after the learnt stop words changed. */
export function relist(index: Index, store: Store, common: ReadonlySet<number>): void {
  clearPostings(index.postings);
  for (const slot of byArrival(store)) enter(index, store, common, slot);
}

export function enter(index: Index, store: Store, common: ReadonlySet<number>, slot: number): void {
  index.slotOf.set(store.ids[slot], slot);
  for (let i = slot * STRIDE; i < slot * STRIDE + store.stems[slot]; i++) {
    const term = store.terms[i] >>> BUCKET_SHIFT;
    if (!common.has(term)) append(index.postings, term, slot);
  }
}

export function leave(index: Index, store: Store, slot: number): void {
  index.slotOf.delete(store.ids[slot]);
  for (let i = slot * STRIDE; i < slot * STRIDE + store.stems[slot]; i++) {
    const term = store.terms[i] >>> BUCKET_SHIFT;
    const at = placeOf(index.postings, store, term, slot);
    if (at >= 0) removeAt(index.postings, term, at);
  }
}

/** Place of a row in a list, by halving: lists ascend by arrival. */
function placeOf({ pool, start, count }: Postings, { arrival }: Store, term: number, slot: number): number {
  let low = start[term];
  let high = low + count[term];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (arrival[pool[middle]] < arrival[slot]) low = middle + 1;
    else high = middle;
  }
  return low < start[term] + count[term] && pool[low] === slot ? low - start[term] : -1;
}

/**
 * @param slot  row asked for; not among the answers
 * @param least smallest cosine of interest
 * @returns     neighbours, nearest first, ties by row; O(1000 · terms) at worst
 */
export function neighboursOf(index: Index, store: Store, slot: number, least: number): Neighbours {
  const scratch = load(index, store, slot);
  const { mark, round } = scratch;
  const { pool, start, count } = index.postings;
  mark[slot] = round;
  const slots: number[] = [];
  const sims: number[] = [];
  let budget = MOST_CANDIDATES;
  for (const term of termsOf(index, store, slot)) {
    if (count[term] > budget) break;
    budget -= count[term];
    for (let at = start[term]; at < start[term] + count[term]; at++) {
      const other = pool[at];
      if (mark[other] === round) continue;
      mark[other] = round;
      const sim = cosine(store, scratch, other, least);
      if (sim < least) continue;
      slots.push(other);
      sims.push(sim);
    }
  }
  unload(index, store, slot);
  return nearestFirst(slots, sims);
}

/** Cosine of the loaded row to another, or 0 when its stems already show that it is too small. */
function cosine(store: Store, scratch: Scratch, other: number, least: number): number {
  const from = other * STRIDE;
  const scale = store.scale[other];
  const byStems = scale * partOf(store, scratch, from, from + store.stems[other]);
  if (byStems < STEMS_FIRST * least) return 0;
  return byStems + scale * partOf(store, scratch, from + store.stems[other], from + store.length[other]);
}

function nearestFirst(slots: readonly number[], sims: readonly number[]): Neighbours {
  const order = slots.map((_, i) => i).sort((a, b) => sims[b] - sims[a] || slots[a] - slots[b]);
  return { slots: order.map((i) => slots[i]), sims: order.map((i) => sims[i]) };
}

/** Cosines of one row to given others. */
export function cosinesTo(index: Index, store: Store, slot: number, others: readonly number[]): Float64Array {
  const scratch = load(index, store, slot);
  const out = Float64Array.from(others, (other) => cosine(store, scratch, other, 0));
  unload(index, store, slot);
  return out;
}

/** Listed stems of a row, rarest first. */
function termsOf({ postings: { count } }: Index, store: Store, slot: number): number[] {
  const terms: number[] = [];
  for (let i = slot * STRIDE; i < slot * STRIDE + store.stems[slot]; i++) {
    const term = store.terms[i] >>> BUCKET_SHIFT;
    if (count[term] > 0) terms.push(term);
  }
  return terms.sort((a, b) => count[a] - count[b]);
}

function load(index: Index, store: Store, slot: number): Scratch {
  const { scratch } = index;
  if (scratch.mark.length < store.at.length) scratch.mark = new Int32Array(store.at.length);
  scratch.round = (scratch.round % 0x3fffffff) + 1;
  const start = slot * STRIDE;
  for (let i = start; i < start + store.length[slot]; i++) {
    const term = store.terms[i] >>> BUCKET_SHIFT;
    scratch.weights[term] += store.scale[slot] * (store.terms[i] & WEIGHT_MASK);
    scratch.sieve[term & SIEVE] = 1;
  }
  return scratch;
}

function unload(index: Index, store: Store, slot: number): void {
  const start = slot * STRIDE;
  for (let i = start; i < start + store.length[slot]; i++) {
    const term = store.terms[i] >>> BUCKET_SHIFT;
    index.scratch.weights[term] = 0;
    index.scratch.sieve[term & SIEVE] = 0;
  }
}

/** Inner product over some terms of a row, still without the row's scale. */
function partOf({ terms }: Store, { weights, sieve }: Scratch, start: number, end: number): number {
  let sum = 0;
  for (let i = start; i < end; i++) {
    const word = terms[i];
    const term = word >>> BUCKET_SHIFT;
    if (sieve[term & SIEVE] === 1) sum += weights[term] * (word & WEIGHT_MASK);
  }
  return sum;
}
