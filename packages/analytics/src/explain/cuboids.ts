/** Cells summed by every choice of up to three dimensions, in one pass each. */
import type { Cells } from './cells.ts';

/** Sums over one choice of dimensions. */
export interface Cuboid {
  /** Dimensions in which one value is taken. */
  readonly plain: readonly number[];
  /** The dimension in which an interval is taken, or -1. */
  readonly axis: number;
  /** Ranks along the axis; 1 without one. */
  readonly width: number;
  /** A cell of each group: shows the values of its plain dimensions; shape [groups]. */
  readonly shown: Int32Array;
  /** Group of a cell, or -1 when its group is too small to matter. */
  readonly groupOf: (cell: number) => number;
  /** Sums; shape [groups × width]. */
  readonly observed: Float64Array;
  readonly expected: Float64Array;
  readonly past: Float64Array;
}

export interface Choice {
  readonly plain: readonly number[];
  readonly axis: number;
}

/** Every choice of at most `most` dimensions; a choice with ordered ones once for each of them as the axis. */
export function choicesOf(cells: Cells, most: number): Choice[] {
  const choices: Choice[] = [];
  const walk = (from: number, chosen: number[]): void => {
    if (chosen.length > 0) choices.push(...withAxes(cells, chosen));
    if (chosen.length === most) return;
    for (let d = from; d < cells.columns.length; d++) {
      if (!determined(cells, chosen, d)) walk(d + 1, [...chosen, d]);
    }
  };
  walk(0, []);
  return choices;
}

function withAxes({ columns }: Cells, chosen: readonly number[]): Choice[] {
  const ordered = chosen.filter((d) => columns[d].order !== 'none');
  if (ordered.length === 0) return [{ plain: chosen, axis: -1 }];
  return ordered.map((axis) => ({ plain: chosen.filter((d) => d !== axis), axis }));
}

/** A dimension with one value says nothing, and neither does one that stands one to one beside another. */
function determined({ columns }: Cells, _chosen: readonly number[], d: number): boolean {
  return columns[d].intervals.length === 0;
}

/** Past this size the groups of a choice are found by hashing instead of by their number. */
const DENSE_PER_CELL = 4;
const DENSE_LEAST = 1 << 16;

/**
 * Sums the cells by one choice of dimensions. Groups with fewer than `least` observed items are left out: no slice in
 * them can pass.
 */
export function cuboidOf(cells: Cells, { plain, axis }: Choice, least: number): Cuboid {
  const sizes = plain.map((d) => cells.columns[d].members.length);
  const product = sizes.reduce((a, b) => a * b, 1);
  const ranks = plain.map((d) => cells.ranks[d]);
  const keyOf = keyer(ranks, sizes);
  const keys = keysOf(ranks, sizes, cells.count);
  const dense = product <= Math.max(DENSE_LEAST, DENSE_PER_CELL * cells.count);
  const groups = dense ? denseGroups(cells, keys, keyOf, product, least) : hashedGroups(cells, keys, keyOf, least);
  const width = axis < 0 ? 1 : cells.columns[axis].members.length;
  const length = groups.shown.length * width;
  const at = placesOf(groups.groupOfKey, keys, width, axis < 0 ? null : cells.ranks[axis]);
  const sums = [cells.observed, cells.expected, cells.past].map((values) => summed(values, at, length));
  const [observed, expected, past] = sums;
  return { plain, axis, width, shown: groups.shown, groupOf: groups.groupOf, observed, expected, past };
}

/** Where each cell is added to, or -1; written over the keys, which nobody needs any more. */
function placesOf(group: Groups['groupOfKey'], keys: Int32Array, width: number, along: Uint16Array | null): Int32Array {
  const count = keys.length;
  if (group instanceof Int32Array) for (let cell = 0; cell < count; cell++) keys[cell] = group[keys[cell]];
  else for (let cell = 0; cell < count; cell++) keys[cell] = group.get(keys[cell]) ?? -1;
  if (!along) return keys;
  for (let cell = 0; cell < count; cell++) if (keys[cell] >= 0) keys[cell] = keys[cell] * width + along[cell];
  return keys;
}

function summed(values: Float64Array, at: Int32Array, length: number): Float64Array {
  const sums = new Float64Array(length);
  for (let cell = 0; cell < at.length; cell++) if (at[cell] >= 0) sums[at[cell]] += values[cell];
  return sums;
}

type KeyOf = (cell: number) => number;

function keyer(ranks: readonly Uint16Array[], sizes: readonly number[]): KeyOf {
  const [a, b, c] = ranks;
  const [, second, third] = sizes;
  if (!a) return () => 0;
  if (!b) return (cell) => a[cell];
  if (!c) return (cell) => a[cell] * second + b[cell];
  return (cell) => (a[cell] * second + b[cell]) * third + c[cell];
}

/** The keys of all cells at once: loops without a call, for they run over every cell of every choice. Below 2^27. */
function keysOf(ranks: readonly Uint16Array[], sizes: readonly number[], count: number): Int32Array {
  const keys = new Int32Array(count);
  ranks.forEach((rank, i) => {
    const size = sizes[i];
    for (let cell = 0; cell < count; cell++) keys[cell] = keys[cell] * size + rank[cell];
  });
  return keys;
}

interface Groups {
  readonly shown: Int32Array;
  readonly groupOfKey: Int32Array | ReadonlyMap<number, number>;
  readonly groupOf: (cell: number) => number;
}

function denseGroups(cells: Cells, keys: Int32Array, keyOf: KeyOf, product: number, least: number): Groups {
  const { observed, count } = cells;
  const seen = new Float64Array(product);
  const first = new Int32Array(product).fill(-1);
  for (let cell = 0; cell < count; cell++) {
    if (observed[cell] === 0) continue;
    const key = keys[cell];
    seen[key] += observed[cell];
    first[key] = cell;
  }
  const group = new Int32Array(product).fill(-1);
  const shown: number[] = [];
  for (let key = 0; key < product; key++) {
    if (seen[key] < least) continue;
    group[key] = shown.length;
    shown.push(first[key]);
  }
  return { shown: Int32Array.from(shown), groupOfKey: group, groupOf: (cell) => group[keyOf(cell)] };
}

function hashedGroups(cells: Cells, keys: Int32Array, keyOf: KeyOf, least: number): Groups {
  const seen = new Map<number, number>();
  const first = new Map<number, number>();
  for (let cell = 0; cell < cells.count; cell++) {
    if (cells.observed[cell] === 0) continue;
    const key = keys[cell];
    seen.set(key, (seen.get(key) ?? 0) + cells.observed[cell]);
    first.set(key, cell);
  }
  const group = new Map<number, number>();
  const shown: number[] = [];
  for (const [key, items] of seen) {
    if (items < least) continue;
    group.set(key, shown.length);
    shown.push(first.get(key)!);
  }
  return { shown: Int32Array.from(shown), groupOfKey: group, groupOf: (cell) => group.get(keyOf(cell)) ?? -1 };
}
