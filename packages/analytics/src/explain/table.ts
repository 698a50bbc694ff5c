/**
 * Where a metric leaves its forecast: slices of a table of leaves with a real and a predicted value, or of a ratio.
 *
 * Source: the generalised ripple effect of Z. Li et al. ("Squeeze", ISSRE 2019): all leaves of one cause deviate alike,
 * d = 2(f − v)/(f + v). Departures: slices are compared by the gain of a mean of their own, (Σwd)²/Σw against a robust
 * variance, instead of by clusters; and the best slice of the side opposite to the anomaly, which is noise, sets what has to be beaten.
 */
import type { Condition } from './box.ts';
import type { Column } from './column.ts';
import type { Estimate } from './intervals.ts';
import { deviationsOf, type Leaves, noiseOf } from './table-leaves.ts';
import { bestSlices, groupings, type LeafSlice } from './table-scan.ts';

export interface MetricTable {
  /** Shape [dimensions], each with codes of shape [leaves]. */
  readonly columns: readonly Column[];
  /** Shape [leaves], ≥ 0. */
  readonly real: ArrayLike<number>;
  readonly predict: ArrayLike<number>;
  /** For ratios: what `real` and `predict` are divided by; shape [leaves], ≥ 0. */
  readonly denominator?: { readonly real: ArrayLike<number>; readonly predict: ArrayLike<number> };
}

export interface TableSlice {
  readonly conditions: readonly Condition[];
  readonly leaves: number;
  /** Sums; of a ratio, the ratio of the sums. */
  readonly real: number;
  readonly predict: number;
  /** Mean relative deviation of its leaves, 2(predict − real)/(predict + real), less that of the rest; with 95 % limits. */
  readonly deviation: Estimate;
  /** Share of everything that deviates to this side, in [0, 1]. */
  readonly share: number;
  /** Nats. */
  readonly evidence: number;
}

export interface TableExplanation {
  readonly slices: readonly TableSlice[];
  /** Deviation of an ordinary leaf from its forecast: what is common to all. */
  readonly overall: number;
  /** Nats that the best slice of the opposite side reaches by chance; a slice had to beat it. */
  readonly decoy: number;
  /** Slices compared. */
  readonly judged: number;
}

/** Times the gain of the decoy. */
const BEAT = 1.25;
/** Share of a slice's weight that must have moved by at least half of its mean. */
const MOVED = 0.6;
/** A slice deviates at least by this part of the strongest. */
const FAINT = 0.25;
/** A slice brings at least this part of the first's gain; one that is certain has to bring no more in a ratio than elsewhere. */
const ECHO = { metric: 0.02, ratio: 0.12 };
/** Nats from which on a slice is certain: leaves of large denominators reach them, swings of small ones do not. */
const CERTAIN = 3000;
/** Times the gain that a further condition has to bring. Ratios of small counts swing, and a part that swings along is no cause. */
const SIMPLER = { metric: 1.02, ratio: 1.35 };

/**
 * @param mostSlices at most so many slices; 6
 * @throws RangeError on values below 0, or columns of unequal length (named with their index)
 *
 * @example
 * explainTable({ columns, real, predict }).slices.map(({ conditions }) => conditions);
 */
export function explainTable(table: MetricTable, { mostSlices = 6 } = {}): TableExplanation {
  const { leaves, overall } = deviationsOf(table);
  const choices = groupings(table.columns);
  const start = leaves.deviation;
  let noise = noiseOf(leaves, null);
  const sides = [1, -1].map((side) => bestSlices(table.columns, choices, leaves, side, 1)[0]?.gain ?? 0);
  const side = sides[0] >= sides[1] ? 1 : -1;
  let found = pursue(table, choices, leaves, { side, noise, decoy: Math.min(...sides), mostSlices });
  const inside = new Uint8Array(leaves.count);
  for (const slice of found) for (const leaf of slice.leaves) inside[leaf] = 1;
  noise = noiseOf(leaves, inside);
  const outside: Leaves = { ...leaves, weight: leaves.weight.map((w, i) => (inside[i] ? 0 : w)) };
  const decoy = bestSlices(table.columns, choices, outside, -side, 1)[0]?.gain ?? 0;
  found = pursue(table, choices, { ...leaves, deviation: start }, { side, noise, decoy, mostSlices });
  const slices = found.map((slice) => sliceOf(table, leaves, slice, side, noise));
  const judged = choices.reduce((sum, { size }) => sum + size, 0);
  return { slices, overall, decoy: decoy / (2 * noise), judged };
}

interface Pursuit {
  readonly side: number;
  readonly noise: number;
  readonly decoy: number;
  readonly mostSlices: number;
}

function pursue(
  table: MetricTable,
  choices: ReturnType<typeof groupings>,
  start: Leaves,
  { side, noise, decoy, mostSlices }: Pursuit,
): LeafSlice[] {
  const found: LeafSlice[] = [];
  const leaves = { ...start, deviation: start.deviation.slice() };
  const judged = choices.reduce((sum, { size }) => sum + size, 0);
  const kind = table.denominator ? 'ratio' : 'metric';
  while (found.length < mostSlices) {
    const floor = Math.max(BEAT * decoy, 2 * noise * Math.log(judged / 0.05));
    const echo = ({ gain }: LeafSlice): number => ECHO[gain > 2 * noise * CERTAIN ? 'metric' : kind];
    const next = bestSlices(table.columns, choices, leaves, side, 60, SIMPLER[kind]).find(
      (slice) =>
        slice.gain > Math.max(floor, echo(slice) * (found[0]?.gain ?? 0)) &&
        hasMoved(leaves, slice, side) &&
        !isFaint(slice, found),
    );
    if (!next) break;
    found.push(next);
    for (const leaf of next.leaves) leaves.deviation[leaf] = 0;
  }
  return found;
}

const isFaint = ({ mean }: LeafSlice, found: readonly LeafSlice[]): boolean =>
  found.some((other) => Math.abs(mean) < FAINT * Math.abs(other.mean));

function hasMoved({ weight, deviation }: Leaves, { leaves, mean }: LeafSlice, side: number): boolean {
  let moved = 0;
  let all = 0;
  for (const leaf of leaves) {
    all += weight[leaf];
    if (deviation[leaf] * side >= Math.abs(mean) / 2) moved += weight[leaf];
  }
  return moved >= MOVED * all;
}

function sliceOf(table: MetricTable, leaves: Leaves, slice: LeafSlice, side: number, noise: number): TableSlice {
  const sum = (values: ArrayLike<number>): number => slice.leaves.reduce((total, leaf) => total + values[leaf], 0);
  const { denominator } = table;
  const over = (top: number, bottom: number): number => (bottom > 0 ? top / bottom : 0);
  const weight = slice.leaves.reduce((total, leaf) => total + leaves.weight[leaf], 0);
  const mean = slice.leaves.reduce((total, leaf) => total + leaves.weight[leaf] * leaves.deviation[leaf], 0) / weight;
  const half = 1.959964 * Math.sqrt(noise / weight);
  let all = 0;
  for (let i = 0; i < leaves.count; i++) all += Math.max(0, side * leaves.deviation[i]) * leaves.weight[i];
  return {
    conditions: slice.codes.map(([dimension, code]) => conditionOf(table.columns[dimension], code)),
    leaves: slice.leaves.length,
    real: denominator ? over(sum(table.real), sum(denominator.real)) : sum(table.real),
    predict: denominator ? over(sum(table.predict), sum(denominator.predict)) : sum(table.predict),
    deviation: { value: mean, low: mean - half, high: mean + half },
    share: all > 0 ? Math.min(1, Math.abs(mean * weight) / all) : 0,
    evidence: slice.gain / (2 * noise),
  };
}

function conditionOf({ name, values }: Column, code: number): Condition {
  return { dimension: name, form: 'value', values: [values[code]], said: values[code] };
}
