/**
 * How many more were hurt than wrote in, learnt from past issues whose people are all known.
 *
 * Model: in issue i a share p of the people of segment s write, p ~ Beta(m_s φ, (1 − m_s) φ). φ is common and says how much
 * issues differ from each other; the means of the segments are pooled, logit m_s ~ N(μ, SEGMENT_SPREAD²), so that a segment
 * that was never seen borrows from the others. μ and φ are integrated over a grid, never fixed at their best values: three
 * past issues say little of their own spread, and the interval has to say so. With the scale-free prior 1/N the silent people
 * of a segment, given p and the k who wrote, are negative binomial: the failures before the k-th success (W. Edwards,
 * H. Lindman and L. Savage, Psychological Review 70, 1963, on the prior; A. Gelman and others, Bayesian Data Analysis, ch. 5,
 * on the pooling). One issue is quiet or loud in all its segments alike: their shares move together by SHARED.
 */
import { betaBinomialLog, betaQuantile, logistic } from '../stats/beta.ts';
import { negativeBinomialQuantile } from '../stats/negative-binomial.ts';
import { normalCdf, normalQuantile } from '../stats/normal.ts';

/** Log-odds; a segment that writes twice as often as the mean is one of these away. */
const SEGMENT_SPREAD = 0.7;
/** Correlation between the segments of one issue. */
const SHARED = 0.7;
/** Fewer past issues say nothing of how issues differ. */
export const LEAST_PAST = 3;
const DRAWS = 2_000;

/** Means as log-odds: one person in 8,000 up to 95 in 100. */
const MEANS = Float64Array.from({ length: 81 }, (_, i) => -9 + i * 0.15);
/** Precisions: issues that differ wildly (2) up to hardly (20,000). */
const PRECISIONS = Float64Array.from({ length: 18 }, (_, i) => 2 * 10_000 ** (i / 17));

/** One segment of a past issue. */
export interface Cohort {
  readonly segment: string;
  /** Everybody of it who was hurt, ≥ 1. */
  readonly people: number;
  /** Those of them who wrote in, 0 to `people`. */
  readonly wrote: number;
}

export interface Range {
  readonly low: number;
  readonly median: number;
  readonly high: number;
}

export interface SilentPeople {
  /** People who were hurt and did not write, over all segments: 80 % predictive interval. */
  readonly silent: Range;
  readonly segments: readonly (Range & { readonly segment: string })[];
  /** The usual share that writes, over all segments: 80 % interval of the mean, between-issue spread not in it. */
  readonly share: Range;
  readonly learntFrom: number;
}

/**
 * @param past  for each past issue its segments; an issue names a segment at most once
 * @param wrote people who wrote in so far in the new issue, by segment, integers ≥ 0
 * @returns     null with fewer than three past issues. A segment nobody wrote from counts as nobody: that its people were
 *              hurt without anybody of them writing cannot be told from their not being hurt
 * @throws RangeError when more wrote than were hurt, or a count is no integer ≥ 0
 *
 * @example
 * silentPeople(learntFrom, new Map([['small', 40], ['large', 3]]))?.silent; // { low: 610, median: 1204, high: 2733 }
 */
export function silentPeople(
  past: readonly (readonly Cohort[])[],
  wrote: ReadonlyMap<string, number>,
): SilentPeople | null {
  past.flat().forEach(check);
  for (const [segment, count] of wrote) check({ segment, people: count, wrote: count });
  const known = past.filter((cohorts) => cohorts.some(({ people }) => people > 0));
  if (known.length < LEAST_PAST) return null;
  const segments = [...wrote].filter(([, count]) => count > 0).map(([segment]) => segment);
  const belief = learn(known.flat(), segments);
  const totals = new Float64Array(DRAWS);
  const means = new Float64Array(DRAWS);
  const each = segments.map(() => new Float64Array(DRAWS));
  const shares = openShares();
  for (let draw = 0; draw < DRAWS; draw++) {
    const [phi, mean, ...levels] = belief.at(evenly(draw, 0));
    means[draw] = logistic(MEANS[mean]);
    const common = normalQuantile(evenly(draw, 1));
    segments.forEach((segment, s) => {
      const own = normalQuantile(evenly(draw, 2 + 3 * s));
      const level = normalCdf(Math.sqrt(SHARED) * common + Math.sqrt(1 - SHARED) * own);
      const p = shares(phi, levels[s](evenly(draw, 3 + 3 * s)), level);
      const count = wrote.get(segment)!;
      each[s][draw] = failuresBefore(count, p, evenly(draw, 4 + 3 * s));
      totals[draw] += each[s][draw];
    });
  }
  return {
    silent: rangeOf(totals),
    segments: segments.map((segment, s) => ({ segment, ...rangeOf(each[s]) })),
    share: rangeOf(means),
    learntFrom: known.length,
  };
}

function check({ segment, people, wrote }: Cohort): void {
  if (!(Number.isSafeInteger(people) && Number.isSafeInteger(wrote) && wrote >= 0 && wrote <= people)) {
    throw new RangeError(`of ${people} people of "${segment}" ${wrote} cannot have written`);
  }
}

/** Points that fill [0, 1) evenly in each axis and each pair of axes: the same answer every time, without chance. */
function evenly(draw: number, axis: number): number {
  const value = (0.5 + (draw + 1) * Math.sqrt(PRIMES[axis % PRIMES.length])) % 1;
  return Math.min(1 - 1e-9, Math.max(1e-9, value));
}
const PRIMES = Array.from({ length: 400 }, (_, i) => i + 2).filter((n) => {
  for (let i = 2; i * i <= n; i++) if (n % i === 0) return false;
  return true;
});

type Pick = (level: number) => number;

/** The posterior of φ and μ, and for each segment that of its mean, all on the grids. */
function learn(cohorts: readonly Cohort[], asked: readonly string[]) {
  const names = [...new Set([...cohorts.map(({ segment }) => segment), ...asked])];
  const own = names.map((name) => cohorts.filter(({ segment, people }) => segment === name && people > 0));
  const pairs: { phi: number; mean: number }[] = [];
  const logs: number[] = [];
  const likelihoods = Array.from(PRECISIONS, (phi) => own.map((list) => likelihoodOf(list, phi)));
  likelihoods.forEach((ofSegments, phi) => {
    for (let mean = 0; mean < MEANS.length; mean++) {
      pairs.push({ phi, mean });
      logs.push(
        ofSegments.reduce((sum, list) => sum + logSum(MEANS.map((_, m) => list[m] + NEAR[Math.abs(m - mean)])), 0),
      );
    }
  });
  const choose = picker(logs);
  const picks = new Map<string, Pick>();
  const levelOf = (segment: number, phi: number, mean: number): Pick => {
    const key = `${segment} ${phi} ${mean}`;
    const made =
      picks.get(key) ?? picker(Array.from(MEANS, (_, m) => likelihoods[phi][segment][m] + NEAR[Math.abs(m - mean)]));
    picks.set(key, made);
    return made;
  };
  return {
    at(level: number): [phi: number, mean: number, ...levels: Pick[]] {
      const { phi, mean } = pairs[choose(level)];
      return [phi, mean, ...asked.map((name) => levelOf(names.indexOf(name), phi, mean))];
    },
  };
}

/** Of one segment at each mean, given how much issues differ. */
function likelihoodOf(cohorts: readonly Cohort[], phi: number): Float64Array {
  return MEANS.map((odds) => {
    const m = logistic(odds);
    return cohorts.reduce((sum, { people, wrote }) => sum + betaBinomialLog(wrote, people, m * phi, (1 - m) * phi), 0);
  });
}

/** ln density of a segment's mean so many grid steps from the common one; the step's width cancels. */
const NEAR = MEANS.map((_, steps) => -0.5 * ((steps * 0.15) / SEGMENT_SPREAD) ** 2);

function logSum(logs: ArrayLike<number>): number {
  let most = -Infinity;
  for (let i = 0; i < logs.length; i++) most = Math.max(most, logs[i]);
  let sum = 0;
  for (let i = 0; i < logs.length; i++) sum += Math.exp(logs[i] - most);
  return most + Math.log(sum);
}

/** Finds the index below which a share `level` of the weight lies. */
function picker(logs: ArrayLike<number>): Pick {
  const all = logSum(logs);
  const upTo = new Float64Array(logs.length);
  for (let i = 0; i < logs.length; i++) upTo[i] = (i > 0 ? upTo[i - 1] : 0) + Math.exp(logs[i] - all);
  return (level) => {
    let low = 0;
    let high = upTo.length - 1;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (upTo[middle] < level * upTo[upTo.length - 1]) low = middle + 1;
      else high = middle;
    }
    return low;
  };
}

const STRATA = 128;

/** Shares by precision, mean and level, each worked out once: a quantile costs fifty continued fractions. */
function openShares() {
  const made = new Map<number, number>();
  return (phi: number, mean: number, level: number): number => {
    const stratum = Math.min(STRATA - 1, Math.floor(level * STRATA));
    const key = (phi * MEANS.length + mean) * STRATA + stratum;
    const found = made.get(key);
    if (found !== undefined) return found;
    const m = logistic(MEANS[mean]);
    const share = betaQuantile(m * PRECISIONS[phi], (1 - m) * PRECISIONS[phi], (stratum + 0.5) / STRATA);
    made.set(key, share);
    return share;
  };
}

function failuresBefore(successes: number, p: number, level: number): number {
  const mean = (successes * (1 - p)) / Math.max(p, 1e-9);
  return mean < 1e-6 ? 0 : negativeBinomialQuantile(mean, successes, level);
}

function rangeOf(values: Float64Array): Range {
  const sorted = values.slice().sort();
  const at = (level: number): number => sorted[Math.min(sorted.length - 1, Math.floor(level * sorted.length))];
  return { low: at(0.1), median: at(0.5), high: at(0.9) };
}
