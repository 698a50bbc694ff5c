/**
 * Intervals of counts, differences and ratios.
 *
 * Sources: exact limits of a Poisson mean by the gamma law (F. Garwood, Biometrika 28, 1936); limits of a difference from
 * the limits of its parts, "MOVER" (G. Zou, A. Donner, Stat. Med. 27, 2008); over-dispersion widens by its square root.
 */
import { gammaQuantile } from '../stats/gamma.ts';

/** A number with its interval of the level asked for. */
export interface Estimate {
  readonly value: number;
  readonly low: number;
  readonly high: number;
}

/**
 * Exact limits of the mean behind a count.
 *
 * @param count ≥ 0
 * @param level probability of the interval, in (0, 1)
 *
 * @example
 * poissonLimits(0); // { value: 0, low: 0, high: 3.689 }
 */
export function poissonLimits(count: number, level = 0.95): Estimate {
  if (!(count >= 0 && count < Infinity)) throw new RangeError(`count must be finite and at least 0, got ${count}`);
  const tail = (1 - level) / 2;
  const low = count === 0 ? 0 : gammaQuantile(count, tail);
  return { value: count, low, high: gammaQuantile(count + 1, 1 - tail) };
}

/**
 * What was observed beyond what a past let expect, and how many times as much it was.
 *
 * @param observed   items of the window
 * @param expected   items expected, growth of the rest included
 * @param past       past items behind the expectation; 0: nothing is known of it, and the ratio has no upper limit
 * @param dispersion tau² of shares between days, ≥ 0
 *
 * @example
 * excessOf(40, 10, 140, 0).excess; // { value: 30, low: 18.6, high: 44.4 }
 */
export function excessOf(
  observed: number,
  expected: number,
  past: number,
  dispersion: number,
  level = 0.95,
): { excess: Estimate; ratio: Estimate } {
  const widen = Math.sqrt(1 + dispersion * expected);
  const seen = poissonLimits(observed, level);
  const known = poissonLimits(past, level);
  const perPast = past > 0 ? expected / past : 0;
  const seenBelow = (seen.value - seen.low) * widen;
  const seenAbove = (seen.high - seen.value) * widen;
  const lessExpected = (known.value - known.low) * perPast;
  const moreExpected = (known.high - known.value) * perPast;
  const value = observed - expected;
  const excess = {
    value,
    low: value - Math.hypot(seenBelow, moreExpected),
    high: value + Math.hypot(seenAbove, lessExpected),
  };
  return { excess, ratio: ratioOf(observed, expected, past, dispersion, level) };
}

/** On the scale of logarithms, where the two counts add up. */
function ratioOf(observed: number, expected: number, past: number, dispersion: number, level: number): Estimate {
  if (!(expected > 0)) return { value: Infinity, low: 0, high: Infinity };
  const widen = Math.sqrt(1 + dispersion * expected);
  const seen = poissonLimits(observed, level);
  const known = poissonLimits(past, level);
  const value = observed / expected;
  const below = observed > 0 ? Math.log(observed / Math.max(seen.low, 1e-9)) * widen : Infinity;
  const above = Math.log(seen.high / Math.max(observed, 0.5)) * widen;
  const pastAbove = past > 0 ? Math.log(known.high / past) : Infinity;
  const pastBelow = past > 0 ? Math.log(past / Math.max(known.low, 1e-9)) : Infinity;
  return {
    value,
    low: observed > 0 ? value * Math.exp(-Math.hypot(below, pastAbove)) : 0,
    // of none seen the limit is that of the few that chance may have held back, not nothing
    high: (Math.max(observed, 0.5) / expected) * Math.exp(Math.hypot(above, pastBelow)),
  };
}
