/** Who is hurt by an incident, who of them writes, and when. */
import type { SignalKind } from '@groundswell/contract';
import { BY_COUNTRY, type Person, peopleIn, personOf, WRITES } from './people.ts';
import { activityAt, countryOf, type Platform } from './places.ts';
import { fixOf, HOUR_MS, type Planned, type WorldOptions } from './plan.ts';
import { Chance, spin, type Wheel, wheelOf } from './random.ts';
import { strengthAt } from './recipes.ts';
import { installedAt, type Release } from './releases.ts';

export interface Incident extends Planned {
  readonly fixedAt: number | null;
  /** Everybody it hurt. */
  readonly cohort: readonly Person[];
  /** Of them, who wrote, and when: by time. */
  readonly letters: readonly Letter[];
}

export interface Letter {
  readonly at: number;
  readonly person: Person;
  readonly kind: SignalKind;
  readonly key: number;
}

/** Of a hundred hurt viewers so many write. */
const PROPENSITY = 0.012;
/** What a world of 2,000 signals a day makes of `size` grows slower than the world: a bug does not hurt everybody. */
const SCALE = 0.75;
/** Some write about it who are not in the slice: they think that they have the same. */
const MISTAKEN = 0.06;
const TWICE = 0.08;

const REPORTS = wheelOf<SignalKind>([
  ['user_report', 60],
  ['social_mention', 16],
  ['ticket', 12],
  ['machine_flag', 12],
]);
const APPEALS = wheelOf<SignalKind>([
  ['appeal', 62],
  ['ticket', 22],
  ['app_review', 6],
  ['social_mention', 10],
]);
const TICKETS = wheelOf<SignalKind>([
  ['ticket', 48],
  ['app_review', 24],
  ['feedback', 13],
  ['social_mention', 15],
]);
const KINDS: Readonly<Partial<Record<Planned['kind'], Wheel<SignalKind>>>> = {
  dangerous_challenge: REPORTS,
  doxxing: REPORTS,
  wrong_strikes: APPEALS,
};

/** The people and letters of a planned incident: the same for the same seed, whatever else is asked. */
export function unfold(
  plan: Planned,
  options: WorldOptions,
  releases: ReadonlyMap<Platform, readonly Release[]>,
): Incident {
  const steps = unfolding(plan, options, releases);
  for (;;) {
    const { done, value } = steps.next();
    if (done) return value;
  }
}

/** People looked at between two steps: a few milliseconds. */
const PER_STEP = 2_000;

/** The same in steps, between which whoever shares the process may have a turn: in a large world it takes a quarter of a second. */
export function* unfolding(
  plan: Planned,
  options: WorldOptions,
  releases: ReadonlyMap<Platform, readonly Release[]>,
): Generator<undefined, Incident, undefined> {
  const fixedAt = fixOf(plan);
  if (plan.story === '') return { ...plan, fixedAt, cohort: [], letters: [] };
  const chance = new Chance(options.seed, 'incident', plan.id);
  const wanted = plan.size * (options.signalsPerDay / 2_000) ** SCALE;
  const kinds = KINDS[plan.kind] ?? TICKETS;
  const cohort: Person[] = [];
  const letters: Letter[] = [];
  const known = new Set<string>();
  const clock = clockOf(plan, options);
  const send = (person: Person, at: number): void => {
    letters.push({ at, person, kind: spin(kinds, chance.next()), key: Math.floor(chance.next() * 2 ** 32) });
  };
  const most = Math.ceil(wanted * 2_000);
  for (let expected = 0, tries = 0; expected < wanted && tries < most; tries++) {
    if (tries % PER_STEP === PER_STEP - 1) yield;
    const person = somebody(plan.slice.country, options, chance);
    if (known.has(person.id)) continue;
    const at = momentFor(clock, chance, options);
    if (!isHit(plan, person, at, releases)) continue;
    known.add(person.id);
    cohort.push(person);
    const writes = Math.min(0.9, PROPENSITY * WRITES[person.tier] * (plan.confidential ? 8 : 1));
    expected += writes;
    if (at === null || chance.next() >= writes) continue;
    send(person, at);
    const again = chance.is(TWICE) ? momentFor(clock, chance, options) : null;
    if (again !== null && again > at) send(person, again);
    if (chance.is(MISTAKEN)) send(somebody(undefined, options, chance), at + chance.below(HOUR_MS));
  }
  return { ...plan, fixedAt, cohort, letters: letters.sort((a, b) => a.at - b.at) };
}

function somebody(bound: string | undefined, { seed, signalsPerDay }: WorldOptions, chance: Chance): Person {
  const country = bound === undefined ? spin(BY_COUNTRY, chance.next()) : countryOf(bound);
  return personOf(seed, country, chance.below(peopleIn(country, signalsPerDay)));
}

function isHit(
  { slice }: Planned,
  person: Person,
  at: number | null,
  releases: ReadonlyMap<Platform, readonly Release[]>,
): boolean {
  if (slice.platform !== undefined && person.platform !== slice.platform) return false;
  if (slice.app_version === undefined) return true;
  const own = releases.get(person.platform)!;
  const i = own.findIndex(({ version }) => version === slice.app_version);
  const moment = at ?? own[i]!.at + 72 * HOUR_MS;
  const next = own[i + 1];
  return installedAt(own[i]!, person) <= moment && !(next && installedAt(next, person) <= moment);
}

/** The hours of an incident with how much is written in each. */
interface Clock {
  readonly onset: number;
  readonly wheel: Wheel<number>;
  readonly country: string | undefined;
}

function clockOf({ onset, course, slice }: Planned, { start, days }: WorldOptions): Clock {
  const end = start + days * 24 * HOUR_MS;
  const hours: [number, number][] = [];
  for (let hour = 0; hour < course.hours; hour++) {
    const at = onset + (hour + 0.5) * HOUR_MS;
    const quiet = slice.country ? activityAt(countryOf(slice.country), at) : 1;
    hours.push([at < end ? hour : -1, strengthAt(course, hour + 0.5) * quiet]);
  }
  return { onset, wheel: wheelOf(hours), country: slice.country };
}

/** Null when it would be after the world ends: that part of the incident is not told. */
function momentFor({ onset, wheel }: Clock, chance: Chance, { start, days }: WorldOptions): number | null {
  const hour = spin(wheel, chance.next());
  const at = Math.round(onset + (hour + chance.next()) * HOUR_MS);
  return hour < 0 || at >= start + days * 24 * HOUR_MS ? null : at;
}
