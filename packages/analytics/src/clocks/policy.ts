/**
 * What is promised to whom: policies in order, of which the first that fits and has a target for the metric holds. A
 * *track* is one line of promises: the house's own is one, each law another. Tracks never replace each other.
 */
import type { CalendarOf, Pin } from './clock.ts';
import { elapsed } from './measure.ts';
import type { Metric } from './metrics.ts';
import { instantOf, offsetAt } from './zone.ts';

/** What is known of an item, in codes: priority, team, jurisdiction, kind … */
export type Facts = Readonly<Record<string, string>>;

export interface Condition {
  readonly field: string;
  readonly isAnyOf: readonly string[];
}

/** Months end at the same day and hour of a later month, or at the end of its last day if there is no such day. */
export type Amount = { readonly ms: number } | { readonly months: number };

export interface Target {
  readonly metric: Metric;
  /** `any` fits every priority. */
  readonly priority: string;
  readonly amount: Amount;
  /** Which calendar; null is that of the item's team. */
  readonly calendar: string | null;
  readonly warnAt?: readonly number[];
}

export interface Policy {
  readonly id: string;
  readonly version: number;
  readonly track: string;
  /** All have to be true. */
  readonly when: readonly Condition[];
  /** In force from and before these instants. */
  readonly from?: number;
  readonly until?: number;
  readonly targets: readonly Target[];
}

/** What holds today. Versions that were pinned earlier are found by `calendarOf` for ever. */
export interface Rulebook {
  readonly policies: readonly Policy[];
  /** Calendar → its newest version. */
  readonly calendars: Readonly<Record<string, number>>;
  /** Team → its calendar; `''` for items without a team. */
  readonly teams: Readonly<Record<string, string>>;
  readonly calendarOf: CalendarOf;
}

export interface Choice {
  readonly pin: Pin | null;
  /** When by the dates of policies alone the answer may be another. */
  readonly reviewAt: number | null;
}

/**
 * What is promised for one metric on one track.
 *
 * @param at        the moment of the promise: policies in force then
 * @param startedAt from when on months are counted
 * @throws RangeError on a target whose calendar the rulebook does not have
 * @example
 * choosePin(rulebook, { priority: 'P1', team: 'emea' }, 'first_answer', 'house', at, at).pin?.targetMs; // 3_600_000
 */
export function choosePin(
  rulebook: Rulebook,
  facts: Facts,
  metric: Metric,
  track: string,
  at: number,
  startedAt: number,
): Choice {
  const priority = facts.priority ?? '';
  let reviewAt: number | null = null;
  for (const policy of rulebook.policies) {
    if (policy.track !== track || !fits(policy, facts)) continue;
    const target = targetOf(policy, metric, priority);
    if (!target) continue;
    if (policy.from !== undefined && policy.from > at) {
      reviewAt = Math.min(reviewAt ?? Infinity, policy.from);
      continue;
    }
    if (policy.until !== undefined && policy.until <= at) continue;
    return { pin: pinOf(rulebook, policy, target, facts, startedAt), reviewAt: null };
  }
  return { pin: null, reviewAt };
}

const fits = ({ when }: Policy, facts: Facts): boolean =>
  when.every(({ field, isAnyOf }) => isAnyOf.includes(facts[field] ?? ''));

const targetOf = ({ targets }: Policy, metric: Metric, priority: string): Target | undefined =>
  targets.find((one) => one.metric === metric && (one.priority === priority || one.priority === 'any'));

function pinOf(rulebook: Rulebook, policy: Policy, target: Target, facts: Facts, startedAt: number): Pin {
  const id = target.calendar ?? rulebook.teams[facts.team ?? ''] ?? rulebook.teams[''] ?? '';
  const version = rulebook.calendars[id];
  if (version === undefined)
    throw new RangeError(`policy ${policy.id} needs the calendar "${id}", which does not exist`);
  const calendar = { id, version };
  return {
    policy: { id: policy.id, version: policy.version },
    priority: facts.priority ?? '',
    calendar,
    targetMs: 'ms' in target.amount ? target.amount.ms : monthsMs(rulebook, calendar, startedAt, target.amount.months),
    ...(target.warnAt ? { warnAt: target.warnAt } : {}),
  };
}

/** What the calendar counts until the same day and hour so many months later. */
function monthsMs(rulebook: Rulebook, reference: Pin['calendar'], from: number, months: number): number {
  const calendar = rulebook.calendarOf(reference);
  const { zone } = calendar.spec;
  const wall = new Date(from + offsetAt(zone, from));
  const day = wall.getUTCDate();
  wall.setUTCDate(1);
  wall.setUTCMonth(wall.getUTCMonth() + months);
  const last = new Date(Date.UTC(wall.getUTCFullYear(), wall.getUTCMonth() + 1, 0)).getUTCDate();
  wall.setUTCDate(Math.min(day, last));
  return elapsed(calendar, from, instantOf(zone, wall.getTime()));
}

/** The tracks that promise something for a metric. The house's own is always one: it measures without a promise too. */
export function tracksOf({ policies }: Rulebook, metric: Metric): readonly string[] {
  const promising = policies.filter(({ targets }) => targets.some((target) => target.metric === metric));
  return [...new Set([HOUSE, ...promising.map(({ track }) => track)])];
}
export const HOUSE = 'house';

/** Another promise, not merely another version of the same. */
export const isOtherPromise = (a: Pin | null, b: Pin | null): boolean =>
  a?.policy.id !== b?.policy.id || a?.priority !== b?.priority || a?.calendar.id !== b?.calendar.id;

export const isSamePin = (a: Pin | null, b: Pin | null): boolean =>
  !isOtherPromise(a, b) &&
  a?.policy.version === b?.policy.version &&
  a?.calendar.version === b?.calendar.version &&
  a?.targetMs === b?.targetMs;
