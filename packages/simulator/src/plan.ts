/** Which incidents are planted, when, and by which cause: the truth of a world. */
import type { IncidentKind } from '@groundswell/contract';
import { PLATFORMS, type Platform } from './places.ts';
import { Chance } from './random.ts';
import { type Cause, type Course, RECIPES, type Recipe } from './recipes.ts';
import type { Release } from './releases.ts';

export const HOUR_MS = 3_600_000;
export const DAY_MS = 24 * HOUR_MS;

export interface WorldOptions {
  readonly seed: number;
  /** First moment, ms since 1970: a full hour. */
  readonly start: number;
  readonly days: number;
  readonly signalsPerDay: number;
  /** The last so many days are the ones that are played: the incidents of a sample day begin there. */
  readonly playedDays?: number;
}

export interface Planned {
  readonly id: string;
  readonly kind: IncidentKind;
  /** Key into the stories of every language; empty for what only looks like an incident. */
  readonly story: string;
  /** The truth in a sentence. */
  readonly what: string;
  readonly onset: number;
  readonly course: Course;
  /** Signals to expect at 2,000 signals a day. */
  readonly size: number;
  /** Whom it can reach: dimensions that all of them share. */
  readonly slice: Readonly<Record<string, string>>;
  readonly causeId: string | null;
  readonly cause: Cause | null;
  readonly confidential: boolean;
}

/** Of a played day, hours after its begin: two of them at once. */
const OF_THE_DAY: readonly (readonly [IncidentKind, number])[] = [
  ['version_bug', 1.2],
  ['payout_outage', 5],
  ['dangerous_challenge', 9],
  ['account_takeover', 9.2],
  ['doxxing', 12.5],
  ['wrong_strikes', 15],
];
/** Before a played day, days before its begin. What began lately still goes on in it. */
const BEFORE_THE_DAY: readonly (readonly [IncidentKind, number])[] = [
  ['slow_ramp', 2.8],
  ['fix_half_works', 5],
  ['outage', 3.6],
  ['mix_shift', 4.5],
  ['fix_does_nothing', 6.5],
  ['fix_works', 8],
  ['fix_regresses', 23],
];

/** The plan of a world, by onset. The first week (or quarter) of a world without a played day is left quiet. */
export function planIncidents(options: WorldOptions, releases: ReadonlyMap<Platform, readonly Release[]>): Planned[] {
  const { seed, start, days, playedDays = 0 } = options;
  const chance = new Chance(seed, 'plan');
  const slots = playedDays > 0 ? aroundTheDay(options, chance) : overTheWeeks(options, chance);
  const end = start + days * DAY_MS;
  const used = new Set<string>();
  return slots
    .filter(([, onset]) => onset >= start + 2 * DAY_MS && onset < end)
    .sort(([, a], [, b]) => a - b)
    .map(([kind, onset], i) => plan(RECIPES[kind], onset, i, { chance, releases, used }));
}

function aroundTheDay({ start, days, playedDays = 0 }: WorldOptions, chance: Chance): [IncidentKind, number][] {
  const day = start + (days - playedDays) * DAY_MS;
  return [
    ...OF_THE_DAY.map(([kind, after], i): [IncidentKind, number] => [
      kind,
      day + (after + (i === 0 ? 0.3 : 1.2) * chance.next()) * HOUR_MS,
    ]),
    ...BEFORE_THE_DAY.map(([kind, before]): [IncidentKind, number] => [
      kind,
      day - (before - 0.3 * chance.next()) * DAY_MS,
    ]),
  ];
}

/** Every kind once, those that need weeks first, then again by chance while there is room; two begin together. */
function overTheWeeks({ start, days }: WorldOptions, chance: Chance): [IncidentKind, number][] {
  const quiet = Math.min(7, days / 4);
  const kinds = Object.keys(RECIPES) as IncidentKind[];
  const long: IncidentKind[] = ['fix_regresses', 'fix_works', 'fix_half_works', 'fix_does_nothing'];
  const rest = chance.shuffled(kinds.filter((kind) => !long.includes(kind)));
  const more = Array.from({ length: Math.max(0, Math.floor((days - 28) / 2)) }, () => chance.pick(rest));
  const order = [...long.filter((kind) => kind !== 'fix_regresses' || days >= 28), ...rest, ...more];
  const room = days - quiet - 1.5;
  return order.map((kind, i) => {
    const together = i === order.length - 1 ? i - 1 : i; // the last two at once
    const place = quiet + (room * together) / order.length + chance.next() * 0.3;
    return [kind, start + (kind === 'fix_regresses' ? Math.min(place, days - 24) : place) * DAY_MS];
  });
}

interface Planning {
  readonly chance: Chance;
  readonly releases: ReadonlyMap<Platform, readonly Release[]>;
  readonly used: Set<string>;
}

function plan(recipe: Recipe, wanted: number, i: number, { chance, releases, used }: Planning): Planned {
  const fresh = recipe.stories.filter(([story]) => !used.has(story));
  const [story, what, cause] = chance.pick(fresh.length > 0 ? fresh : recipe.stories);
  used.add(story);
  const platform = chance.pick(PLATFORMS.filter((one) => one !== 'web'));
  const slice: Record<string, string> = {};
  if (recipe.bound.includes('platform')) slice.platform = platform;
  if (recipe.bound.includes('country')) slice.country = chance.pick(COUNTRIES_HIT);
  const release = recipe.bound.includes('version') ? newestBefore(releases.get(platform)!, wanted) : null;
  if (release) slice.app_version = release.version;
  const [low, high] = recipe.size;
  const id = `incident-${String(i + 1).padStart(2, '0')}`;
  return {
    id,
    kind: recipe.kind,
    story,
    what: `${what}${placeOf(slice)}.`,
    onset: Math.round(wanted),
    course: recipe.course(chance),
    size: low + Math.round(chance.next() * (high - low)),
    slice,
    causeId: release?.id ?? (cause ? `cause-${id}` : null),
    cause: release ? { kind: 'release', title: `Release ${release.version}` } : cause,
    confidential: recipe.kind === 'doxxing',
  };
}

/** Large enough that a surge of one of them can be told from the rest. */
const COUNTRIES_HIT = ['US', 'BR', 'ID', 'IN', 'MX', 'DE'];

const HEAD_START_MS = 44 * HOUR_MS;
/** People must have had the time to install it: a bug nobody can have yet hurts nobody. */
const newestBefore = (releases: readonly Release[], at: number): Release =>
  releases.findLast((one) => one.at < at - HEAD_START_MS) ?? releases[0]!;

function placeOf({ app_version, platform, country }: Record<string, string>): string {
  const parts = [platform && `on ${platform}`, app_version && `in version ${app_version}`, country && `in ${country}`];
  const said = parts.filter(Boolean).join(' ');
  return said ? ` ${said}` : '';
}

/** When the fix took effect, or was said to; null where none was made within the world. */
export const fixOf = ({ onset, course }: Planned): number | null =>
  'fixAfter' in course ? onset + course.fixAfter * HOUR_MS : null;
