import { BUCKETS } from '../text/features.ts';
import { isUsed, STRIDE, type Store } from './store.ts';

/**
 * Finds remembered texts like a given one: candidates through an inverted index over word stems, rarest stem first,
 * then the exact cosine of the weighted term vectors. A list is read whole or not at all, so that what is found does
 * not depend on order, and past and recent items are found by the same rule.
 */
export interface Index {
  readonly lists: Map<number, number[]>;
  readonly slotOf: Map<string, number>;
  readonly scratch: Scratch;
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
const STEMS_FIRST = 0.35;

/** Slots with their cosine to the text asked for, nearest first. */
export interface Neighbours {
  readonly slots: number[];
  readonly sims: number[];
}

const MOST_CANDIDATES = 1000; // cosines per search: what bounds the cost per item when memory is full

export function indexOf(store: Store, common: ReadonlySet<number>): Index {
  const index: Index = {
    lists: new Map(),
    slotOf: new Map(),
    scratch: {
      weights: new Float32Array(BUCKETS),
      sieve: new Uint8Array(SIEVE + 1),
      mark: new Int32Array(0),
      round: 0,
    },
  };
  for (let slot = 0; slot < store.size; slot++) if (isUsed(store, slot)) enter(index, store, common, slot);
  return index;
}

/** Rebuilds the lists after the learnt stop words changed. */
export function relist(index: Index, store: Store, common: ReadonlySet<number>): void {
  index.lists.clear();
  for (let slot = 0; slot < store.size; slot++) if (isUsed(store, slot)) enter(index, store, common, slot);
}

export function enter(index: Index, store: Store, common: ReadonlySet<number>, slot: number): void {
  index.slotOf.set(store.ids[slot], slot);
  for (let i = 0; i < store.stems[slot]; i++) {
    const term = store.terms[slot * STRIDE + i];
    if (common.has(term)) continue;
    const list = index.lists.get(term);
    if (list) list.push(slot);
    else index.lists.set(term, [slot]);
  }
}

export function leave(index: Index, store: Store, slot: number): void {
  index.slotOf.delete(store.ids[slot]);
  for (let i = 0; i < store.stems[slot]; i++) {
    const term = store.terms[slot * STRIDE + i];
    const list = index.lists.get(term);
    if (!list) continue;
    const at = list.indexOf(slot);
    if (at < 0) continue;
    const end = list.pop();
    if (end !== undefined && at < list.length) list[at] = end;
    if (list.length === 0) index.lists.delete(term);
  }
}

/**
 * @param slot  row asked for; not among the answers
 * @param least smallest cosine of interest
 * @returns     neighbours, nearest first, ties by row; O(1000 · terms) at worst
 */
export function neighboursOf(index: Index, store: Store, slot: number, least: number): Neighbours {
  const scratch = load(index, store, slot);
  const { mark, round } = scratch;
  mark[slot] = round;
  const found: { slot: number; sim: number }[] = [];
  let budget = MOST_CANDIDATES;
  for (const list of listsOf(index, store, slot)) {
    if (list.length > budget) break;
    budget -= list.length;
    for (const other of list) {
      if (mark[other] === round) continue;
      mark[other] = round;
      const start = other * STRIDE;
      const byStems = partOf(store, scratch, start, start + store.stems[other]);
      if (byStems < STEMS_FIRST * least) continue;
      const sim = byStems + partOf(store, scratch, start + store.stems[other], start + store.length[other]);
      if (sim >= least) found.push({ slot: other, sim });
    }
  }
  unload(index, store, slot);
  found.sort((a, b) => b.sim - a.sim || a.slot - b.slot);
  return { slots: found.map((f) => f.slot), sims: found.map((f) => f.sim) };
}

/** Cosines of one row to given others. */
export function cosinesTo(index: Index, store: Store, slot: number, others: readonly number[]): Float64Array {
  const scratch = load(index, store, slot);
  const out = Float64Array.from(others, (other) => dot(store, scratch, other));
  unload(index, store, slot);
  return out;
}

function listsOf(index: Index, store: Store, slot: number): number[][] {
  const lists: number[][] = [];
  for (let i = 0; i < store.stems[slot]; i++) {
    const list = index.lists.get(store.terms[slot * STRIDE + i]);
    if (list) lists.push(list);
  }
  return lists.sort((a, b) => a.length - b.length);
}

function load(index: Index, store: Store, slot: number): Scratch {
  const { scratch } = index;
  if (scratch.mark.length < store.at.length) scratch.mark = new Int32Array(store.at.length);
  scratch.round = (scratch.round % 0x3fffffff) + 1;
  const start = slot * STRIDE;
  for (let i = start; i < start + store.length[slot]; i++) {
    scratch.weights[store.terms[i]] += store.weights[i];
    scratch.sieve[store.terms[i] & SIEVE] = 1;
  }
  return scratch;
}

function unload(index: Index, store: Store, slot: number): void {
  const start = slot * STRIDE;
  for (let i = start; i < start + store.length[slot]; i++) {
    index.scratch.weights[store.terms[i]] = 0;
    index.scratch.sieve[store.terms[i] & SIEVE] = 0;
  }
}

function dot(store: Store, scratch: Scratch, slot: number): number {
  return partOf(store, scratch, slot * STRIDE, slot * STRIDE + store.length[slot]);
}

function partOf({ terms, weights }: Store, { weights: query, sieve }: Scratch, start: number, end: number): number {
  let sum = 0;
  for (let i = start; i < end; i++) if (sieve[terms[i] & SIEVE] === 1) sum += query[terms[i]] * weights[i];
  return sum;
}
