/** Where a growth of events is, and where it is not: the whole way from rows to findings. */
import { choicesOf, cuboidOf } from './cuboids.ts';
import type { Exposure } from './exposure.ts';
import { type Explanation, explanationOf } from './findings.ts';
import { type Period, prepare, type Rows } from './rows.ts';
import { type Rules, totalOf } from './scan.ts';
import { search } from './search.ts';

export interface ExplainOptions {
  readonly baseline: Period;
  readonly window: Period;
  /** Without it the same number of users is assumed everywhere, before and now. */
  readonly exposure?: Exposure;
  /** Upper bound of the chance of naming a slice where nothing happened, in (0, 1); .1, which by test is below 1 in 20. */
  readonly chance?: number;
  /** Nats that the evidence must reach besides; see `calibrateSlices`. */
  readonly least?: number;
  /**
   * What one row of the baseline stands for, where a row of the window stands for one; 1. Other than 1 where the two are
   * samples of different rates, or where groups are compared instead of times.
   */
  readonly pastScale?: number;
  /** At most so many slices; 6. */
  readonly mostSlices?: number;
}

export const GATES = { leastItems: 6, leastExcess: 5, leastRatio: 1.35 };
export const MOST_CONDITIONS = 3;

/**
 * Which slices of events grew beyond the rest between a baseline and a window.
 *
 * Source: the design of conditional slice scans over cuboids with exposure; see the files of this folder for each statistic.
 *
 * @param rows times and coded columns; any order, rows outside both periods are ignored
 * @returns    slices with intervals, overall growth, and what was assumed; no slice is a real answer
 * @throws RangeError on periods that are empty or overlap, columns of unequal length, or an exposure table that does not fit
 *
 * @example
 * explainEvents({ at, columns: [encodeColumn('platform', platforms)] }, { baseline, window }).slices[0].conditions;
 */
export function explainEvents(rows: Rows, options: ExplainOptions): Explanation {
  check(rows, options);
  const { baseline, window, exposure, chance = 0.1, least = 0, pastScale = 1, mostSlices = 6 } = options;
  const prepared = prepare(rows, {
    baseline,
    window,
    leastItems: GATES.leastItems,
    pastScale,
    ...(exposure && { exposure }),
  });
  const { cells } = prepared;
  const rules: Rules = { ...GATES, dispersion: prepared.dispersion };
  const cuboids = choicesOf(cells, MOST_CONDITIONS).map((choice) => cuboidOf(cells, choice, GATES.leastItems));
  const field = { cells, cuboids, total: totalOf(cells), rules };
  const found = search(field, { chance, least, mostSlices });
  return explanationOf(rows, options, prepared, found);
}

function check({ at, columns }: Rows, { baseline, window, chance = 0.1, pastScale = 1 }: ExplainOptions): void {
  for (const [name, { from, to }] of [['baseline', baseline] as const, ['window', window] as const])
    if (!(to > from)) throw new RangeError(`${name} must end after it begins, got ${from} to ${to}`);
  if (baseline.from < window.to && window.from < baseline.to) throw new RangeError('baseline and window overlap');
  if (!(pastScale > 0 && pastScale < Infinity)) throw new RangeError(`pastScale must be above 0, got ${pastScale}`);
  if (!(chance > 0 && chance < 1)) throw new RangeError(`chance must lie between 0 and 1, got ${chance}`);
  for (const { name, codes } of columns)
    if (codes.length !== at.length)
      throw new RangeError(`${name} has ${codes.length} rows, there are ${at.length} times`);
}
