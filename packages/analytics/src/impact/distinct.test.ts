import { expect, test } from 'vitest';
import { DISTINCT_ERROR, estimateDistinct, REGISTERS } from './distinct.ts';

const FULL = (1n << 64n) - 1n;

/** SplitMix64 (G. Steele and others, OOPSLA 2014): 64 bits that look drawn, each number its own. */
function mixed(n: bigint): bigint {
  let z = (n + 0x9e3779b97f4a7c15n) & FULL;
  z = ((z ^ (z >> 30n)) * 0xbf58476d1ce4e5b9n) & FULL;
  z = ((z ^ (z >> 27n)) * 0x94d049bb133111ebn) & FULL;
  return z ^ (z >> 31n);
}

/** The registers of `count` different ones, by a hash that has nothing to do with ours. */
function registersOf(count: number, salt: bigint): number[] {
  const ranks = new Map<number, number>();
  for (let i = 0; i < count; i++) {
    const hash = mixed(BigInt(i) * 1_000_003n + salt);
    const rest = (hash >> 12n).toString(2).padStart(52, '0');
    const rank = rest.includes('1') ? rest.indexOf('1') + 1 : 53;
    const bucket = Number(hash & 4095n);
    ranks.set(bucket, Math.max(ranks.get(bucket) ?? 0, rank));
  }
  return [...ranks.values()];
}

test.each([0, 1, 7, 500, 5_000, 12_000, 60_000])(
  '%i different ones are told within the error that is promised',
  (count) => {
    const errors = Array.from(
      { length: 5 },
      (_, s) => estimateDistinct(registersOf(count, BigInt(s) << 40n)) / Math.max(1, count) - (count > 0 ? 1 : 0),
    );
    for (const error of errors) expect(Math.abs(error)).toBeLessThan(4 * DISTINCT_ERROR);
    expect(Math.abs(errors.reduce((a, b) => a + b, 0) / errors.length)).toBeLessThan(2 * DISTINCT_ERROR);
  },
);

test('more registers than buckets are refused', () => {
  expect(() => estimateDistinct(new Float64Array(REGISTERS + 1))).toThrow(RangeError);
});
