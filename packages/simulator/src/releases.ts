/** Releases: one after the other for each platform, offered to a growing share of people, installed when people get to it. */
import type { Person } from './people.ts';
import { PLATFORMS, type Platform } from './places.ts';
import { Chance } from './random.ts';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

export interface Release {
  readonly id: string;
  readonly platform: Platform;
  readonly version: string;
  readonly at: number;
  /** Hours until everybody has been offered it: 5 % at once, the rest evenly. */
  readonly rolloutHours: number;
}

const FIRST_SHARE = 0.05;
const EVERY_DAYS = 8;

/** All releases from three before the world begins to its end, oldest first for each platform. */
export function planReleases(seed: number, start: number, days: number): ReadonlyMap<Platform, readonly Release[]> {
  return new Map(PLATFORMS.map((platform) => [platform, releasesOf(seed, platform, start, days)]));
}

function releasesOf(seed: number, platform: Platform, start: number, days: number): Release[] {
  const chance = new Chance(seed, 'releases', platform);
  const releases: Release[] = [];
  let minor = chance.between(2, 30);
  let at = start - 4 * EVERY_DAYS * DAY_MS + chance.next() * EVERY_DAYS * DAY_MS;
  while (at < start + days * DAY_MS) {
    releases.push({
      id: `release-${platform}-${minor}`,
      platform,
      version: platform === 'web' ? `2026.${minor}` : `34.${minor}.0`,
      at: Math.round(at),
      rolloutHours: platform === 'web' ? 6 : chance.between(36, 84),
    });
    minor++;
    at += (EVERY_DAYS + 3 * (chance.next() - 0.5)) * DAY_MS;
  }
  return releases;
}

/** What a person runs at a moment: the newest release that was offered and installed by then. */
export function versionAt(releases: readonly Release[], person: Person, at: number): string {
  for (let i = releases.length - 1; i > 0; i--) {
    if (at >= installedAt(releases[i]!, person)) return releases[i]!.version;
  }
  return releases[0]!.version;
}

/** On the web everybody has what is offered. */
export function installedAt({ at, platform, rolloutHours }: Release, { inLine, updateHours }: Person): number {
  const offered = at + Math.max(0, (inLine - FIRST_SHARE) / (1 - FIRST_SHARE)) * rolloutHours * HOUR_MS;
  return platform === 'web' ? offered : offered + updateHours * HOUR_MS;
}
