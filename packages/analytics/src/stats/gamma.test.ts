import fc from 'fast-check';
import { expect, test } from 'vitest';
import { gammaCdf, gammaQuantile, lgamma } from './gamma.ts';

test('the gamma function of a whole number is the factorial before it', () => {
  let factorial = 1;
  for (let n = 1; n < 20; n++) {
    expect(Math.exp(lgamma(n)) / factorial).toBeCloseTo(1, 11);
    factorial *= n;
  }
});

test('the gamma function of one half is the square root of pi', () => {
  expect(Math.exp(2 * lgamma(0.5))).toBeCloseTo(Math.PI, 12);
  expect(Math.exp(2 * lgamma(0.25))).toBeCloseTo(13.1450472066, 8); // Γ(1/4) = 3.6256099082 (DLMF 5.4)
});

test('the distribution of whole shapes is that of waiting for so many Poisson events', () => {
  // by definition: P(Gamma(n) ≤ x) = P(Poisson(x) ≥ n)
  const poissonBelow = (n: number, x: number) => {
    let term = Math.exp(-x);
    let sum = 0;
    for (let k = 0; k < n; k++) {
      sum += term;
      term *= x / (k + 1);
    }
    return sum;
  };
  for (const n of [1, 2, 7, 30]) {
    for (const x of [0.1, 1, 6.5, 29, 80]) expect(gammaCdf(n, x)).toBeCloseTo(1 - poissonBelow(n, x), 12);
  }
});

test('the quantile undoes the distribution', () => {
  const shapes = fc.double({ min: 0.3, max: 500, noNaN: true });
  fc.assert(
    fc.property(shapes, fc.double({ min: 0.001, max: 0.999, noNaN: true }), (shape, level) => {
      expect(gammaCdf(shape, gammaQuantile(shape, level))).toBeCloseTo(level, 8);
    }),
  );
});

test('values outside the range are named', () => {
  expect(() => lgamma(0)).toThrow('got 0');
  expect(() => gammaCdf(1, NaN)).toThrow('got NaN');
  expect(() => gammaQuantile(1, 1)).toThrow('got 1');
});
