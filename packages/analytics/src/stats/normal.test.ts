import { expect, test } from 'vitest';
import { normalCdf, normalQuantile } from './normal.ts';

test('the quantiles of the tables', () => {
  // Abramowitz & Stegun, table 26.5
  for (const [level, z] of [
    [0.5, 0],
    [0.975, 1.959963985],
    [0.995, 2.575829304],
    [0.9, 1.281551566],
    [0.01, -2.326347874],
  ]) {
    expect(normalQuantile(level)).toBeCloseTo(z, 8);
  }
});

test('the distribution of the tables, and its far tail', () => {
  expect(normalCdf(1)).toBeCloseTo(0.8413447460685429, 13);
  expect(normalCdf(-1.5)).toBeCloseTo(0.06680720126885807, 13);
  expect(normalCdf(-6) / 9.865876450376946e-10).toBeCloseTo(1, 10);
  expect(normalCdf(9)).toBe(1);
});
