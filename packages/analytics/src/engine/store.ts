import type { Features } from '../text/features.ts';

/** Most items remembered at once. Bounds memory; measured by tools/bench/engine.ts. */
export const MOST_ITEMS = 100_000;

/** Characters kept for naming and quoting; the vectors see more of the text. */
export const MOST_TEXT = 280;

/** Most terms kept of one text. */
export const STRIDE = 96;

/** A term is one 32-bit word: bucket (20 bits), count − 1 (2 bits), weight (10 bits, times the row's `scale`). */
export const BUCKET_SHIFT = 12;
export const COUNT_SHIFT = 10;
export const WEIGHT_MASK = 0x3ff;

/** Remembered items as columns; a slot is a row number. Freed slots are used again. */
export interface Store {
  /** Rows in use or freed: everything at or above is untouched. */
  size: number;
  free: number[];
  ids: string[];
  /** Empty for past items without a group: only names and quotes need texts. */
  texts: string[];
  /** Event time, ms; NaN in a freed row. */
  at: Float64Array;
  /** Number among the items that count as evidence, or −1. */
  position: Float64Array;
  /** Rises by one with every item put in; the order of posting lists. */
  arrival: Int32Array;
  arrivals: number;
  /** Hash of the author, 0 when unknown. */
  author: Int32Array;
  /** SimHash of the words. */
  print: Int32Array;
  /** Index of the group, or −1. */
  group: Int32Array;
  /** 1 while the item is among the last days. */
  recent: Uint8Array;
  length: Uint8Array;
  stems: Uint8Array;
  pairs: Uint8Array;
  /** Unit-length weight of a term = scale × its weight bits. */
  scale: Float32Array;
  /** STRIDE per row: stems, pairs, character runs. */
  terms: Int32Array;
  /** Ids of dimension values per row. */
  dims: number[][];
}

export function emptyStore(): Store {
  const none = new Int32Array(0);
  const bytes = new Uint8Array(0);
  const wide = new Float64Array(0);
  const columns = { at: wide, position: wide, arrival: none, author: none, print: none, group: none, terms: none };
  const small = { recent: bytes, length: bytes, stems: bytes, pairs: bytes, scale: new Float32Array(0) };
  return { size: 0, free: [], ids: [], texts: [], arrivals: 0, dims: [], ...columns, ...small };
}

export interface Row {
  readonly id: string;
  readonly text: string;
  readonly at: number;
  readonly position: number;
  readonly author: number;
  readonly print: number;
  readonly dims: number[];
}

/** Writes an item into a free row; weights are left 0. Amortised O(terms). */
export function putRow(store: Store, row: Row, features: Features): number {
  const slot = store.free.pop() ?? store.size++;
  if (slot >= store.at.length) resize(store, rowsAfter(store.at.length));
  store.ids[slot] = row.id;
  store.texts[slot] = row.text;
  store.dims[slot] = row.dims;
  store.at[slot] = row.at;
  store.position[slot] = row.position;
  store.arrival[slot] = store.arrivals++;
  store.author[slot] = row.author;
  store.print[slot] = row.print;
  store.group[slot] = -1;
  store.recent[slot] = 0;
  store.length[slot] = features.terms.length;
  store.stems[slot] = features.stems;
  store.pairs[slot] = features.pairs;
  const start = slot * STRIDE;
  for (let i = 0; i < features.terms.length; i++) {
    store.terms[start + i] = (features.terms[i] << BUCKET_SHIFT) | ((features.counts[i] - 1) << COUNT_SHIFT);
  }
  return slot;
}

export function freeRow(store: Store, slot: number): void {
  store.ids[slot] = '';
  store.texts[slot] = '';
  store.dims[slot] = [];
  store.at[slot] = NaN;
  store.group[slot] = -1;
  store.length[slot] = 0;
  store.stems[slot] = 0;
  store.pairs[slot] = 0;
  store.free.push(slot);
}

export function isUsed(store: Store, slot: number): boolean {
  return !Number.isNaN(store.at[slot]);
}

/** Rows in use, in the order in which they came. */
export function byArrival(store: Store): Int32Array {
  const slots = new Int32Array(store.size);
  let n = 0;
  for (let slot = 0; slot < store.size; slot++) if (isUsed(store, slot)) slots[n++] = slot;
  return slots.subarray(0, n).sort((a, b) => store.arrival[a] - store.arrival[b]);
}

/** Twice as many, from 16,000 on as many as there ever are: pages that are not written to take no memory. */
function rowsAfter(rows: number): number {
  if (rows >= MOST_ITEMS) return rows * 2;
  return rows < 16_384 ? Math.max(1024, rows * 2) : MOST_ITEMS + 1;
}

/** Makes every column hold so many rows; what does not fit is cut off. */
export function resize(store: Store, rows: number): void {
  store.at = copied(store.at, new Float64Array(rows));
  store.position = copied(store.position, new Float64Array(rows));
  store.arrival = copied(store.arrival, new Int32Array(rows));
  store.author = copied(store.author, new Int32Array(rows));
  store.print = copied(store.print, new Int32Array(rows));
  store.group = copied(store.group, new Int32Array(rows));
  store.recent = copied(store.recent, new Uint8Array(rows));
  store.length = copied(store.length, new Uint8Array(rows));
  store.stems = copied(store.stems, new Uint8Array(rows));
  store.pairs = copied(store.pairs, new Uint8Array(rows));
  store.scale = copied(store.scale, new Float32Array(rows));
  store.terms = copied(store.terms, new Int32Array(rows * STRIDE));
}

interface Column<A> {
  readonly length: number;
  set(from: A): void;
  subarray(from: number, to: number): A;
}

function copied<A extends Column<A>>(from: A, into: A): A {
  into.set(from.subarray(0, Math.min(from.length, into.length)));
  return into;
}
