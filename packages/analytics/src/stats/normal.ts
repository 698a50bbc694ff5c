/**
 * Quantile of the standard normal distribution, absolute error below 1e-9.
 *
 * Source: P. J. Acklam's rational approximation, 2003, with one step of Halley's method against `normalCdf`.
 *
 * @param level in (0, 1)
 * @throws RangeError outside this range
 *
 * @example
 * normalQuantile(0.975); // 1.959964
 */
export function normalQuantile(level: number): number {
  if (!(level > 0 && level < 1)) throw new RangeError(`level must lie between 0 and 1, got ${level}`);
  let x = approximate(level);
  const error = normalCdf(x) - level;
  const u = error * Math.sqrt(2 * Math.PI) * Math.exp((x * x) / 2);
  x -= u / (1 + (x * u) / 2);
  return x;
}

const A = [
  -39.69683028665376, 220.9460984245205, -275.9285104469687, 138.357751867269, -30.66479806614716, 2.506628277459239,
];
const B = [-54.47609879822406, 161.5858368580409, -155.6989798598866, 66.80131188771972, -13.28068155288572, 1];
const C = [
  -0.007784894002430293, -0.3223964580411365, -2.400758277161838, -2.549732539343734, 4.374664141464968,
  2.938163982698783,
];
const D = [0.007784695709041462, 0.3224671290700398, 2.445134137142996, 3.754408661907416, 1];

function approximate(level: number): number {
  if (level < 0.02425) {
    const q = Math.sqrt(-2 * Math.log(level));
    return horner(C, q) / horner(D, q);
  }
  if (level > 1 - 0.02425) return -approximate(1 - level);
  const q = level - 0.5;
  return (horner(A, q * q) * q) / horner(B, q * q);
}

function horner(coefficients: readonly number[], x: number): number {
  return coefficients.reduce((sum, c) => sum * x + c, 0);
}

/**
 * P(Z ≤ x) for a standard normal Z, absolute error below 1e-13 for |x| < 6.
 *
 * Source: the series of Marsaglia, "Evaluating the normal distribution", J. Stat. Softw. 11(4), 2004, and the continued
 * fraction of the tail beyond 5.
 *
 * @example
 * normalCdf(0); // 0.5
 */
export function normalCdf(x: number): number {
  if (x > 5) return 1 - normalCdf(-x);
  if (x < -5) {
    let f = 0;
    for (let i = 60; i > 0; i--) f = i / (-x + f);
    return Math.exp(-0.5 * x * x) / Math.sqrt(2 * Math.PI) / (-x + f);
  }
  let sum = x;
  let term = x;
  for (let i = 3; Math.abs(term) > 1e-17 * Math.abs(sum); i += 2) {
    term *= (x * x) / i;
    sum += term;
  }
  return 0.5 + (sum * Math.exp(-0.5 * x * x)) / Math.sqrt(2 * Math.PI);
}
