import fc from 'fast-check';
import { expect, test } from 'vitest';
import { mayReach, surgeEvidence, type Usual } from './e-detector.ts';

/** Every start written out, O(items · hits). */
function byDefinition(hits: readonly number[], start: number, { shape, rate }: Usual): number {
  const last = hits.at(-1)!;
  let total = 0;
  for (let from = start + 1; from <= last; from++) {
    const k = hits.filter((at) => at >= from).length;
    const s = last - from + 1;
    for (const m of [2, 4, 8, 32, 128]) total += (m ** k * ((rate + s) / (rate + m * s)) ** (shape + k)) / 5;
  }
  return Math.log(total);
}

const streams = fc.record({
  steps: fc.array(fc.nat(80), { minLength: 1, maxLength: 25 }),
  shape: fc.double({ min: 0.5, max: 300, noNaN: true }),
  rate: fc.double({ min: 50, max: 100_000, noNaN: true }),
});

function hitsOf(steps: readonly number[], start: number): number[] {
  let at = start;
  return steps.map((step) => {
    at += step + 1;
    return at;
  });
}

test('the sum between hits is at most that of all starts, and loses little of it', () => {
  fc.assert(
    fc.property(streams, ({ steps, shape, rate }) => {
      const hits = hitsOf(steps, 100);
      const exact = byDefinition(hits, 100, { shape, rate });
      const { log } = surgeEvidence(hits, 100, { shape, rate });
      expect(log).toBeLessThanOrEqual(exact + 1e-9);
      // Most is lost in a corner of these streams: .834 for one hit after 81 items where shape is .5 and rate 50.
      expect(log).toBeGreaterThan(exact - 0.84);
    }),
  );
});

test('one hit at once, by hand', () => {
  // shape 1, rate 99, one item: each multiple gives m · (100 / (99 + m))²
  const mean = [2, 4, 8, 32, 128].reduce((sum, m) => sum + m * (100 / (99 + m)) ** 2, 0) / 5;
  expect(surgeEvidence([1], 0, { shape: 1, rate: 99 }).log).toBeCloseTo(Math.log(mean), 10);
});

test('with a long past it is the ratio of two Poisson laws', () => {
  const usual = { shape: 1e7, rate: 1e10 };
  const poisson = [2, 4, 8, 32, 128].map((m) => m * Math.exp(-(m - 1) * 0.001));
  expect(surgeEvidence([1], 0, usual).log).toBeCloseTo(Math.log(poisson.reduce((a, b) => a + b) / 5), 5);
});

test('what was seen rarely in a short past needs more hits than what was seen as rarely in a long one', () => {
  const hits = [901, 905, 912, 930, 933, 940];
  const short = surgeEvidence(hits, 0, { shape: 1.5, rate: 3_000 }).log;
  const long = surgeEvidence(hits, 0, { shape: 150, rate: 300_000 }).log;
  expect(long - short).toBeGreaterThan(2);
});

test('the onset is where the dense stretch begins', () => {
  const hits = [150, 420, 900, 903, 904, 908, 909, 913];
  expect(surgeEvidence(hits, 0, { shape: 50, rate: 10_000 }).onset).toBe(2);
});

/** xorshift and Marsaglia-Tsang would need shapes above 1; the sum of exponentials has whole shapes, which is enough here. */
function dice(seed: number) {
  let word = seed;
  return () => {
    word = (Math.imul(word, 1664525) + 1013904223) >>> 0;
    return (word + 0.5) / 2 ** 32;
  };
}

test('false alarms come at most as often as promised, on average over what the usual share may be', () => {
  const random = dice(99);
  const [seen, past] = [3, 300]; // three in three hundred: the share is not known at all well
  const threshold = 2000; // promise: at most one alarm in 2,000 items on average
  const [runs, length] = [400, 400];
  let alarms = 0;
  for (let run = 0; run < runs; run++) {
    const share = -Math.log(random() * random() * random()) / past; // Gamma(3, 300)
    const hits: number[] = [];
    for (let at = 1; at <= length; at++) {
      if (random() >= share) continue;
      hits.push(at);
      if (Math.exp(surgeEvidence(hits, 0, { shape: seen, rate: past }).log) >= threshold) {
        alarms++;
        break;
      }
    }
  }
  expect(alarms).toBeLessThanOrEqual((runs * length) / threshold);
});

test('refuses what it cannot judge', () => {
  const usual = { shape: 1, rate: 10 };
  expect(surgeEvidence([], 0, usual)).toEqual({ log: -Infinity, onset: -1 });
  expect(() => surgeEvidence([1], 0, { shape: 0, rate: 1 })).toThrow('shape');
  expect(() => surgeEvidence([5, 5], 0, usual)).toThrow('ascend');
});

test('the cheap bound never denies what the evidence reaches', () => {
  fc.assert(
    fc.property(streams, fc.nat(40), ({ steps, shape, rate }, level) => {
      const hits = hitsOf(steps, 1000);
      const reached = surgeEvidence(hits, 900, { shape, rate }).log >= level;
      if (reached) expect(mayReach(hits, 900, { shape, rate }, level)).toBe(true);
    }),
  );
});
