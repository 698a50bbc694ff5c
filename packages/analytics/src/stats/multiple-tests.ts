/**
 * p-values corrected for having looked many times (false discovery rate): adjusted p ≤ α selects a list of which at
 * most the share α is expected to be false.
 *
 * Source: Y. Benjamini, Y. Hochberg, J. R. Stat. Soc. B 57, 1995, step-up.
 *
 * @param pValues in [0, 1]; shape [n], any order
 * @returns       adjusted p-values in the same order; O(n log n)
 * @throws RangeError on a value outside [0, 1]
 *
 * @example
 * adjustForMany([0.01, 0.04, 0.03]); // [0.03, 0.04, 0.04]
 */
export function adjustForMany(pValues: ArrayLike<number>): Float64Array {
  const n = pValues.length;
  const order = Array.from({ length: n }, (_, i) => i);
  for (const i of order) {
    if (!(pValues[i] >= 0 && pValues[i] <= 1))
      throw new RangeError(`pValues[${i}] must lie in [0, 1], got ${pValues[i]}`);
  }
  order.sort((a, b) => pValues[b] - pValues[a] || b - a);
  const out = new Float64Array(n);
  let least = 1;
  order.forEach((i, place) => {
    least = Math.min(least, (pValues[i] * n) / (n - place));
    out[i] = least;
  });
  return out;
}
