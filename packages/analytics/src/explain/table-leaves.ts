/** Leaves of a metric table: how far each is from its forecast, and how much it counts. */
import type { MetricTable } from './table.ts';

export interface Leaves {
  readonly count: number;
  /** 2(predict − real)/(predict + real), less the common one; shape [leaves]. */
  readonly deviation: Float64Array;
  /** 0 for a leaf that says nothing; shape [leaves]. */
  readonly weight: Float64Array;
}

/** @throws RangeError on values below 0 or of unequal length */
export function deviationsOf(table: MetricTable): { leaves: Leaves; overall: number } {
  check(table);
  const { real, predict, denominator } = table;
  const count = real.length;
  const deviation = new Float64Array(count);
  const weight = new Float64Array(count);
  for (let i = 0; i < count; i++) {
    const [now, then] = [denominator?.real[i] ?? 1, denominator?.predict[i] ?? 1];
    if (!(now > 0 && then > 0)) continue;
    const v = real[i] / now;
    const f = predict[i] / then;
    if (!(v + f > 0)) continue;
    deviation[i] = (2 * (f - v)) / (f + v);
    weight[i] = denominator ? (now + then) / 2 : 1;
  }
  // every leaf has one voice: a slice may hold most of what there is, and must not pass for what is common to all
  const overall = median(deviation, weight);
  for (let i = 0; i < count; i++) if (weight[i] > 0) deviation[i] -= overall;
  return { leaves: { count, deviation, weight }, overall };
}

function check({ columns, real, predict, denominator }: MetricTable): void {
  const lists = {
    real,
    predict,
    ...(denominator && { 'real below': denominator.real, 'predict below': denominator.predict }),
  };
  for (const [name, list] of Object.entries(lists)) {
    if (list.length !== real.length) throw new RangeError(`${name} has ${list.length} leaves, real has ${real.length}`);
    for (let i = 0; i < list.length; i++)
      if (!(list[i] >= 0 && list[i] < Infinity))
        throw new RangeError(`${name}[${i}] must be at least 0, got ${list[i]}`);
  }
  for (const { name, codes } of columns)
    if (codes.length !== real.length)
      throw new RangeError(`${name} has ${codes.length} leaves, real has ${real.length}`);
}

/** Of the leaves that have weight; 0 without any. */
function median(values: Float64Array, weight: Float64Array): number {
  return quantile(
    values.filter((_, i) => weight[i] > 0),
    0.5,
  );
}

/** The value below which this part of them lies, itself one of them; sorts what it is given. 0 without any. */
function quantile(values: Float64Array, level: number): number {
  values.sort();
  let left = level * values.length;
  for (const value of values) if (--left <= 0) return value;
  return 0;
}

const LEAST_NOISE = 1e-8;

/**
 * Variance of a deviation times its weight, told by what most leaves do: the larger of what the median and the 90 %
 * quantile of |d|·√w say of a normal law, so that a table of many exact forecasts is not taken for one without noise.
 *
 * @param inside leaves to leave out; null for none
 */
export function noiseOf({ count, deviation, weight }: Leaves, inside: Uint8Array | null): number {
  const scaled = new Float64Array(count);
  let kept = 0;
  for (let i = 0; i < count; i++)
    if (weight[i] > 0 && !inside?.[i]) scaled[kept++] = Math.abs(deviation[i]) * Math.sqrt(weight[i]);
  const counted = scaled.subarray(0, kept);
  const middle = quantile(counted, 0.5) / 0.6745;
  const outer = inside ? quantile(counted, 0.9) / 1.6449 : 0;
  return Math.max(LEAST_NOISE, middle ** 2, outer ** 2);
}
