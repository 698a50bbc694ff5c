import { expect, test } from 'vitest';
import { Chance, hash, spin, wheelOf } from './random.ts';
import { chiSquare, countBy, fitsShares, kolmogorov } from './statistics.fixture.ts';

const draws = <T>(n: number, draw: (chance: Chance) => T): T[] => {
  const chance = new Chance(1, 'draws');
  return Array.from({ length: n }, () => draw(chance));
};

test('the tests of fit know tables, what fits, and what does not', () => {
  const table = [
    [1, 4, 0.0455],
    [2, 5.991, 0.05],
    [5, 15.086, 0.01],
    [47, 78.231, 0.003],
    [168, 210, 0.0153],
  ] as const;
  for (const [freedom, sum, p] of table) {
    const counts = [100 + Math.sqrt(100 * sum), ...Array<number>(freedom - 1).fill(100)];
    expect(Math.abs(chiSquare(counts, Array<number>(freedom).fill(100), 0) - p)).toBeLessThan(0.0015);
  }
  expect(
    kolmogorov(
      draws(2_000, (c) => c.next()),
      (x) => x,
    ),
  ).toBeGreaterThan(0.01);
  expect(
    kolmogorov(
      draws(2_000, (c) => c.next() ** 1.3),
      (x) => x,
    ),
  ).toBeLessThan(0.001);
  expect(
    fitsShares(
      new Map([
        ['a', 480],
        ['b', 520],
      ]),
      [
        ['a', 0.55],
        ['b', 0.45],
      ],
    ),
  ).toBeLessThan(0.001);
  expect(() => fitsShares(new Map([['c', 1]]), [['a', 1]])).toThrow('Not configured, and yet there: c');
});

test('chance is even, and spreads as it says', () => {
  const bins = countBy(
    draws(50_000, (c) => c.below(50)),
    String,
  );
  expect(chiSquare([...bins.values()], Array(50).fill(1_000), 1)).toBeGreaterThan(0.001);
  expect(
    kolmogorov(
      draws(5_000, (c) => c.exponential(3)),
      (x) => 1 - Math.exp(-x / 3),
    ),
  ).toBeGreaterThan(0.001);
  for (const mean of [0.4, 8, 60]) {
    const counts = draws(20_000, (c) => c.poisson(mean));
    const average = counts.reduce((sum, n) => sum + n, 0) / counts.length;
    const spread = counts.reduce((sum, n) => sum + (n - average) ** 2, 0) / counts.length;
    expect(Math.abs(average - mean)).toBeLessThan(4 * Math.sqrt(mean / counts.length));
    expect(spread / mean).toBeGreaterThan(0.95);
    expect(spread / mean).toBeLessThan(1.05);
  }
});

test('a wheel stops where its weights say, and a key is told apart by each of its parts', () => {
  const wheel = wheelOf([
    ['a', 1],
    ['b', 6],
    ['c', 3],
  ] as const);
  const stops = countBy(
    draws(20_000, (c) => spin(wheel, c.next())),
    String,
  );
  expect(
    fitsShares(stops, [
      ['a', 0.1],
      ['b', 0.6],
      ['c', 0.3],
    ]),
  ).toBeGreaterThan(0.001);
  const keys = [hash(1), hash(2), hash(1, 1), hash('1'), hash(1, 'a'), hash('a', 1), hash(2 ** 33), hash(2 ** 34)];
  expect(new Set(keys).size).toBe(keys.length);
});
