/** Whether what is planted runs, hurts and is told as it is configured. Fixed seeds; the level is stated. */
import { INCIDENT_KINDS } from '@groundswell/contract';
import { expect, test } from 'vitest';
import { causeIdOf, changesOf, fixIdOf } from './changes.ts';
import { type Incident, unfold } from './incident.ts';
import { TIERS, WRITES } from './people.ts';
import { DAY_MS, HOUR_MS, type Planned, planIncidents, type WorldOptions } from './plan.ts';
import { type Course, strengthAt } from './recipes.ts';
import { planReleases } from './releases.ts';
import { chiSquare, kolmogorov, LEVEL } from './statistics.fixture.ts';
import { openWorld } from './world.ts';

const START = Date.UTC(2026, 0, 5);
const optionsOf = (seed: number, more: Partial<WorldOptions> = {}): WorldOptions => ({
  ...{ seed, start: START, days: 56, signalsPerDay: 20_000 },
  ...more,
});
const planOf = (options: WorldOptions): Planned[] =>
  planIncidents(options, planReleases(options.seed, options.start, options.days));

/** A large incident of a course, in nobody's slice, so that nothing but the course shapes it. */
function incidentOf(course: Course, more: Partial<Planned> = {}): Incident {
  const options = optionsOf(5, { signalsPerDay: 60_000 });
  const plan: Planned = {
    ...{ id: 'incident-01', kind: 'outage', story: 'outage.messages', what: '', onset: START + 3 * DAY_MS, course },
    ...{ size: 120, slice: {}, causeId: null, cause: null, confidential: false, ...more },
  };
  return unfold(plan, options, planReleases(5, START, 56));
}

/** Of everybody who was hurt the first letter. */
function firstLetters({ cohort, letters }: Incident): number[] {
  const hurt = new Set(cohort.map(({ id }) => id));
  const first = new Map<string, number>();
  for (const { person, at } of letters) if (hurt.has(person.id) && !first.has(person.id)) first.set(person.id, at);
  return [...first.values()];
}

/** The share of a course that has run by some hours after the onset. */
function ranBy(course: Course): (hours: number) => number {
  const upTo: number[] = [0];
  for (let hour = 0; hour < course.hours; hour++) upTo.push(upTo[hour]! + strengthAt(course, hour + 0.5));
  return (hours) => {
    const whole = Math.floor(hours);
    const within = upTo[whole]! + (hours - whole) * ((upTo[whole + 1] ?? upTo[whole]!) - upTo[whole]!);
    return within / upTo.at(-1)!;
  };
}

const COURSES: readonly Course[] = [
  { shape: 'burst', hours: 20 },
  { shape: 'ramp', hours: 96 },
  { shape: 'until_fixed', hours: 200, fixAfter: 60, left: 0, fadeHours: 18 },
  { shape: 'until_fixed', hours: 240, fixAfter: 60, left: 0.5, fadeHours: 18 },
  { shape: 'fades', hours: 160, fixAfter: 60, halfLife: 36 },
  { shape: 'returns', hours: 600, fixAfter: 50, backAfter: 510 },
];

test.each(COURSES)('letters come along the course: %j', (course) => {
  const incident = incidentOf(course);
  const hours = firstLetters(incident).map((at) => (at - incident.onset) / HOUR_MS);
  expect(hours.length).toBeGreaterThan(800);
  expect(kolmogorov(hours, ranBy(course))).toBeGreaterThan(LEVEL / COURSES.length);
});

test('what a fix leaves is what is left, what fades alone does not care, and what returns was gone in between', () => {
  const rate = ({ letters, onset }: Incident, from: number, to: number): number =>
    letters.filter(({ at }) => at >= onset + from * HOUR_MS && at < onset + to * HOUR_MS).length / (to - from);
  const [works, half, fades, returns] = COURSES.slice(2).map((course) => incidentOf(course));
  expect(rate(works!, 80, 200)).toBeLessThan(0.02 * rate(works!, 20, 60));
  const left = rate(half!, 80, 240) / rate(half!, 20, 60);
  expect(left).toBeGreaterThan(0.43);
  expect(left).toBeLessThan(0.57);
  expect(rate(fades!, 48, 84) / rate(fades!, 12, 48)).toBeCloseTo(0.5, 1);
  expect(rate(fades!, 84, 120) / rate(fades!, 48, 84)).toBeCloseTo(0.5, 1);
  expect(rate(returns!, 64, 509)).toBe(0);
  expect(rate(returns!, 520, 600) / rate(returns!, 10, 50)).toBeGreaterThan(0.85);
});

test('who is hurt writes by tier as configured: the cohort against the letters', () => {
  const incident = incidentOf(COURSES[0]!, { size: 200 });
  const wrote = new Set(incident.letters.map(({ person }) => person.id));
  const [counts, expected]: [number[], number[]] = [[], []];
  for (const tier of TIERS) {
    const hurt = incident.cohort.filter((person) => person.tier === tier);
    const mean = hurt.length * 0.012 * WRITES[tier];
    counts.push(hurt.filter(({ id }) => wrote.has(id)).length, hurt.filter(({ id }) => !wrote.has(id)).length);
    expected.push(mean, hurt.length - mean);
  }
  expect(chiSquare(counts, expected, TIERS.length)).toBeGreaterThan(LEVEL);
  expect(wrote.size / incident.cohort.length).toBeLessThan(0.05); // most never say a word
});

test('whoever is hurt is in the slice; a few who are not think that they have the same', () => {
  const options = optionsOf(9);
  const releases = planReleases(9, START, 56);
  const plan = planIncidents(options, releases).find(({ kind }) => kind === 'version_bug')!;
  const { cohort, letters, slice } = unfold(plan, options, releases);
  expect(Object.keys(slice).sort()).toEqual(['app_version', 'platform']);
  expect(cohort.length).toBeGreaterThan(1_000);
  expect(cohort.filter(({ platform }) => platform !== slice.platform)).toEqual([]);
  const hurt = new Set(cohort.map(({ id }) => id));
  const mistaken = letters.filter(({ person }) => !hurt.has(person.id)).length / letters.length;
  expect(mistaken).toBeGreaterThan(0.01);
  expect(mistaken).toBeLessThan(0.12);
});

test('in 56 days every kind of incident occurs, whatever the seed, and each but a rumour has an entry in the change log', () => {
  for (let seed = 1; seed <= 20; seed++) {
    const kinds = new Set(planOf(optionsOf(seed)).map(({ kind }) => kind));
    expect([...kinds].sort()).toEqual([...INCIDENT_KINDS].sort());
  }
});

test('causes and fixes stand in the change log, and nothing there tells them from the rest', async () => {
  const world = await openWorld(optionsOf(4, { signalsPerDay: 1_000 }));
  const log = new Map(changesOf(world).map((change) => [change.id, change]));
  const causes = world.incidents.flatMap((incident) => causeIdOf(world, incident) ?? []);
  expect(causes.length).toBeGreaterThan(7);
  for (const incident of world.incidents) {
    const cause = causeIdOf(world, incident);
    if (cause !== null) expect(log.get(cause)?.at, incident.id).toBeLessThan(incident.onset);
    const fix = fixIdOf(world, incident);
    if (fix !== null && incident.fixedAt! < world.end) expect(log.get(fix)?.at).toBe(incident.fixedAt);
  }
  expect(log.size).toBeGreaterThan(4 * causes.length);
  for (const id of causes) expect(id).toMatch(/^(release-|change-)/);
});

const PLAYED = Array.from({ length: 8 }, (_, i) => i + 1);
test.each(PLAYED)('a played day has its first incident within two hours, and two at once: seed %i', async (seed) => {
  const options = optionsOf(seed, { days: 15, signalsPerDay: 2_000, playedDays: 1 });
  const day = START + 14 * DAY_MS;
  const { incidents } = await openWorld(options);
  const own = incidents.filter(({ onset, story }) => onset >= day && story !== '');
  expect(Math.min(...own.flatMap(({ letters }) => letters.slice(0, 3).map(({ at }) => at)))).toBeLessThan(
    day + 2 * HOUR_MS,
  );
  const gaps = own.flatMap((a) => own.filter((b) => b !== a).map((b) => Math.abs(a.onset - b.onset)));
  expect(Math.min(...gaps)).toBeLessThan(2 * HOUR_MS);
  expect(own.filter(({ confidential }) => confidential).map(({ kind }) => kind)).toEqual(['doxxing']);
});

test('two begin together also where no day is played, and the first days are quiet', () => {
  for (let seed = 1; seed <= 10; seed++) {
    const onsets = planOf(optionsOf(seed)).map(({ onset }) => onset);
    expect(Math.min(...onsets)).toBeGreaterThanOrEqual(START + 7 * DAY_MS);
    expect(Math.min(...onsets.slice(1).map((at, i) => at - onsets[i]!))).toBeLessThan(10 * HOUR_MS);
  }
});
