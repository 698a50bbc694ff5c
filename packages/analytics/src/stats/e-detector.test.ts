import fc from 'fast-check';
import { expect, test } from 'vitest';
import { mayReach, surgeEvidence } from './e-detector.ts';

/** The recursion written out item by item, O(items). */
function byDefinition(hits: number[], start: number, usual: number): number {
  const inside = new Set(hits);
  let total = 0;
  for (const multiple of [2, 4, 8, 32, 128]) {
    const raised = Math.min(0.95, multiple * usual);
    let m = 0;
    for (let at = start + 1; at <= hits[hits.length - 1]; at++) {
      m = (m + 1) * (inside.has(at) ? raised / usual : (1 - raised) / (1 - usual));
    }
    total += m / 5;
  }
  return Math.log(total);
}

test('the closed form between hits equals the recursion item by item', () => {
  const gaps = fc.array(fc.nat(80), { minLength: 1, maxLength: 25 });
  fc.assert(
    fc.property(gaps, fc.double({ min: 1e-4, max: 0.4, noNaN: true }), (steps, usual) => {
      const hits: number[] = [];
      let at = 100;
      for (const step of steps) {
        at += step + 1;
        hits.push(at);
      }
      expect(surgeEvidence(hits, 100, usual).log).toBeCloseTo(byDefinition(hits, 100, usual), 7);
    }),
  );
});

test('one hit at once, by hand: the mean of q/p over the five shares', () => {
  // p = .001: multiples 2, 4, 8, 32, 128 → mean 34.8
  expect(surgeEvidence([1], 0, 0.001).log).toBeCloseTo(Math.log(34.8), 10);
});

test('the onset is where the dense stretch begins', () => {
  const hits = [150, 420, 900, 903, 904, 908, 909, 913];
  expect(surgeEvidence(hits, 0, 0.005).onset).toBe(2);
});

test('false alarms come at most as often as promised', () => {
  let word = 99;
  const random = () => {
    word = (Math.imul(word, 1664525) + 1013904223) >>> 0;
    return word / 2 ** 32;
  };
  const usual = 0.02;
  const threshold = 2000; // promise: on average 2,000 items or more until the first false alarm
  let items = 0;
  const runs = 60;
  for (let run = 0; run < runs; run++) {
    const hits: number[] = [];
    for (let at = 1; ; at++, items++) {
      if (random() >= usual) continue;
      hits.push(at);
      if (Math.exp(surgeEvidence(hits, 0, usual).log) >= threshold) break;
    }
  }
  expect(items / runs).toBeGreaterThan(threshold);
});

test('refuses what it cannot judge', () => {
  expect(surgeEvidence([], 0, 0.1)).toEqual({ log: -Infinity, onset: -1 });
  expect(() => surgeEvidence([1], 0, 0)).toThrow('usual');
  expect(() => surgeEvidence([5, 5], 0, 0.1)).toThrow('ascend');
});

test('the cheap bound never denies what the evidence reaches', () => {
  const gaps = fc.array(fc.nat(60), { minLength: 1, maxLength: 40 });
  fc.assert(
    fc.property(gaps, fc.double({ min: 1e-4, max: 0.4, noNaN: true }), (steps, usual) => {
      let at = 1000;
      const hits = steps.map((step) => {
        at += step + 1;
        return at;
      });
      const { log } = surgeEvidence(hits, 1000, usual);
      if (log > 6) expect(mayReach(hits, 1000, usual, log - 1e-9)).toBe(true);
    }),
  );
  expect(mayReach([1, 500, 900], 0, 0.01, 12)).toBe(false);
});
