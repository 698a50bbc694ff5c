/** What is known of an issue's harm, put together: rates, growth, who is silent. Pure. */
import { poissonInterval, silentPeople, wilson } from '@groundswell/analytics';
import { type HarmCode, type IssueImpact, Refusal, type Severity } from '@groundswell/contract';
import type { Active } from '../background/index.ts';

export interface Counted {
  readonly value: string | null;
  readonly people: number;
}

export interface People {
  readonly all: number;
  readonly nameless: number;
  /** Share by which counts may be off, one standard deviation. */
  readonly error: number;
  readonly tiers: readonly Counted[];
  readonly countries: readonly Counted[];
}

export interface Cohort {
  readonly segments: readonly { readonly segment: string; readonly people: number; readonly wrote: number }[];
  readonly endedOn: string;
  readonly source: string;
  readonly by: string | null;
  readonly at: Date;
}

/** What people said; all null at version 0 before anybody said anything. */
export interface SaidImpact {
  readonly version: number;
  readonly harm: HarmCode | null;
  readonly severity: {
    readonly severity: Severity;
    readonly reason: string;
    readonly by: string | null;
    readonly at: Date;
  } | null;
  readonly cohort: Cohort | null;
}

const SHOWN = 8;
const OTHERS = 'other';

/** The largest, and the rest as one: people of two small countries are counted in both, so it is at most as many. */
export function largest(counts: readonly Counted[]): IssueImpact['countries'] {
  const rest = counts.slice(SHOWN).reduce((sum, { people }) => sum + people, 0);
  return [...counts.slice(0, SHOWN), ...(rest > 0 ? [{ value: OTHERS, people: rest }] : [])];
}

/** People who wrote in for 1,000 active ones, with the 95 % interval of a count. */
export function contactOf(people: number, active: Active | null): IssueImpact['contact'] {
  if (!active || people === 0) return null;
  const { low, high } = poissonInterval(people);
  const per = (count: number): number => (1_000 * count) / active.people;
  return { per1000: per(people), low: per(low), high: per(high), active: active.people, days: active.days };
}

/** Fewer signals in both days together say nothing of growth. */
const LEAST_SIGNALS = 10;

/**
 * One day by the day before: of all signals of both days the share of the last is binomial, so its interval is known. Nobody
 * the day before is taken for half a signal, as otherwise no ratio is finite.
 */
export function growthOf({ last, before }: { last: number; before: number }): IssueImpact['growth'] {
  if (last + before < LEAST_SIGNALS) return null;
  const { low, high } = wilson(last, last + before);
  const odds = (share: number): number => share / Math.max(1 - share, 0.5 / (last + before));
  return { ratio: last / Math.max(before, 0.5), low: odds(low), high: odds(high), last, before };
}

/** People of whom no tier is said are a segment too. */
const segmentOf = (value: string | null): string => value ?? '';

export function silentOf(past: readonly Cohort['segments'][], tiers: readonly Counted[]): IssueImpact['silent'] {
  const wrote = new Map(tiers.map(({ value, people }) => [segmentOf(value), people]));
  const found = silentPeople(past, wrote);
  return found && { people: found.silent, share: found.share, pastIssues: found.learntFrom };
}

/** Who of a known cohort wrote in; refused where more wrote than are said to have been hurt. */
export function withWriters(
  segments: readonly { readonly segment: string; readonly people: number }[],
  tiers: readonly Counted[],
): Cohort['segments'] {
  const names = segments.map(({ segment }) => segment);
  if (new Set(names).size < names.length) {
    throw new Refusal('impact.cohort_impossible', 'A tier is named twice. Say each once. Nothing was changed.');
  }
  const wrote = new Map(tiers.map(({ value, people }) => [segmentOf(value), people]));
  return segments.map(({ segment, people }) => {
    const writers = wrote.get(segment) ?? 0;
    if (writers <= people) return { segment, people, wrote: writers };
    throw new Refusal(
      'impact.cohort_impossible',
      `${writers} people of ${segment === '' ? 'no known tier' : `the tier "${segment}"`} wrote in, so more than ${people} were hurt. Nothing was changed.`,
    );
  });
}
