/**
 * The beta distribution and the likelihood of beta-binomial counts.
 *
 * Sources: continued fraction of the incomplete beta function, Abramowitz & Stegun 26.5.8, by the modified Lentz method;
 * the quantile by bisection on the log-odds, which stays exact where p is near 0 or 1.
 */
import { lgamma } from './gamma.ts';

/**
 * ln B(a, b).
 *
 * @param a > 0
 * @param b > 0
 *
 * @example
 * lbeta(1, 2); // ln 0.5
 */
export const lbeta = (a: number, b: number): number => lgamma(a) + lgamma(b) - lgamma(a + b);

/**
 * P(X ≤ x) for X ~ Beta(a, b).
 *
 * @param a > 0
 * @param b > 0
 * @param x in [0, 1]
 * @throws RangeError outside these ranges
 *
 * @example
 * betaCdf(1, 2, 0.5); // 0.75
 */
export function betaCdf(a: number, b: number, x: number): number {
  if (!(a > 0 && a < Infinity && b > 0 && b < Infinity))
    throw new RangeError(`a and b must be above 0, got ${a}, ${b}`);
  if (!(x >= 0 && x <= 1)) throw new RangeError(`x must lie in [0, 1], got ${x}`);
  if (x === 0 || x === 1) return x;
  const scale = Math.exp(a * Math.log(x) + b * Math.log1p(-x) - lbeta(a, b));
  // The fraction converges fast below the mean; above it the mirrored one does.
  return x < (a + 1) / (a + b + 2) ? (scale * fraction(a, b, x)) / a : 1 - (scale * fraction(b, a, 1 - x)) / b;
}

const TINY = 1e-300;
const away = (value: number): number => (Math.abs(value) < TINY ? TINY : value);

function fraction(a: number, b: number, x: number): number {
  let c = 1;
  let d = 1 / away(1 - ((a + b) * x) / (a + 1));
  let value = d;
  for (let m = 1; m < 10_000; m++) {
    const even = (m * (b - m) * x) / ((a + 2 * m - 1) * (a + 2 * m));
    d = 1 / away(1 + even * d);
    c = away(1 + even / c);
    value *= d * c;
    const odd = (-(a + m) * (a + b + m) * x) / ((a + 2 * m) * (a + 2 * m + 1));
    d = 1 / away(1 + odd * d);
    c = away(1 + odd / c);
    value *= d * c;
    if (Math.abs(d * c - 1) < 1e-14) break;
  }
  return value;
}

/**
 * The value that a Beta(a, b) stays below with probability `level`.
 *
 * @param level in (0, 1)
 * @returns     in (0, 1), relative error below 1e-9
 *
 * @example
 * betaQuantile(1, 2, 0.75); // 0.5
 */
export function betaQuantile(a: number, b: number, level: number): number {
  if (!(level > 0 && level < 1)) throw new RangeError(`level must lie between 0 and 1, got ${level}`);
  let low = -700;
  let high = 36;
  for (let step = 0; step < 60 && high - low > 1e-10; step++) {
    const middle = (low + high) / 2;
    if (betaCdf(a, b, logistic(middle)) < level) low = middle;
    else high = middle;
  }
  return logistic((low + high) / 2);
}

/**
 * The probability with these log-odds.
 *
 * @example
 * logistic(0); // 0.5
 */
export const logistic = (odds: number): number => 1 / (1 + Math.exp(-odds));

/**
 * ln P(k of n) when each of n counts with a probability drawn once from Beta(a, b).
 *
 * @param k integer in [0, n]
 *
 * @example
 * betaBinomialLog(0, 1, 1, 1); // ln 0.5
 */
export function betaBinomialLog(k: number, n: number, a: number, b: number): number {
  if (!(k >= 0 && k <= n)) throw new RangeError(`k must lie in [0, ${n}], got ${k}`);
  return lgamma(n + 1) - lgamma(k + 1) - lgamma(n - k + 1) + lbeta(k + a, n - k + b) - lbeta(a, b);
}
