import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { dispersionOf } from './dispersion.ts';
import { evidenceOf } from './evidence.ts';
import { excessOf, poissonLimits } from './intervals.ts';

const BIG = { observed: 1e9, expected: 1e9, past: 1e12 };

/** ln of the largest likelihood with a rate of its own over the largest with the rate of the rest, by trying rates. */
function byDefinition(o: number, past: number, weight: number): number {
  const log = (mean: number, count: number): number => (count === 0 ? 0 : count * Math.log(mean)) - mean;
  const free = log(Math.max(o, 1e-12), o) + log(Math.max(past, 1e-12), past);
  let same = -Infinity;
  const scale = (o + past) / (1 + weight);
  for (let i = -4000; i <= 4000; i++) {
    const rate = scale * Math.exp(i / 2000);
    same = Math.max(same, log(rate * weight, o) + log(rate, past));
  }
  return free - same;
}

describe('the evidence of a slice', () => {
  test('is the likelihood ratio of two Poisson counts when the rest is known exactly', () => {
    const counts = fc.record({ o: fc.integer({ min: 6, max: 200 }), past: fc.integer({ min: 0, max: 900 }) });
    fc.assert(
      fc.property(counts, ({ o, past }) => {
        const weight = 1 / 14;
        fc.pre(o > past * weight);
        const total = {
          observed: BIG.observed + o,
          expected: BIG.expected + past * weight,
          past: past > 0 ? BIG.past + past : (BIG.expected + past * weight) / weight,
        };
        const got = evidenceOf({ observed: o, expected: past * weight, past }, total, 0);
        expect(got).toBeCloseTo(byDefinition(o, past, weight), 2);
      }),
      { numRuns: 60 },
    );
  });

  test('by hand: 20 observed and 14 past days of one make 20 ln(20 / (34/15)) + 14 ln(14 / (34·14/15)) nats', () => {
    // both 34, weight 1/14: fair share of the window 34/15 = 2.267, of the past 31.733
    const total = { observed: BIG.observed + 20, expected: BIG.expected + 1, past: BIG.past + 14 };
    expect(evidenceOf({ observed: 20, expected: 1, past: 14 }, total, 0)).toBeCloseTo(32.096, 2);
  });

  test('is none where the slice did not outgrow the rest, and none where nothing is outside', () => {
    expect(evidenceOf({ observed: 20, expected: 10, past: 140 }, { observed: 220, expected: 110, past: 1540 }, 0)).toBe(
      0,
    );
    expect(evidenceOf({ observed: 20, expected: 1, past: 14 }, { observed: 20, expected: 1, past: 14 }, 0)).toBe(0);
  });

  test('shrinks by what shares differ between past days', () => {
    const total = { observed: BIG.observed + 20, expected: BIG.expected + 1, past: BIG.past + 14 };
    const calm = evidenceOf({ observed: 20, expected: 1, past: 14 }, total, 0);
    expect(evidenceOf({ observed: 20, expected: 1, past: 14 }, total, 1)).toBeCloseTo(calm / (1 + 34 / 15), 6);
  });
});

describe('intervals', () => {
  test('of a count are the exact ones of the tables', () => {
    // Garwood 1936: 0 → 3.689; 10 → 4.795 to 18.391
    expect(poissonLimits(0).high).toBeCloseTo(3.6889, 3);
    expect(poissonLimits(10).low).toBeCloseTo(4.7954, 3);
    expect(poissonLimits(10).high).toBeCloseTo(18.3904, 3);
  });

  test('leave one or two in twenty outside when counts are drawn', () => {
    let word = 7;
    const random = (): number => {
      word = (Math.imul(word, 1664525) + 1013904223) >>> 0;
      return (word + 0.5) / 2 ** 32;
    };
    const poisson = (mean: number): number => {
      let k = 0;
      for (let p = random(); p > Math.exp(-mean); p *= random()) k++;
      return k;
    };
    let excess = 0;
    let ratio = 0;
    const runs = 1500;
    for (let i = 0; i < runs; i++) {
      const past = poisson(84);
      const found = excessOf(poisson(18), past / 14, past, 0);
      if (found.excess.low <= 12 && 12 <= found.excess.high) excess++;
      if (found.ratio.low <= 3 && 3 <= found.ratio.high) ratio++;
    }
    for (const inside of [excess, ratio]) {
      expect(inside / runs).toBeGreaterThan(0.93);
      expect(inside / runs).toBeLessThan(0.995);
    }
  });

  test('have no upper end for a ratio to nothing', () => {
    expect(excessOf(8, 0, 0, 0).ratio).toEqual({ value: Infinity, low: 0, high: Infinity });
  });

  test('have an upper end above nothing where none was seen', () => {
    const { ratio, excess } = excessOf(0, 60, 1e9, 0);
    expect(ratio).toMatchObject({ value: 0, low: 0 });
    // 3.689 is the upper 95 % limit of a count of none; the past is as good as certain
    expect(ratio.high).toBeCloseTo(3.689 / 60, 4);
    expect(excess.high).toBeCloseTo(3.689 - 60, 1);
    // where few were expected, none is no sign of sparing
    expect(excessOf(0, 3, 1e9, 0).ratio.high).toBeGreaterThan(1);
  });
});

describe('the unrest of shares', () => {
  test('is none when every day is alike, and the square of the swing when it swings', () => {
    expect(dispersionOf([Float64Array.from([100, 100, 100, 100, 900, 900, 900, 900])], 4)).toBe(0);
    // 1,000 a day, one value at 10 % ± 3 %: above chance by (30² − 90·3/4) and weighed by (100·.9)²
    const swing = [130, 70, 130, 70, 870, 930, 870, 930];
    const one = (30 ** 2 - (90 * 3) / 4) / 90 ** 2;
    const other = (30 ** 2 - (90 * 3) / 4) / 90 ** 2;
    expect(dispersionOf([Float64Array.from(swing)], 4)).toBeCloseTo(
      (one * 90 ** 2 + other * 90 ** 2) / (2 * 90 ** 2),
      9,
    );
  });

  test('does not take a day that moves everything for unrest', () => {
    expect(dispersionOf([Float64Array.from([50, 100, 200, 400, 50, 100, 200, 400])], 4)).toBe(0);
  });
});
