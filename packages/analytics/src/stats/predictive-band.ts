import type { ExpectedShare } from '../engine/entry.ts';
import { negativeBinomialQuantile } from './negative-binomial.ts';

/** What was to be expected per bucket; three arrays of the length of the totals, in items. */
export interface PredictiveBand {
  readonly mean: Float64Array;
  readonly low: Float64Array;
  readonly high: Float64Array;
}

/**
 * The range in which the counts of a group should lie, bucket by bucket, if its share of the stream is what it was.
 * The share is Gamma(shape, rate), so a count out of `n` stream items is negative binomial with mean n·shape/rate and
 * variance mean + mean²/shape + dispersion·mean²: gamma–Poisson mixture, widened by the extra variance.
 *
 * @param expected share of the stream, see `ExpectedShare`
 * @param totals   stream items per bucket; shape [n], ≥ 0
 * @param level    probability inside the band, in (0, 1)
 * @returns        mean and the (1 ± level)/2 quantiles; one pass, O(sum of the bounds)
 * @throws RangeError on a value outside these ranges (it is named)
 *
 * @example
 * predictiveBand({ shape: 50, rate: 1000, dispersion: 0 }, [100]).mean[0]; // 5
 */
export function predictiveBand(expected: ExpectedShare, totals: ArrayLike<number>, level = 0.95): PredictiveBand {
  const { shape, rate, dispersion } = expected;
  if (!(shape > 0 && shape < Infinity)) throw new RangeError(`shape must be finite and above 0, got ${shape}`);
  if (!(rate > 0 && rate < Infinity)) throw new RangeError(`rate must be finite and above 0, got ${rate}`);
  if (!(dispersion >= 0)) throw new RangeError(`dispersion must be at least 0, got ${dispersion}`);
  if (!(level > 0 && level < 1)) throw new RangeError(`level must lie between 0 and 1, got ${level}`);
  const n = totals.length;
  const mean = new Float64Array(n);
  const low = new Float64Array(n);
  const high = new Float64Array(n);
  const size = 1 / (1 / shape + dispersion);
  for (let i = 0; i < n; i++) {
    if (!(totals[i] >= 0)) throw new RangeError(`totals[${i}] must be at least 0, got ${totals[i]}`);
    mean[i] = (totals[i] * shape) / rate;
    low[i] = negativeBinomialQuantile(mean[i], size, (1 - level) / 2);
    high[i] = negativeBinomialQuantile(mean[i], size, (1 + level) / 2);
  }
  return { mean, low, high };
}
