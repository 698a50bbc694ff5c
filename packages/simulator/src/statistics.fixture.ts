/** Tests of fit for the tests of the world: each says how likely what was counted, or worse, is by chance alone. */

/** The level of a whole family of tests: divided among them, so that one in a hundred worlds fails by chance. */
export const LEVEL = 0.01;

/** Pearson's: counts against what is expected of each. `fixed`: how many of them follow from the others. */
export function chiSquare(counts: readonly number[], expected: readonly number[], fixed: number): number {
  const sum = counts.reduce((all, count, i) => all + (count - expected[i]!) ** 2 / expected[i]!, 0);
  return beyond(counts.length - fixed, sum);
}

/** The upper tail of the chi-square law, by Wilson and Hilferty's cube root (1931); off by less than .002 from 3 degrees on. */
function beyond(freedom: number, sum: number): number {
  if (freedom === 1) return 2 * normalTail(Math.sqrt(sum));
  if (freedom === 2) return Math.exp(-sum / 2);
  const spread = 2 / (9 * freedom);
  return normalTail(((sum / freedom) ** (1 / 3) - 1 + spread) / Math.sqrt(spread));
}

/** Of the standard normal law, beyond `z`: Abramowitz and Stegun 26.2.17, off by less than 1e-7. */
function normalTail(z: number): number {
  if (z < 0) return 1 - normalTail(-z);
  const t = 1 / (1 + 0.2316419 * z);
  const poly = t * (0.31938153 + t * (-0.356563782 + t * (1.781477937 + t * (-1.821255978 + t * 1.330274429))));
  return (Math.exp((-z * z) / 2) / Math.sqrt(2 * Math.PI)) * poly;
}

/** Counts against shares of all of them. */
export function fitsShares(
  counts: ReadonlyMap<string, number>,
  shares: readonly (readonly [string, number])[],
): number {
  const total = [...counts.values()].reduce((all, one) => all + one, 0);
  const strange = [...counts.keys()].filter((name) => !shares.some(([known]) => known === name));
  if (strange.length > 0) throw new Error(`Not configured, and yet there: ${strange.join(', ')}`);
  if (shares.length === 1) return 1; // the only one there is
  return chiSquare(
    shares.map(([name]) => counts.get(name) ?? 0),
    shares.map(([, share]) => share * total),
    1,
  );
}

/** Kolmogorov and Smirnov's, by the limit law: values against a distribution without steps. */
export function kolmogorov(values: readonly number[], cdf: (x: number) => number): number {
  const sorted = [...values].sort((a, b) => a - b);
  const n = sorted.length;
  const farthest = sorted.reduce((far, x, i) => {
    const f = cdf(x);
    return Math.max(far, f - i / n, (i + 1) / n - f);
  }, 0);
  const t = (Math.sqrt(n) + 0.12 + 0.11 / Math.sqrt(n)) * farthest; // Stephens 1970
  let p = 0;
  for (let k = 1; k < 100; k++) p += 2 * (-1) ** (k - 1) * Math.exp(-2 * k * k * t * t);
  return Math.min(1, Math.max(0, p));
}

export function countBy<T>(values: Iterable<T>, nameOf: (value: T) => string): Map<string, number> {
  const counts = new Map<string, number>();
  for (const value of values) {
    const name = nameOf(value);
    counts.set(name, (counts.get(name) ?? 0) + 1);
  }
  return counts;
}
