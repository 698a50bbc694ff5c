import { lgamma } from './gamma.ts';
import { adjustForMany } from './multiple-tests.ts';
import { normalQuantile } from './normal.ts';

/** Counts of one value of one dimension, inside the group and in the whole stream (the group included). */
export interface SliceCount {
  readonly dimension: string;
  readonly value: string;
  readonly inGroup: number;
  readonly groupTotal: number;
  readonly inStream: number;
  readonly streamTotal: number;
}

export interface SliceShare {
  readonly dimension: string;
  readonly value: string;
  /** Share of the group, in [0, 1], with its 95 % Wilson interval. */
  readonly share: number;
  readonly low: number;
  readonly high: number;
  /** Share of the stream. */
  readonly usualShare: number;
  /** share / usualShare; Infinity when the stream has none. */
  readonly lift: number;
  /** One-sided chance of so many by the usual share, corrected for the number of rows (Benjamini–Hochberg). */
  readonly pValue: number;
  /** True when it is clearly more than usual: corrected p ≤ .01, at least 5 items, interval above the usual share. */
  readonly stands: boolean;
}

const LEAST_ITEMS = 5; // below it one chatty author's day decides; a share of 3 in 4 says nothing
const LEVEL = 0.01;

/**
 * In which slices a group is concentrated: share of the group against share of the stream.
 *
 * @param rows counts; inGroup ≤ groupTotal, inStream ≤ streamTotal, all integers ≥ 0
 * @returns    rows ranked: those that stand first, then by corrected p, then by lift; O(n log n + sum of inGroup)
 * @throws RangeError when counts contradict each other (the row is named)
 *
 * @example
 * concentration([{ dimension: 'os', value: 'ios', inGroup: 18, groupTotal: 20, inStream: 420, streamTotal: 1000 }])[0].stands;
 * // true: 90 % of the group against 42 % of the stream
 */
export function concentration(rows: readonly SliceCount[]): SliceShare[] {
  for (const row of rows) check(row);
  const corrected = adjustForMany(
    rows.map((row) =>
      binomialTail(row.inGroup, row.groupTotal, row.streamTotal > 0 ? row.inStream / row.streamTotal : 0),
    ),
  );
  return rows
    .map((row, i): SliceShare => {
      const share = row.groupTotal > 0 ? row.inGroup / row.groupTotal : 0;
      const usualShare = row.streamTotal > 0 ? row.inStream / row.streamTotal : 0;
      const { low, high } = wilson(row.inGroup, row.groupTotal);
      const pValue = corrected[i];
      const stands = row.inGroup >= LEAST_ITEMS && pValue <= LEVEL && low > usualShare;
      const lift = share === 0 ? 0 : share / usualShare;
      return { dimension: row.dimension, value: row.value, share, low, high, usualShare, lift, pValue, stands };
    })
    .sort(
      (a, b) =>
        Number(b.stands) - Number(a.stands) || a.pValue - b.pValue || b.lift - a.lift || (a.value < b.value ? -1 : 1),
    );
}

function check(row: SliceCount): void {
  const ok = row.inGroup >= 0 && row.inGroup <= row.groupTotal && row.inStream >= 0 && row.inStream <= row.streamTotal;
  if (!ok)
    throw new RangeError(`counts of ${row.dimension}=${row.value} contradict each other: ${JSON.stringify(row)}`);
}

/**
 * Wilson's score interval of a share.
 *
 * Source: E. B. Wilson, J. Am. Stat. Assoc. 22, 1927.
 *
 * @param hits  0 ≤ hits ≤ total
 * @param level probability of the interval, in (0, 1)
 * @returns     bounds in [0, 1]; the whole [0, 1] when total is 0
 *
 * @example
 * wilson(0, 10).high; // 0.2775
 */
export function wilson(hits: number, total: number, level = 0.95): { low: number; high: number } {
  if (!(hits >= 0 && hits <= total)) throw new RangeError(`hits must lie in [0, ${total}], got ${hits}`);
  if (total === 0) return { low: 0, high: 1 };
  const z = normalQuantile((1 + level) / 2);
  const p = hits / total;
  const scale = 1 + (z * z) / total;
  const centre = (p + (z * z) / (2 * total)) / scale;
  const half = (z / scale) * Math.sqrt((p * (1 - p)) / total + (z * z) / (4 * total * total));
  return { low: hits === 0 ? 0 : Math.max(0, centre - half), high: hits === total ? 1 : Math.min(1, centre + half) };
}

/**
 * P(X ≥ k) for X ~ Binomial(n, p), by summing the tail; O(n − k) at worst, usually a few dozen terms.
 *
 * @example
 * binomialTail(2, 2, 0.5); // 0.25
 */
export function binomialTail(k: number, n: number, p: number): number {
  if (k <= 0) return 1;
  if (p <= 0) return 0;
  if (p >= 1) return 1;
  const first = lgamma(n + 1) - lgamma(k + 1) - lgamma(n - k + 1) + k * Math.log(p) + (n - k) * Math.log1p(-p);
  let term = Math.exp(first);
  let sum = term;
  for (let i = k + 1; i <= n && (term > sum * 1e-17 || i < n * p); i++) {
    term *= ((n - i + 1) / i) * (p / (1 - p));
    sum += term;
  }
  return Math.min(1, sum);
}
