/** What stands beside the slices: values that are spared, and two dimensions against each other. */
import type { Box } from './box.ts';
import type { Cells } from './cells.ts';
import { type Estimate, excessOf } from './intervals.ts';
import { totalOf } from './scan.ts';

/** A common value that has less than its part of what was seen. */
export interface Spared {
  readonly dimension: string;
  readonly value: string;
  readonly observed: number;
  /** By the past, the exposure, and the growth of everything together. */
  readonly expected: number;
  /** Observed / expected, with its interval of 95 %. */
  readonly ratio: Estimate;
}

/** Counts of every pair of values of two dimensions; values that are not shown are in no cell. */
export interface Grid {
  readonly rows: { readonly dimension: string; readonly values: readonly string[] };
  readonly columns: { readonly dimension: string; readonly values: readonly string[] };
  /** Shape [rows][columns]. */
  readonly observed: readonly (readonly number[])[];
  readonly expected: readonly (readonly number[])[];
}

/** What fewer items have than this part of all is spared by chance. */
const COMMON = 0.05;
const MOST_SPARED = 6;
const MOST_VALUES = 8;

interface Sums {
  observed: number;
  expected: number;
  past: number;
}

/** Sums of each rank of one dimension. */
function sumsOf(cells: Cells, dimension: number): Sums[] {
  const sums = cells.columns[dimension].members.map(() => ({ observed: 0, expected: 0, past: 0 }));
  const ranks = cells.ranks[dimension];
  for (let cell = 0; cell < cells.count; cell++) {
    const sum = sums[ranks[cell]];
    sum.observed += cells.observed[cell];
    sum.expected += cells.expected[cell];
    sum.past += cells.past[cell];
  }
  return sums;
}

/** A value of the data, and no rest of rare ones or part of a range of numbers. */
const isOneValue = (values: readonly string[]): boolean => values.length === 1 && values[0] !== '';

/** Values whose whole interval lies below what everything together did. */
export function sparedBy(cells: Cells, boxes: readonly Box[], dispersion: number): Spared[] {
  const all = totalOf(cells);
  if (!(all.expected > 0) || all.observed === 0) return [];
  const scale = all.observed / all.expected;
  const inSlice = (dimension: number, rank: number): boolean =>
    boxes.some((box) => box.some((side) => side.dimension === dimension && rank >= side.low && rank <= side.high));
  return cells.columns
    .flatMap(({ name, members }, dimension) =>
      sumsOf(cells, dimension).flatMap(({ observed, expected, past }, rank) => {
        if (!isOneValue(members[rank]) || inSlice(dimension, rank) || expected < COMMON * all.expected) return [];
        const { ratio } = excessOf(observed, expected * scale, past, dispersion);
        if (!(ratio.high < 1)) return [];
        return [{ dimension: name, value: members[rank][0], observed, expected: expected * scale, ratio }];
      }),
    )
    .sort((a, b) => b.expected - b.observed - (a.expected - a.observed))
    .slice(0, MOST_SPARED);
}

/** How far a dimension by itself is from its past: the likelihood ratio of its counts, in nats. */
function unevenness(cells: Cells, dimension: number): number {
  const all = totalOf(cells);
  const scale = all.observed / all.expected;
  return sumsOf(cells, dimension).reduce(
    (sum, { observed, expected }) =>
      sum + (observed > 0 ? observed * Math.log(observed / (expected * scale + 0.5)) : 0),
    0,
  );
}

/** The two dimensions to be shown: of the strongest slice, and where that has one condition, the one that says most besides. */
function pairOf(cells: Cells, boxes: readonly Box[]): readonly [number, number] | null {
  const [first] = boxes;
  if (!first || cells.columns.length < 2) return null;
  const [a, b] = first.map(({ dimension }) => dimension);
  if (b !== undefined) return [a, b];
  const others = cells.columns.map((_, i) => i).filter((i) => i !== a);
  return [a, others.sort((x, y) => unevenness(cells, y) - unevenness(cells, x))[0]];
}

function shownOf(cells: Cells, boxes: readonly Box[], dimension: number): number[] {
  const { members } = cells.columns[dimension];
  const sums = sumsOf(cells, dimension);
  const sides = boxes.flatMap((box) => box.filter((side) => side.dimension === dimension));
  const weight = (rank: number): number =>
    Math.max(sums[rank].observed, sums[rank].expected) +
    (sides.some(({ low, high }) => rank >= low && rank <= high) ? sums[rank].observed : 0);
  return members
    .map((_, rank) => rank)
    .filter((rank) => isOneValue(members[rank]) && weight(rank) > 0)
    .sort((a, b) => weight(b) - weight(a))
    .slice(0, MOST_VALUES)
    .sort((a, b) => a - b);
}

/** Null where there is no slice, or nothing to set against it. */
export function gridOf(cells: Cells, boxes: readonly Box[], growth: number): Grid | null {
  const pair = pairOf(cells, boxes);
  if (!pair) return null;
  const [rows, columns] = pair.map((dimension) => shownOf(cells, boxes, dimension));
  if (rows.length < 2 || columns.length < 2) return null;
  const places = pair.map((dimension, i) => {
    const place = new Int32Array(cells.columns[dimension].members.length).fill(-1);
    [rows, columns][i].forEach((rank, at) => {
      place[rank] = at;
    });
    return place;
  });
  const table = (): number[][] => rows.map(() => columns.map(() => 0));
  const [observed, expected] = [table(), table()];
  for (let cell = 0; cell < cells.count; cell++) {
    const row = places[0][cells.ranks[pair[0]][cell]];
    const column = places[1][cells.ranks[pair[1]][cell]];
    if (row < 0 || column < 0) continue;
    observed[row][column] += cells.observed[cell];
    expected[row][column] += cells.expected[cell] * growth;
  }
  const named = (dimension: number, ranks: readonly number[]) => ({
    dimension: cells.columns[dimension].name,
    values: ranks.map((rank) => cells.columns[dimension].members[rank][0]),
  });
  return { rows: named(pair[0], rows), columns: named(pair[1], columns), observed, expected };
}
