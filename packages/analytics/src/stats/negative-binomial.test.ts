import fc from 'fast-check';
import { expect, test } from 'vitest';
import { negativeBinomialLog, negativeBinomialQuantile } from './negative-binomial.ts';

test('small cases worked by hand', () => {
  // Poisson(1): P(0) = .368, P(≤1) = .736, P(≤2) = .920, P(≤3) = .981
  expect(negativeBinomialQuantile(1, Infinity, 0.7)).toBe(1);
  expect(negativeBinomialQuantile(1, Infinity, 0.975)).toBe(3);
  // geometric with mean 1 (size 1): P(≤k) = 1 − 2^−(k+1); .95 is passed at k = 4 (.96875)
  expect(negativeBinomialQuantile(1, 1, 0.95)).toBe(4);
  expect(negativeBinomialQuantile(0, 5, 0.99)).toBe(0);
});

test('is the first count at which the summed probabilities reach the level', () => {
  const mean = fc.double({ min: 0.01, max: 200, noNaN: true });
  const size = fc.double({ min: 0.2, max: 100, noNaN: true });
  fc.assert(
    fc.property(mean, size, fc.double({ min: 0.01, max: 0.99, noNaN: true }), (m, s, level) => {
      const k = negativeBinomialQuantile(m, s, level);
      let below = 0;
      for (let i = 0; i < k; i++) below += Math.exp(negativeBinomialLog(i, m, s));
      expect(below).toBeLessThan(level + 1e-9);
      expect(below + Math.exp(negativeBinomialLog(k, m, s))).toBeGreaterThan(level - 1e-9);
    }),
  );
});

test('the approximation for large means meets the exact sum at the border', () => {
  for (const level of [0.025, 0.5, 0.975]) {
    const exact = negativeBinomialQuantile(4999, 20, level);
    const near = negativeBinomialQuantile(5001, 20, level);
    expect(Math.abs(near - exact) / exact).toBeLessThan(0.005);
  }
});
