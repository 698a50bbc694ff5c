import { beforeAll, expect, test } from 'vitest';
import { changesOf } from './changes.ts';
import { openHandling } from './handling.ts';
import { HOUR_MS, type WorldOptions } from './plan.ts';
import { type CohortRow, cohortsOf, FaultTally, truthOf, type WorldTruth } from './truth.ts';
import { openWorld, type SimulatedSignal, type World } from './world.ts';

const START = Date.UTC(2026, 0, 5);
const OPTIONS: WorldOptions = { seed: 3, start: START, days: 28, signalsPerDay: 2_000 };
let world: World;
let truth: WorldTruth;
let signals: SimulatedSignal[];
let cohorts: CohortRow[];
beforeAll(async () => {
  world = await openWorld(OPTIONS);
  signals = Array.from({ length: OPTIONS.days * 24 }, (_, hour) => world.signalsOfHour(hour)).flat();
  truth = truthOf(world, new FaultTally().truth(openHandling(OPTIONS)));
  cohorts = [...cohortsOf(world)];
}, 60_000);

test('says of each incident what its signals and its cohort say', () => {
  expect(truth.incidents.length).toBeGreaterThan(10);
  for (const {
    id,
    firstSignal,
    lastSignal,
    signals: count,
    affected,
    wrote,
    affectedByTier,
    wroteByTier,
    mistaken,
  } of truth.incidents) {
    const own = signals.filter((signal) => signal.truth.incident === id);
    expect(own.length).toBe(count);
    expect([own[0]!.at, own.at(-1)!.at]).toEqual([Date.parse(firstSignal!), Date.parse(lastSignal!)]);
    const hurt = cohorts.filter(({ incident }) => incident === id);
    expect(hurt.length).toBe(affected);
    expect(hurt.filter((row) => row.wrote > 0).length).toBe(wrote);
    expect(hurt.reduce((sum, row) => sum + row.wrote, 0) + mistaken).toBe(count);
    expect(wrote).toBeLessThan(affected);
    const sum = (counts: Readonly<Record<string, number>>) => Object.values(counts).reduce((all, one) => all + one, 0);
    expect([sum(affectedByTier), sum(wroteByTier)]).toEqual([affected, wrote]);
    expect(new Set(hurt.map(({ person }) => person)).size).toBe(affected);
  }
});

test('every label is a story of its incident, an intent, or spam', () => {
  const stories = new Map(truth.incidents.map(({ id, story }) => [id, story]));
  for (const { truth: told } of signals) {
    if (told.incident === null) expect(told.label).toMatch(/^spam$|^[a-z_]+\.[a-z_]+\/[a-z_0-9]+$/);
    else expect(told.label).toBe(stories.get(told.incident));
  }
});

test('causes and fixes lead into the change log; the four kinds of fix did what they are named for', () => {
  const log = new Set(changesOf(world).map(({ id }) => id));
  for (const { cause, fix, onset } of truth.incidents) {
    if (cause !== null) expect(log.has(cause)).toBe(true);
    if (fix) expect([log.has(fix.change!), fix.at > onset]).toEqual([true, true]);
  }
  const fixOf = (kind: string) => truth.incidents.find((one) => one.kind === kind)!.fix!;
  expect(fixOf('fix_works')).toMatchObject({ effect: 'works', left: 0, returnsAt: null, perHourAfter: 0 });
  expect(fixOf('fix_half_works')).toMatchObject({ effect: 'works_in_part', left: 0.5 });
  expect(fixOf('fix_does_nothing')).toMatchObject({ effect: 'does_nothing', left: 1 });
  expect(fixOf('fix_regresses').effect).toBe('works_and_returns');
  expect(Date.parse(fixOf('fix_regresses').returnsAt!) - Date.parse(fixOf('fix_regresses').at)).toBeGreaterThan(
    18 * 24 * HOUR_MS,
  );
  for (const kind of ['fix_works', 'fix_half_works']) expect(fixOf(kind).perHourBefore).toBeGreaterThan(0.5);
});

test('a campaign is no incident, and spam is told by who sent it', () => {
  expect(truth.incidents.map(({ kind }) => kind)).not.toContain('mix_shift');
  expect(truth.confounders.mixShifts).toHaveLength(1);
  for (const { authors, kind, signals: count } of truth.confounders.spam) {
    if (kind === 'repeater') expect(authors).toBe(1);
    else expect(authors).toBeGreaterThan(count / 2);
  }
  const sent = truth.confounders.spam.reduce((sum, { signals: count }) => sum + count, 0);
  expect(signals.filter(({ truth: told }) => told.label === 'spam').length).toBe(sent);
  expect(truth.confounders.floods.length).toBeGreaterThan(0);
});
