/** Gains of every slice of a table of leaves, one pass for each choice of dimensions. */
import type { Column } from './column.ts';
import type { Leaves } from './table-leaves.ts';

export interface LeafSlice {
  /** Pairs of dimension and dictionary code. */
  readonly codes: readonly (readonly [dimension: number, code: number])[];
  readonly leaves: readonly number[];
  /** (Σwd)²/Σw: what a mean of its own takes from the sum of squares. */
  readonly gain: number;
  readonly mean: number;
}

interface Grouping {
  readonly dimensions: readonly number[];
  /** Group of each leaf; shape [leaves]. */
  readonly group: Int32Array;
  readonly size: number;
}

const MOST_CONDITIONS = 5;
/** So many possible groups are told apart by a table, more by hashing. */
const DENSE = 1 << 20;
/** Gains differ by less than this: the slice with fewer conditions is the simpler thing to say. */
const SAME = 1e-9;

/** Every choice of dimensions, fewest first, with the groups that its leaves fall into. */
export function groupings(columns: readonly Column[]): Grouping[] {
  const out: Grouping[] = [];
  for (let bits = 1; bits < 1 << columns.length; bits++) {
    const dimensions = columns.map((_, d) => d).filter((d) => bits & (1 << d));
    if (dimensions.length <= MOST_CONDITIONS) out.push(grouped(columns, dimensions));
  }
  return out.sort((a, b) => a.dimensions.length - b.dimensions.length);
}

function grouped(columns: readonly Column[], dimensions: readonly number[]): Grouping {
  const count = columns[0].codes.length;
  const group = new Int32Array(count);
  const product = dimensions.reduce((all, d) => all * columns[d].values.length, 1);
  if (product <= DENSE) return { dimensions, ...denseGroups(columns, dimensions, product) };
  const known = new Map<number, number>();
  for (let leaf = 0; leaf < count; leaf++) {
    let key = 0;
    for (const d of dimensions) key = key * columns[d].values.length + columns[d].codes[leaf];
    let id = known.get(key);
    if (id === undefined) {
      id = known.size;
      known.set(key, id);
    }
    group[leaf] = id;
  }
  return { dimensions, group, size: known.size };
}

/** The same with a table of all keys: groups are numbered as they first come. */
function denseGroups(columns: readonly Column[], dimensions: readonly number[], product: number) {
  const group = new Int32Array(columns[0].codes.length);
  for (const d of dimensions) {
    const { codes, values } = columns[d];
    for (let leaf = 0; leaf < group.length; leaf++) group[leaf] = group[leaf] * values.length + codes[leaf];
  }
  const known = new Int32Array(product).fill(-1);
  let size = 0;
  for (let leaf = 0; leaf < group.length; leaf++) {
    const key = group[leaf];
    if (known[key] < 0) known[key] = size++;
    group[leaf] = known[key];
  }
  return { group, size };
}

function summed(group: Int32Array, size: number, values: Float64Array): Float64Array {
  const sums = new Float64Array(size);
  for (let leaf = 0; leaf < group.length; leaf++) sums[group[leaf]] += values[leaf];
  return sums;
}

/**
 * The slices of the largest gains on one side (+1: below the forecast), at most `most`, best first.
 *
 * @param simpler a slice of one condition more has to gain so many times as much; ≥ 1
 */
export function bestSlices(
  columns: readonly Column[],
  choices: readonly Grouping[],
  { count, deviation, weight }: Leaves,
  side: number,
  most: number,
  simpler = 1,
): LeafSlice[] {
  const weighted = weight.map((w, leaf) => w * deviation[leaf]);
  const top: { choice: number; group: number; gain: number; mean: number; worth: number }[] = [];
  choices.forEach(({ group, size, dimensions }, choice) => {
    const price = simpler ** (1 - dimensions.length);
    const moved = summed(group, size, weighted);
    const mass = summed(group, size, weight);
    for (let g = 0; g < size; g++) {
      if (moved[g] * side <= 0) continue;
      const gain = (moved[g] * moved[g]) / mass[g];
      const worth = gain * price;
      if (top.length === most && worth <= top[most - 1].worth * (1 + SAME)) continue;
      const at = top.findIndex((other) => worth > other.worth * (1 + SAME));
      top.splice(at < 0 ? top.length : at, 0, { choice, group: g, gain, mean: moved[g] / mass[g], worth });
      if (top.length > most) top.pop();
    }
  });
  return top.map(({ choice, group, gain, mean }) => {
    const { dimensions, group: of } = choices[choice];
    const leaves: number[] = [];
    for (let leaf = 0; leaf < count; leaf++) if (of[leaf] === group) leaves.push(leaf);
    const codes = dimensions.map((d): [number, number] => [d, columns[d].codes[leaves[0]]]);
    return { codes, leaves, gain, mean };
  });
}
