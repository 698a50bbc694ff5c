/** Every slice with enough items, judged: the hot loop of the search. */
import { type Box, boxOf } from './box.ts';
import type { Cells } from './cells.ts';
import type { Cuboid } from './cuboids.ts';
import { nats, type Sums } from './evidence.ts';

export interface Candidate extends Sums {
  readonly box: Box;
  /** Nats. */
  readonly evidence: number;
  /** Nats beyond its threshold: from 0 on it passes. */
  readonly margin: number;
  /** The margin less what so involved a slice has to bring: by this slices are compared. */
  readonly score: number;
}

export interface Rules {
  /** Items a slice must have in the window. */
  readonly leastItems: number;
  /** Items more than expected. */
  readonly leastExcess: number;
  /** Times the expected. */
  readonly leastRatio: number;
  /** tau² of a share between past days. */
  readonly dispersion: number;
}

export interface Field {
  readonly cells: Cells;
  readonly cuboids: readonly Cuboid[];
  readonly total: Sums;
  readonly rules: Rules;
}

/** Sums of all cells, with what is expected of each already adjusted. */
export function totalOf(cells: Cells, expected: Float64Array = cells.expected): Sums {
  return { observed: sumOf(cells.observed), expected: sumOf(expected), past: sumOf(cells.past) };
}

function sumOf(values: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < values.length; i++) sum += values[i];
  return sum;
}

/**
 * Judges every slice that passes the gates.
 *
 * @param expectedOf expectation of a cuboid as it is now: with accepted slices taken out
 * @param visit      is told each one that brings evidence
 * @returns          how many slices had enough items to be judged
 */
export function scan(
  field: Field,
  total: Sums,
  expectedOf: (cuboid: number) => Float64Array,
  visit: (cuboid: number, group: number, interval: number, sums: Sums, evidence: number) => void,
): number {
  let judged = 0;
  field.cuboids.forEach((cuboid, index) => {
    const expected = expectedOf(index);
    for (let group = 0; group < cuboid.shown.length; group++) {
      if (isOthers(field.cells, cuboid, group)) continue;
      judged += judgeGroup(field, total, cuboid, group, expected, (interval, sums, evidence) =>
        visit(index, group, interval, sums, evidence),
      );
    }
  });
  return judged;
}

function isOthers({ columns, ranks }: Cells, { plain, shown }: Cuboid, group: number): boolean {
  return plain.some((d) => columns[d].members[ranks[d][shown[group]]].length === 0);
}

const WHOLE = [{ low: 0, high: 0 }];
const WIDEST = 1024;
const sumsAlong = {
  observed: new Float64Array(WIDEST + 1),
  expected: new Float64Array(WIDEST + 1),
  past: new Float64Array(WIDEST + 1),
};

function judgeGroup(
  { cells, rules }: Field,
  total: Sums,
  cuboid: Cuboid,
  group: number,
  expectedNow: Float64Array,
  found: (interval: number, sums: Sums, evidence: number) => void,
): number {
  const { observed, expected, past } = sumsAlong;
  const from = group * cuboid.width;
  for (let i = 0; i < cuboid.width; i++) {
    observed[i + 1] = observed[i] + cuboid.observed[from + i];
    expected[i + 1] = expected[i] + expectedNow[from + i];
    past[i + 1] = past[i] + cuboid.past[from + i];
  }
  const intervals = cuboid.axis < 0 ? WHOLE : cells.columns[cuboid.axis].intervals;
  let judged = 0;
  for (let k = 0; k < intervals.length; k++) {
    const { low, high } = intervals[k];
    const o = observed[high + 1] - observed[low];
    if (o < rules.leastItems) continue;
    judged++;
    const e = Math.max(0, expected[high + 1] - expected[low]);
    const growth = (total.observed - o) / (total.expected - e);
    if (!(o - e * growth >= rules.leastExcess && o > rules.leastRatio * e * growth)) continue;
    const b = Math.max(0, past[high + 1] - past[low]);
    const gain = nats(o, e, b, total.observed, total.expected, total.past, rules.dispersion);
    if (gain > 0) found(k, { observed: o, expected: e, past: b }, gain);
  }
  return judged;
}

/** The box of a slice that was visited. */
export function boxAt({ cells, cuboids }: Field, index: number, group: number, interval: number): Box {
  const { plain, axis, shown } = cuboids[index];
  const cell = shown[group];
  const sides = plain.map((dimension) => {
    const rank = cells.ranks[dimension][cell];
    return { dimension, low: rank, high: rank };
  });
  if (axis >= 0) {
    const { low, high } = cells.columns[axis].intervals[interval];
    sides.push({ dimension: axis, low, high });
  }
  return boxOf(sides);
}

/** Conditions of the slices of a cuboid. */
export const widthOf = ({ plain, axis }: Cuboid): number => plain.length + (axis < 0 ? 0 : 1);

/** Expectations of a cuboid when those of some cells have become others. */
export function adjusted(cells: Cells, cuboid: Cuboid, affected: readonly number[], now: Float64Array): Float64Array {
  const expected = cuboid.expected.slice();
  const along = cuboid.axis < 0 ? null : cells.ranks[cuboid.axis];
  for (const cell of affected) {
    const group = cuboid.groupOf(cell);
    if (group < 0) continue;
    expected[along ? group * cuboid.width + along[cell] : group] += now[cell] - cells.expected[cell];
  }
  return expected;
}
