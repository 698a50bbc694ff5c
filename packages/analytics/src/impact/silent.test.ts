/** The interval of silent people: covers what it promises on simulated cohorts, whatever made them. */
import { expect, test } from 'vitest';
import { betaQuantile, logistic } from '../stats/beta.ts';
import { normalCdf, normalQuantile } from '../stats/normal.ts';
import { type Cohort, silentPeople } from './silent.ts';

const SEGMENTS = ['none', 'small', 'mid', 'large'];
const SIZES = [5, 2, 1, 0.3];

function dice(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return (state + 0.5) / 2 ** 32;
  };
}

/** One incident: the shares of its segments move together by `shared`, and issues differ by `phi`. */
function incident(
  random: () => number,
  { means, phi, shared }: { means: number[]; phi: number; shared: number },
): Cohort[] {
  const common = normalQuantile(random());
  return SEGMENTS.map((segment, s) => {
    const level = normalCdf(Math.sqrt(shared) * common + Math.sqrt(1 - shared) * normalQuantile(random()));
    const p = betaQuantile(means[s]! * phi, (1 - means[s]!) * phi, Math.min(1 - 1e-9, Math.max(1e-9, level)));
    const people = 1 + Math.round(Math.exp(4 + 4 * random()) * SIZES[s]!);
    let wrote = 0;
    for (let i = 0; i < people; i++) if (random() < p) wrote++;
    return { segment, people, wrote };
  });
}

const writersOf = (cohorts: readonly Cohort[]) => new Map(cohorts.map(({ segment, wrote }) => [segment, wrote]));

test('of 120 incidents it covers 70 to 90 in a hundred, from few and from many past issues', () => {
  const random = dice(20_261_123);
  let covered = 0;
  const incidents = 120;
  for (let i = 0; i < incidents; i++) {
    const base = -4 + 2 * random();
    const means = SEGMENTS.map((_, s) => logistic(base + 0.4 * s - 0.6 + 0.3 * normalQuantile(random())));
    const house = { means, phi: [20, 60, 300][i % 3]!, shared: [0, 0.7, 1][((i / 3) % 3) | 0]! };
    const past = Array.from({ length: [3, 5, 12][((i / 9) % 3) | 0]! }, () => incident(random, house));
    const now = incident(random, house);
    const { silent } = silentPeople(past, writersOf(now))!;
    const truth = now.reduce((sum, { people, wrote }) => sum + (wrote > 0 ? people - wrote : 0), 0);
    if (truth >= silent.low && truth <= silent.high) covered++;
  }
  expect(covered / incidents).toBeGreaterThanOrEqual(0.7);
  expect(covered / incidents).toBeLessThanOrEqual(0.9);
}, 120_000);

const alike = (share: number, people = 2_000): Cohort[] => [
  { segment: 'small', people, wrote: Math.round(share * people) },
];

test('fewer than three past issues say nothing, and one without people is none', () => {
  expect(silentPeople([alike(0.02), alike(0.02)], new Map([['small', 10]]))).toBeNull();
  expect(silentPeople([alike(0.02), alike(0.02), []], new Map([['small', 10]]))).toBeNull();
});

test('when all past issues agree, the answer is their share, and narrow', () => {
  const { silent, learntFrom } = silentPeople(
    Array.from({ length: 30 }, () => alike(0.02, 50_000)),
    new Map([['small', 200]]),
  )!;
  expect(learntFrom).toBe(30);
  expect(Math.abs(silent.median / 9_800 - 1)).toBeLessThan(0.05); // 200 at 2 % are 10,000
  expect(silent.high / silent.low).toBeLessThan(1.5);
});

test('issues that differ widen it, though each is large', () => {
  const width = (shares: number[]) => {
    const { silent } = silentPeople(
      shares.map((share) => alike(share, 50_000)),
      new Map([['small', 200]]),
    )!;
    return silent.high / silent.low;
  };
  expect(width([0.005, 0.02, 0.08, 0.01, 0.04])).toBeGreaterThan(2 * width([0.02, 0.021, 0.019, 0.02, 0.02]));
});

test('a segment that was never seen borrows from the others', () => {
  const past = Array.from({ length: 10 }, () => alike(0.05));
  const { segments } = silentPeople(past, new Map([['large', 50]]))!;
  expect(segments[0]!.median).toBeGreaterThan(300); // 950 at the others' share
  expect(segments[0]!.median).toBeLessThan(3_000);
});

test('the same question has the same answer, and more writers mean more silent people', () => {
  const past = [alike(0.01), alike(0.03), alike(0.02)];
  const ask = (wrote: number) => silentPeople(past, new Map([['small', wrote]]))!.silent;
  expect(ask(40)).toEqual(ask(40));
  expect(ask(80).median).toBeGreaterThan(ask(40).median);
  expect(ask(0)).toEqual({ low: 0, median: 0, high: 0 });
});

test('more writers than people are refused', () => {
  expect(() => silentPeople([[{ segment: 'a', people: 3, wrote: 4 }]], new Map())).toThrow(RangeError);
});
