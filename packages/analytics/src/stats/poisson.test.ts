import { expect, test } from 'vitest';
import { poissonInterval } from './poisson.ts';

/** P(X ≤ k) by summing the law. */
function atMost(k: number, mean: number): number {
  let p = Math.exp(-mean);
  let sum = p;
  for (let i = 1; i <= k; i++) {
    p *= mean / i;
    sum += p;
  }
  return sum;
}

test('at the ends so small or so large a count has 2.5 % each', () => {
  for (const count of [1, 2, 7, 40]) {
    const { low, high } = poissonInterval(count);
    expect(1 - atMost(count - 1, low)).toBeCloseTo(0.025, 8);
    expect(atMost(count, high)).toBeCloseTo(0.025, 8);
  }
});

test('nothing seen: from 0 to −ln .025', () => {
  expect(poissonInterval(0)).toEqual({ low: 0, high: expect.closeTo(-Math.log(0.025), 9) });
  expect(() => poissonInterval(1.5)).toThrow('integer');
});
