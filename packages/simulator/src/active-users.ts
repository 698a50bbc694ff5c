/** How many people were active on each day: in all, and by country, platform, and version with platform. */
import { crowdAt } from './confounders.ts';
import { personOf } from './people.ts';
import { COUNTRIES, PLATFORMS } from './places.ts';
import { DAY_MS } from './plan.ts';
import { Chance } from './random.ts';
import { versionAt } from './releases.ts';
import type { World } from './world.ts';

export interface ActiveUsers {
  /** `2026-01-05`. */
  readonly day: string;
  readonly users: number;
  /** Empty for the total of the day. */
  readonly dimensions: Readonly<Record<string, string>>;
}

/** People that stand for all when versions are counted. */
const ASKED = 1_500;
/** Spread of a day's number around what is expected. */
const NOISE = 0.02;

/**
 * The rows of all days, in the order of days.
 * @example
 * [...activeUsersOf(world)].filter(({ dimensions }) => dimensions.country === 'JP').length; // one a day
 */
export function* activeUsersOf(world: World): Generator<ActiveUsers> {
  const { start, days } = world;
  for (let day = 0; day < days; day++) yield* activeUsersOfDay(world, start + day * DAY_MS);
}

/** The rows of one day, which begins at `from`. */
export function* activeUsersOfDay(world: World, from: number): Generator<ActiveUsers> {
  const { seed, signalsPerDay, incidents } = world;
  const chance = new Chance(seed, 'active', from);
  const day = new Date(from).toISOString().slice(0, 10);
  const about = (users: number): number => Math.max(0, Math.round(users * (1 + NOISE * chance.normal())));
  const base = signalsPerDay * 1_000;
  let total = 0;
  const byPlatform = new Map<string, number>(PLATFORMS.map((platform) => [platform, 0]));
  for (const country of COUNTRIES) {
    const users = about(base * country.share * crowdAt(incidents, country.code, from + DAY_MS / 2));
    total += users;
    yield { day, users, dimensions: { country: country.code } };
    let upTo = 0;
    for (const [i, platform] of country.platforms.values.entries()) {
      const share = country.platforms.upTo[i]! - upTo;
      upTo = country.platforms.upTo[i]!;
      byPlatform.set(platform, byPlatform.get(platform)! + users * share);
    }
  }
  yield { day, users: total, dimensions: {} };
  const versions = askVersions(world, from, chance);
  const users = apportion(total, [...byPlatform.values()]);
  for (const [i, platform] of [...byPlatform.keys()].entries()) {
    yield { day, users: users[i]!, dimensions: { platform } };
    const own = [...versions.get(platform)!].sort();
    const each = apportion(
      users[i]!,
      own.map(([, n]) => n),
    );
    for (const [v, [version]] of own.entries())
      yield { day, users: each[v]!, dimensions: { platform, app_version: version } };
  }
}

/** How many of some people use which version at noon. */
function askVersions({ seed, releases }: World, from: number, chance: Chance): Map<string, Map<string, number>> {
  const versions = new Map<string, Map<string, number>>(PLATFORMS.map((platform) => [platform, new Map()]));
  for (let i = 0; i < ASKED; i++) {
    const person = personOf(seed, chance.pick(COUNTRIES), chance.below(1_000_000));
    const version = versionAt(releases.get(person.platform)!, person, from + DAY_MS / 2);
    const own = versions.get(person.platform)!;
    own.set(version, (own.get(version) ?? 0) + 1);
  }
  return versions;
}

/** Whole numbers that add up to `total`, by weight: each cut of a day tells of the same people. */
function apportion(total: number, weights: readonly number[]): number[] {
  const sum = weights.reduce((all, one) => all + one, 0);
  let upTo = 0;
  let given = 0;
  return weights.map((weight) => {
    upTo += weight;
    const share = Math.round((total * upTo) / sum) - given;
    given += share;
    return share;
  });
}
