import { expect, test } from 'vitest';
import { betaBinomialLog, betaCdf, betaQuantile, lbeta } from './beta.ts';

test('closed forms', () => {
  expect(betaCdf(1, 2, 0.5)).toBeCloseTo(0.75, 12); // 1 − (1 − x)²
  expect(betaCdf(3, 1, 0.4)).toBeCloseTo(0.064, 12); // x³
  expect(betaCdf(0.5, 0.5, 0.25)).toBeCloseTo((2 / Math.PI) * Math.asin(0.5), 12);
  expect(lbeta(2, 3)).toBeCloseTo(Math.log(1 / 12), 12);
});

test('the distribution is what summing its density in small steps gives', () => {
  for (const [a, b] of [
    [2.5, 7],
    [0.8, 30],
    [40, 400],
  ] as const) {
    const at = a / (a + b);
    const steps = 400_000;
    let sum = 0;
    // x = u⁴ takes the density's pole at 0 away
    for (let i = 0; i < steps; i++) {
      const u = ((i + 0.5) / steps) * at ** 0.25;
      const x = u ** 4;
      sum += x ** (a - 1) * (1 - x) ** (b - 1) * 4 * u ** 3;
    }
    expect(betaCdf(a, b, at)).toBeCloseTo((sum * at ** 0.25) / steps / Math.exp(lbeta(a, b)), 6);
  }
});

test('a quantile is where the distribution has that level, near the ends too', () => {
  for (const [a, b] of [
    [0.02, 1.98],
    [0.5, 400],
    [9, 1],
    [3, 5],
  ] as const) {
    for (const level of [0.1, 0.5, 0.9]) expect(betaCdf(a, b, betaQuantile(a, b, level))).toBeCloseTo(level, 7);
  }
  expect(betaQuantile(1, 2, 0.75)).toBeCloseTo(0.5, 9);
});

test('counts of a drawn probability: uniform gives each count the same chance, and all chances are one', () => {
  for (let k = 0; k <= 4; k++) expect(Math.exp(betaBinomialLog(k, 4, 1, 1))).toBeCloseTo(0.2, 12);
  let sum = 0;
  for (let k = 0; k <= 30; k++) sum += Math.exp(betaBinomialLog(k, 30, 0.7, 12));
  expect(sum).toBeCloseTo(1, 10);
});

test('what lies outside is refused', () => {
  expect(() => betaCdf(0, 1, 0.5)).toThrow(RangeError);
  expect(() => betaCdf(1, 1, Number.NaN)).toThrow(RangeError);
  expect(() => betaQuantile(1, 1, 1)).toThrow(RangeError);
  expect(() => betaBinomialLog(5, 4, 1, 1)).toThrow(RangeError);
});
