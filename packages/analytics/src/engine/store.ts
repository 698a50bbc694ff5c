import type { Features } from '../text/features.ts';

/** Most items remembered at once. Bounds memory; measured by tools/bench/engine.ts. */
export const MOST_ITEMS = 100_000;

/** Most terms kept of one text. */
export const STRIDE = 96;

/** Remembered items as columns; a slot is a row number. Freed slots are used again. */
export interface Store {
  /** Rows in use or freed: everything at or above is untouched. */
  size: number;
  free: number[];
  ids: string[];
  texts: string[];
  /** Event time, ms; NaN in a freed row. */
  at: Float64Array;
  /** Number among the items that count as evidence, or −1. */
  position: Float64Array;
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
  /** Buckets, count and kind, unit-length weights: STRIDE per row. */
  terms: Int32Array;
  base: Uint8Array;
  weights: Float32Array;
  /** Ids of dimension values per row. */
  dims: number[][];
}

export function emptyStore(): Store {
  return {
    size: 0,
    free: [],
    ids: [],
    texts: [],
    at: new Float64Array(0),
    position: new Float64Array(0),
    author: new Int32Array(0),
    print: new Int32Array(0),
    group: new Int32Array(0),
    recent: new Uint8Array(0),
    length: new Uint8Array(0),
    stems: new Uint8Array(0),
    terms: new Int32Array(0),
    base: new Uint8Array(0),
    weights: new Float32Array(0),
    dims: [],
  };
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
  if (slot >= store.at.length) grow(store, rowsAfter(store.at.length));
  store.ids[slot] = row.id;
  store.texts[slot] = row.text;
  store.dims[slot] = row.dims;
  store.at[slot] = row.at;
  store.position[slot] = row.position;
  store.author[slot] = row.author;
  store.print[slot] = row.print;
  store.group[slot] = -1;
  store.recent[slot] = 0;
  store.length[slot] = features.terms.length;
  store.stems[slot] = features.stems;
  store.terms.set(features.terms, slot * STRIDE);
  store.base.set(features.base, slot * STRIDE);
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
  store.free.push(slot);
}

export function isUsed(store: Store, slot: number): boolean {
  return !Number.isNaN(store.at[slot]);
}

/** Half as many again, but not beyond what is ever used. */
function rowsAfter(rows: number): number {
  const more = Math.max(1024, Math.ceil(rows * 1.5));
  return rows < MOST_ITEMS && more > MOST_ITEMS ? MOST_ITEMS + 1 : more;
}

function grow(store: Store, rows: number): void {
  store.at = copied(store.at, new Float64Array(rows));
  store.position = copied(store.position, new Float64Array(rows));
  store.author = copied(store.author, new Int32Array(rows));
  store.print = copied(store.print, new Int32Array(rows));
  store.group = copied(store.group, new Int32Array(rows));
  store.recent = copied(store.recent, new Uint8Array(rows));
  store.length = copied(store.length, new Uint8Array(rows));
  store.stems = copied(store.stems, new Uint8Array(rows));
  store.terms = copied(store.terms, new Int32Array(rows * STRIDE));
  store.base = copied(store.base, new Uint8Array(rows * STRIDE));
  store.weights = copied(store.weights, new Float32Array(rows * STRIDE));
}

function copied<A extends { set(from: A): void }>(from: A, into: A): A {
  into.set(from);
  return into;
}
