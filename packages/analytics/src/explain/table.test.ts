import { describe, expect, test } from 'vitest';
import { encodeColumn } from './column.ts';
import { explainTable, type MetricTable } from './table.ts';

function sequence(seed: number): () => number {
  let word = Math.imul(seed + 1, 0x9e3779b1) >>> 0;
  return () => {
    word = (Math.imul(word, 1664525) + 1013904223) >>> 0;
    return (word >>> 4) / 2 ** 28;
  };
}

const LEAVES = ['a1', 'a2', 'a3', 'a4', 'a5'].flatMap((a) =>
  ['b1', 'b2', 'b3', 'b4', 'b5', 'b6'].flatMap((b) => ['c1', 'c2', 'c3', 'c4'].map((c) => ({ a, b, c }))),
);

type Leaf = (typeof LEAVES)[number];

/** A forecast that is right within `noise`, and a real value that falls to `times` where a slice says so. */
function table(seed: number, noise: number, moved: (leaf: Leaf) => number): MetricTable {
  const random = sequence(seed);
  const predict = LEAVES.map(() => 50 + 200 * random());
  const real = LEAVES.map((leaf, i) => predict[i]! * (1 + noise * (2 * random() - 1)) * moved(leaf));
  const columns = (['a', 'b', 'c'] as const).map((name) =>
    encodeColumn(
      name,
      LEAVES.map((leaf) => leaf[name]),
    ),
  );
  return { columns, real, predict };
}

const said = (found: ReturnType<typeof explainTable>): string[] =>
  found.slices.map(({ conditions }) =>
    conditions.map(({ dimension, said: text }) => `${dimension} ${text}`).join(' & '),
  );

describe('where a metric leaves its forecast', () => {
  test('the one slice, by how much, and what is common to all', () => {
    const found = explainTable(table(1, 0.04, ({ a, b }) => (a === 'a2' && b === 'b5' ? 0.5 : 0.9)));
    expect(said(found)).toEqual(['a a2 & b b5']);
    // by hand: everything at .9 gives 2 · .1 / 1.9 = .105; the slice at .5 gives 2 · .5 / 1.5 = .667, so .561 beyond
    expect(found.overall).toBeCloseTo(0.105, 1);
    expect(found.slices[0]!.deviation.value).toBeCloseTo(0.561, 1);
    expect(found.slices[0]!.deviation.low).toBeLessThan(0.561);
    expect(found.slices[0]!.deviation.high).toBeGreaterThan(0.561);
    expect(found.slices[0]!.leaves).toBe(4);
  });

  test('two slices of different size, and the side above the forecast', () => {
    const found = explainTable(
      table(2, 0.04, ({ a, b, c }) => (a === 'a1' ? 1.6 : b === 'b2' && c === 'c3' ? 1.9 : 1)),
    );
    expect(said(found).sort()).toEqual(['a a1', 'b b2 & c c3']);
    expect(found.slices[0]!.deviation.value).toBeLessThan(0);
  });

  test('no slice where the forecast is off by chance alone, in at least 38 of 40 tables', () => {
    let none = 0;
    for (let seed = 0; seed < 40; seed++) if (explainTable(table(seed + 50, 0.2, () => 1)).slices.length === 0) none++;
    expect(none).toBeGreaterThanOrEqual(38);
  });

  test('a ratio, with what it is a share of', () => {
    const { columns, predict } = table(3, 0, () => 1);
    const random = sequence(4);
    const tries = Array.from(predict, (value) => Math.round(10 * value));
    const fails = LEAVES.map(({ b, c }) => b === 'b1' && c === 'c2');
    const real = tries.map((n, i) => n * (fails[i] ? 0.6 : 0.95) * (1 + 0.01 * (random() - 0.5)));
    const denominator = { real: tries, predict: tries };
    const found = explainTable({ columns, real, predict: tries.map((n) => 0.95 * n), denominator });
    expect(said(found)).toEqual(['b b1 & c c2']);
    expect(found.slices[0]!.real).toBeCloseTo(0.6, 1);
    expect(found.slices[0]!.predict).toBeCloseTo(0.95, 6);
  });
});

/** Shares of success with leaves of `tries`, `.95` by the forecast, and what a slice keeps of them. */
function ratio(tries: (leaf: Leaf) => number, kept: (leaf: Leaf) => number, noise: number): MetricTable {
  const { columns } = table(6, 0, () => 1);
  const random = sequence(7);
  const below = LEAVES.map(tries);
  const real = LEAVES.map((leaf, i) => 0.95 * below[i]! * kept(leaf) * (1 + noise * (2 * random() - 1)));
  return { columns, real, predict: below.map((n) => 0.95 * n), denominator: { real: below, predict: below } };
}

test('a slice that holds most of what there is does not pass for what is common to all', () => {
  const found = explainTable(
    ratio(
      ({ a }) => (a === 'a3' ? 20_000 : 1000),
      ({ a }) => (a === 'a3' ? 0.5 : 1),
      0.01,
    ),
  );
  expect(said(found)).toEqual(['a a3']);
  expect(Math.abs(found.overall)).toBeLessThan(0.01);
});

test('beside a far larger slice of a ratio a certain one is said, and one within the swings of small counts is not', () => {
  const kept = ({ a, b, c }: Leaf): number => (a === 'a1' ? 0.3 : b === 'b4' && c === 'c2' ? 0.6 : 1);
  expect(said(explainTable(ratio(() => 1000, kept, 0.005)))).toEqual(['a a1', 'b b4 & c c2']);
  expect(said(explainTable(ratio(() => 1000, kept, 0.2)))).toEqual(['a a1']);
});

test('values that no table holds are refused by their place', () => {
  const good = table(5, 0.1, () => 1);
  expect(() => explainTable({ ...good, real: [...Array.from(good.real).slice(0, -1), -1] })).toThrow(
    'real[119] must be at least 0',
  );
  expect(() => explainTable({ ...good, predict: [1, 2] })).toThrow('predict has 2 leaves, real has 120');
});
