/** A slice in ranks: an interval in each of a few dimensions. */
import type { Cells } from './cells.ts';
import type { Ranked } from './column.ts';

export interface Side {
  readonly dimension: number;
  /** Ranks, both included. */
  readonly low: number;
  readonly high: number;
}
/** In the order of the dimensions. */
export type Box = readonly Side[];

export const boxOf = (sides: readonly Side[]): Box => [...sides].sort((a, b) => a.dimension - b.dimension);
export const keyOf = (box: Box): string =>
  box.map(({ dimension, low, high }) => `${dimension}:${low}-${high}`).join(' ');

/** Whether every cell of `inner` lies in `outer`, told by their sides alone. */
export const holds = (outer: Box, inner: Box): boolean =>
  outer.every((side) =>
    inner.some(({ dimension, low, high }) => dimension === side.dimension && low >= side.low && high <= side.high),
  );

/** The cells of a box, in ascending order. */
export function cellsIn(cells: Cells, box: Box): Int32Array {
  const found: number[] = [];
  const [first, ...rest] = box;
  const ranks = cells.ranks[first.dimension];
  for (let cell = 0; cell < cells.count; cell++) {
    if (ranks[cell] < first.low || ranks[cell] > first.high) continue;
    if (rest.every((side) => isWithin(cells, side, cell))) found.push(cell);
  }
  return Int32Array.from(found);
}

const isWithin = (cells: Cells, { dimension, low, high }: Side, cell: number): boolean =>
  cells.ranks[dimension][cell] >= low && cells.ranks[dimension][cell] <= high;

/** One condition of a slice, in words of the data. */
export interface Condition {
  readonly dimension: string;
  readonly form: 'value' | 'from' | 'to' | 'prefix' | 'between';
  /** Every value that it covers, in order. */
  readonly values: readonly string[];
  /** How it is written: the value, the first value of "from", the last of "to", the prefix, or "first – last". */
  readonly said: string;
}

/** The conditions of a box as they are said. */
export const conditionsOf = (columns: readonly Ranked[], box: Box): Condition[] =>
  box.map((side) => conditionOf(columns[side.dimension], side));

function conditionOf(column: Ranked, { low, high }: Side): Condition {
  const values = column.members.slice(low, high + 1).flat();
  const known = column.intervals.find((interval) => interval.low === low && interval.high === high);
  const form = known?.form ?? 'between';
  const [first, last] = [values[0], values.at(-1)!];
  const said = {
    value: first === last ? first : `${first} – ${last}`,
    from: first,
    to: last,
    prefix: known?.prefix ?? '',
  };
  return { dimension: column.name, form, values, said: form === 'between' ? `${first} – ${last}` : said[form] };
}
