import { beforeAll, describe, expect, test } from 'vitest';
import { type ActiveUsers, activeUsersOf, activeUsersOfDay } from './active-users.ts';
import { COUNTRIES, PLATFORMS } from './places.ts';
import { DAY_MS, HOUR_MS } from './plan.ts';
import { openWorld, type World } from './world.ts';

const START = Date.UTC(2026, 0, 5);
let world: World;
let rows: ActiveUsers[];
beforeAll(async () => {
  world = await openWorld({ seed: 12, start: START, days: 28, signalsPerDay: 6_000 });
  rows = [...activeUsersOf(world)];
});

const sum = (all: readonly ActiveUsers[]): number => all.reduce((total, { users }) => total + users, 0);
const cut = (names: string, of: readonly ActiveUsers[]): ActiveUsers[] =>
  of.filter(({ dimensions }) => Object.keys(dimensions).sort().join() === names);

describe('active users', () => {
  test('every cut of a day tells of the same people', () => {
    const days = Map.groupBy(rows, ({ day }) => day);
    expect(days.size).toBe(28);
    for (const [, own] of days) {
      const [total] = cut('', own);
      expect(cut('', own)).toHaveLength(1);
      expect(cut('country', own)).toHaveLength(COUNTRIES.length);
      expect(sum(cut('country', own))).toBe(total!.users);
      expect(sum(cut('platform', own))).toBe(total!.users);
      for (const platform of PLATFORMS) {
        const versions = cut('app_version,platform', own).filter(({ dimensions }) => dimensions.platform === platform);
        const [whole] = cut('platform', own).filter(({ dimensions }) => dimensions.platform === platform);
        expect(sum(versions)).toBe(whole!.users);
        expect(versions.every(({ users }) => users >= 0)).toBe(true);
      }
    }
  });

  test('countries have their share, with a little noise, and a day can be asked by itself', () => {
    const calm = COUNTRIES.filter(
      ({ code }) => !world.incidents.some(({ kind, slice }) => kind === 'mix_shift' && slice.country === code),
    );
    for (const { code, share } of calm) {
      for (const { users } of rows.filter(({ dimensions }) => dimensions.country === code))
        expect(Math.abs(users / (6_000_000 * share) - 1)).toBeLessThan(0.1); // five times the noise
    }
    const day = START + 9 * DAY_MS;
    expect([...activeUsersOfDay(world, day)]).toEqual(
      rows.filter((row) => row.day === new Date(day).toISOString().slice(0, 10)),
    );
  });

  test('a campaign makes twice the people and twice the voices of a country, and only there', () => {
    const { onset, slice } = world.incidents.find(({ kind }) => kind === 'mix_shift')!;
    const [from, to] = [Math.ceil(onset / DAY_MS) * DAY_MS, Math.ceil(onset / DAY_MS) * DAY_MS + DAY_MS];
    const usersOn = (country: string, at: number): number =>
      rows.find(({ day, dimensions }) => dimensions.country === country && at === Date.parse(day))!.users;
    const voicesOn = (country: string, at: number): number => {
      let voices = 0;
      for (let hour = (at - START) / HOUR_MS; hour < (at - START) / HOUR_MS + 24; hour++)
        for (const { dimensions, truth } of world.signalsOfHour(hour))
          if (dimensions.country === country && truth.incident === null && truth.label !== 'spam') voices++;
      return voices;
    };
    const ratio = (of: (country: string, at: number) => number, country: string): number =>
      of(country, from) / of(country, from - 7 * DAY_MS); // the same day of the week
    const other = COUNTRIES.find(({ code }) => code !== slice.country)!.code;
    expect(to).toBeLessThan(world.end);
    expect(ratio(usersOn, slice.country!)).toBeCloseTo(2.2, 0);
    expect(ratio(voicesOn, slice.country!) / ratio(usersOn, slice.country!)).toBeGreaterThan(0.8);
    expect(ratio(voicesOn, slice.country!) / ratio(usersOn, slice.country!)).toBeLessThan(1.25);
    expect(ratio(usersOn, other)).toBeCloseTo(1, 0);
  });
});
