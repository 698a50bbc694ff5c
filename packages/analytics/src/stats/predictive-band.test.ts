import { expect, test } from 'vitest';
import { predictiveBand } from './predictive-band.ts';

const EXACT = { shape: 1e9, rate: 1e11, dispersion: 0 }; // a share of 1 in 100, known for sure

test('a share known for sure gives the Poisson law', () => {
  // Poisson(1), two-sided 95 %: P(0) = .368 > .025 and P(≤3) = .981 ≥ .975
  const { mean, low, high } = predictiveBand(EXACT, [100, 0, 400]);
  expect([...mean]).toEqual([1, 0, 4]);
  expect([...low]).toEqual([0, 0, 1]); // Poisson(4): P(0) = .018, P(≤1) = .092
  expect([...high]).toEqual([3, 0, 8]); // Poisson(4): P(≤7) = .949, P(≤8) = .979
});

test('holds about so many of the counts drawn from its own law', () => {
  // gamma–Poisson drawn with a fixed linear congruential sequence, so that the test is the same every time
  let word = 12345;
  const random = () => {
    word = (Math.imul(word, 1664525) + 1013904223) >>> 0;
    return (word + 0.5) / 2 ** 32;
  };
  const exponential = () => -Math.log(random());
  const expected = { shape: 4, rate: 400, dispersion: 0 };
  const { low, high } = predictiveBand(expected, [1000]);
  let inside = 0;
  const rounds = 4000;
  for (let i = 0; i < rounds; i++) {
    const share = (exponential() + exponential() + exponential() + exponential()) / 400;
    let count = -1;
    for (let time = 0; time <= share * 1000; time += exponential()) count++;
    if (count >= low[0] && count <= high[0]) inside++;
  }
  expect(inside / rounds).toBeGreaterThan(0.94);
  expect(inside / rounds).toBeLessThan(0.975); // discrete: it may hold a little more
});

test('says which value is wrong', () => {
  expect(() => predictiveBand(EXACT, [1, -1])).toThrow('totals[1]');
  expect(() => predictiveBand({ ...EXACT, rate: 0 }, [1])).toThrow('rate');
  expect(predictiveBand(EXACT, []).mean).toHaveLength(0);
});
