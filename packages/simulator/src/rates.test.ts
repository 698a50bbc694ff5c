/** Whether a world writes as often, from where, and with what as it is configured. Fixed seeds; the level is stated. */
import { beforeAll, expect, test } from 'vitest';
import { type Person, personOf, TIERS } from './people.ts';
import { activityAt, COUNTRIES, PLATFORMS } from './places.ts';
import { DAY_MS, HOUR_MS, type WorldOptions } from './plan.ts';
import type { Wheel } from './random.ts';
import { installedAt, planReleases, versionAt } from './releases.ts';
import { chiSquare, countBy, fitsShares, LEVEL } from './statistics.fixture.ts';
import { openWorld, type SimulatedSignal, type World } from './world.ts';

const START = Date.UTC(2026, 0, 5);
const OPTIONS: WorldOptions = { seed: 20, start: START, days: 28, signalsPerDay: 4_000 };
let world: World;
/** What is said on any day, without incidents, spam, floods and campaigns. */
let usual: SimulatedSignal[];

const isUsualHour = (at: number): boolean =>
  !world.floods.some(({ from, to }) => at >= from - HOUR_MS && at < to + HOUR_MS);
const campaigns = (): string[] =>
  world.incidents.flatMap(({ kind, slice }) => (kind === 'mix_shift' ? [slice.country!] : []));

beforeAll(async () => {
  world = await openWorld(OPTIONS);
  usual = [];
  for (let hour = 0; hour < OPTIONS.days * 24; hour++)
    for (const signal of world.signalsOfHour(hour))
      if (signal.truth.incident === null && signal.truth.label !== 'spam' && isUsualHour(signal.at)) usual.push(signal);
}, 120_000);

const sharesOf = <T>({ values, upTo }: Wheel<T>): [string, number][] =>
  values.map((value, i) => [String(value), upTo[i]! - (upTo[i - 1] ?? 0)]);

test('each country writes by its own clock and week: hours of the week against what is configured', () => {
  const calm = COUNTRIES.filter(({ code }) => !campaigns().includes(code));
  const byCountry = Map.groupBy(usual, ({ dimensions }) => dimensions.country!);
  for (const country of calm) {
    const [counts, expected] = [new Array<number>(168).fill(0), new Array<number>(168).fill(0)];
    for (const { at } of byCountry.get(country.code)!) counts[Math.floor((at - START) / HOUR_MS) % 168]!++;
    for (let at = START; at < world.end; at += HOUR_MS) {
      const mean = (OPTIONS.signalsPerDay / 24) * country.share * activityAt(country, at);
      if (isUsualHour(at)) expected[Math.floor((at - START) / HOUR_MS) % 168]! += mean;
    }
    expect(chiSquare(counts, expected, 0), country.code).toBeGreaterThan(LEVEL / calm.length);
  }
});

test('a wrong clock is found by that test: Japan does not write when America does', () => {
  const [us, jp] = ['US', 'JP'].map((code) => COUNTRIES.find((one) => one.code === code)!);
  const said = usual.filter(({ dimensions }) => dimensions.country === 'JP');
  const counts = new Array<number>(24).fill(0);
  for (const { at } of said) counts[new Date(at).getUTCHours()]!++;
  const at = (country: typeof us) =>
    counts.map((_, hour) => {
      const week = Array.from({ length: 7 }, (_, day) => activityAt(country!, START + day * DAY_MS + hour * HOUR_MS));
      return (said.length / 24) * (week.reduce((sum, one) => sum + one, 0) / 7);
    });
  expect(chiSquare(counts, at(us), 0)).toBeLessThan(1e-9);
  expect(chiSquare(counts, at(jp), 0)).toBeGreaterThan(1e-6); // floods lie in some hours and not in others
});

/** By the clocks of the world outside; in January none of them has summer time. */
const CLOCKS = {
  US: 'America/Chicago',
  BR: 'America/Sao_Paulo',
  IN: 'Asia/Kolkata',
  ID: 'Asia/Jakarta',
  JP: 'Asia/Tokyo',
};
test.each(Object.entries(CLOCKS))(
  '%s writes most in its evening and least before dawn, by the clock of %s',
  (code, timeZone) => {
    const clock = new Intl.DateTimeFormat('en-GB', { timeZone, hour: '2-digit', hourCycle: 'h23' });
    const counts = countBy(
      usual.filter(({ dimensions }) => dimensions.country === code),
      ({ at }) => clock.format(at),
    );
    const between = (from: number, to: number): number => {
      let sum = 0;
      for (let hour = from; hour < to; hour++) sum += counts.get(String(hour).padStart(2, '0')) ?? 0;
      return sum / (to - from);
    };
    expect(between(19, 22)).toBeGreaterThan(1.3 * between(9, 12));
    expect(between(9, 12)).toBeGreaterThan(3 * between(2, 5));
  },
);

test('days of rest are Friday and Saturday in Saudi Arabia and Egypt, Saturday and Sunday elsewhere', () => {
  const shareOn = (codes: readonly string[], days: readonly number[]): number => {
    const own = usual.filter(({ dimensions }) => codes.includes(dimensions.country!));
    return own.filter(({ at }) => days.includes(new Date(at + 3 * HOUR_MS).getUTCDay())).length / own.length;
  };
  const elsewhere = ['GB', 'ES', 'NG', 'DE'].filter((code) => !campaigns().includes(code));
  expect(shareOn(['SA', 'EG'], [5])).toBeLessThan(0.93 * shareOn(['SA', 'EG'], [0]));
  expect(shareOn(elsewhere, [0])).toBeLessThan(0.93 * shareOn(elsewhere, [5]));
});

test('the week of every country has the mean 1', () => {
  for (const country of COUNTRIES) {
    const hours = Array.from({ length: 168 }, (_, hour) => activityAt(country, START + hour * HOUR_MS));
    expect(hours.reduce((sum, one) => sum + one, 0) / 168).toBeCloseTo(1, 6);
  }
  expect(COUNTRIES.reduce((sum, { share }) => sum + share, 0)).toBeCloseTo(1, 9);
});

test('countries, tiers, and within each country languages and platforms have their shares', () => {
  const calm = COUNTRIES.filter(({ code }) => !campaigns().includes(code));
  const among = calm.reduce((sum, { share }) => sum + share, 0);
  const people = usual.filter(({ dimensions }) => calm.some(({ code }) => code === dimensions.country));
  const tests: [string, number][] = [];
  const where = countBy(people, ({ dimensions }) => dimensions.country!);
  tests.push([
    'countries',
    fitsShares(
      where,
      calm.map(({ code, share }) => [code, share / among]),
    ),
  ]);
  const tiers: [string, number][] = [
    ['viewer', 0.64],
    ['nano', 0.22],
    ['micro', 0.09],
    ['mid', 0.037],
    ['macro', 0.011],
    ['mega', 0.002],
  ];
  tests.push([
    'tiers',
    fitsShares(
      countBy(usual, ({ tier }) => tier),
      tiers,
    ),
  ]);
  for (const country of COUNTRIES) {
    const own = usual.filter(({ dimensions }) => dimensions.country === country.code);
    const told = own.filter(({ kind }) => kind !== 'machine_flag'); // machines speak English
    tests.push([
      `${country.code} languages`,
      fitsShares(
        countBy(told, ({ language }) => language),
        sharesOf(country.languages),
      ),
    ]);
    tests.push([
      `${country.code} platforms`,
      fitsShares(
        countBy(own, ({ dimensions }) => dimensions.platform!),
        sharesOf(country.platforms),
      ),
    ]);
  }
  for (const [what, p] of tests) expect(p, what).toBeGreaterThan(LEVEL / tests.length);
});

const somebody = (n: number): Person => personOf(3, COUNTRIES[n % COUNTRIES.length]!, n);

test('a release reaches a growing share: on the web along its line, on phones when people get to it, in the end nearly all', () => {
  const releases = planReleases(3, START, 28);
  const people = Array.from({ length: 12_000 }, (_, n) => somebody(n));
  for (const platform of PLATFORMS) {
    const own = people.filter((person) => person.platform === platform);
    const release = releases.get(platform)![3]!;
    const shareAt = (hours: number): number =>
      own.filter((person) => installedAt(release, person) <= release.at + hours * HOUR_MS).length / own.length;
    const offered = (hours: number): number => Math.min(1, 0.05 + (0.95 * hours) / release.rolloutHours);
    let before = 0;
    for (let hours = 0; hours <= 21 * 24; hours += 3) {
      const share = shareAt(hours);
      const chance = 4 * Math.sqrt(0.25 / own.length); // four standard errors, at most
      expect(share).toBeGreaterThanOrEqual(before);
      expect(share).toBeLessThanOrEqual(offered(hours) + chance);
      if (platform === 'web') expect(Math.abs(share - offered(hours))).toBeLessThan(chance);
      before = share;
    }
    expect(before).toBeGreaterThan(0.94);
    expect(platform === 'web' ? 1 : before).toBeLessThanOrEqual(platform === 'web' ? before : 0.975); // some never update
  }
});

test('signals carry the version that their writer runs at that moment', () => {
  for (const { dimensions, at } of usual.slice(0, 5_000)) {
    const own = world.releases.get(dimensions.platform as 'ios')!;
    expect(own.find(({ version }) => version === dimensions.app_version)!.at).toBeLessThanOrEqual(
      Math.max(at, own[0]!.at),
    );
  }
  const never = Array.from({ length: 3_000 }, (_, n) => somebody(n)).filter(
    ({ updateHours }) => updateHours === Number.POSITIVE_INFINITY,
  );
  const person = never.find(({ platform }) => platform === 'android')!;
  expect(versionAt(world.releases.get('android')!, person, world.end)).toBe(world.releases.get('android')![0]!.version);
});

test('all tiers occur', () => {
  expect(new Set(usual.map(({ tier }) => tier))).toEqual(new Set(TIERS));
});
