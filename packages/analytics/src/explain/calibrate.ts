/**
 * What past days reach by themselves: each block of the baseline as long as the window is explained by the others, and the
 * strongest slice of each kept. Nothing happened in most of them, so they show what unmodelled unrest alone brings.
 *
 * The maximum of many slices is close to Gumbel's law (E. Gumbel, Statistics of Extremes, 1958); it is fitted by moments,
 * because fourteen days alone cannot show what one day in a hundred reaches. One incident in the past raises the answer.
 */
import { choicesOf, cuboidOf } from './cuboids.ts';
import { GATES, MOST_CONDITIONS } from './events.ts';
import { type Period, prepare, type Rows } from './rows.ts';
import { scan, totalOf } from './scan.ts';

const MOST_BLOCKS = 200;
const LEAST_BLOCKS = 5;
const EULER = 0.5772156649;

/**
 * @param rows   as for `explainEvents`; only those of the baseline are looked at
 * @param length of the windows that will be explained, ms
 * @param chance that a window in which nothing happened reaches the answer, in (0, 1)
 * @returns      nats for the option `least` of `explainEvents`; 0 when the baseline holds fewer than five such windows.
 *               Costs one scan a block, at most 200: keep it as long as the stream stays alike
 * @throws RangeError on a chance or a length outside these ranges
 *
 * @example
 * explainEvents(rows, { baseline, window, least: calibrateSlices(rows, baseline, 86_400_000, 0.05) });
 */
export function calibrateSlices(rows: Rows, baseline: Period, length: number, chance: number): number {
  if (!(chance > 0 && chance < 1)) throw new RangeError(`chance must lie between 0 and 1, got ${chance}`);
  if (!(length > 0)) throw new RangeError(`length must be above 0, got ${length}`);
  const all = Math.floor((baseline.to - baseline.from) / length);
  if (all < LEAST_BLOCKS) return 0;
  const step = Math.max(1, Math.ceil(all / MOST_BLOCKS));
  const most: number[] = [];
  for (let block = 0; block < all; block += step) {
    const from = baseline.from + block * length;
    most.push(strongest(rows, baseline, { from, to: from + length }));
  }
  const mean = most.reduce((a, b) => a + b, 0) / most.length;
  const variance = most.reduce((a, b) => a + (b - mean) ** 2, 0) / (most.length - 1);
  const scale = Math.sqrt(6 * variance) / Math.PI;
  return Math.max(0, mean - EULER * scale - scale * Math.log(-Math.log(1 - chance)));
}

/** The strongest slice of a block, when all the other blocks are its past. */
function strongest(rows: Rows, baseline: Period, block: Period): number {
  const prepared = prepare(rows, { baseline, window: block, leastItems: GATES.leastItems });
  const { cells } = prepared;
  const cuboids = choicesOf(cells, MOST_CONDITIONS).map((choice) => cuboidOf(cells, choice, GATES.leastItems));
  const field = { cells, cuboids, total: totalOf(cells), rules: { ...GATES, dispersion: prepared.dispersion } };
  let most = 0;
  const look = (_c: number, _g: number, _i: number, _s: object, evidence: number): void => {
    most = Math.max(most, evidence);
  };
  scan(field, field.total, (i) => cuboids[i].expected, look);
  return most;
}
