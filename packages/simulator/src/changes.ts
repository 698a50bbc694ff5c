/** The change log: releases, the true causes, and many changes that caused nothing. Nothing in it says which is which. */
import type { ChangeKind } from '@groundswell/contract';
import { COUNTRIES } from './places.ts';
import { DAY_MS, HOUR_MS } from './plan.ts';
import { Chance } from './random.ts';
import type { World } from './world.ts';

export interface SimulatedChange {
  readonly id: string;
  readonly at: number;
  readonly kind: ChangeKind;
  readonly title: string;
  readonly dimensions: Readonly<Record<string, string>>;
  /** Of people it reached, 0 to 1; null where it does not come by share. */
  readonly share: number | null;
}

const INNOCENT: readonly (readonly [ChangeKind, readonly string[]])[] = [
  [
    'flag',
    [
      'New comment composer',
      'Shorter onboarding',
      'Larger share sheet',
      'Search suggestions v5',
      'Profile header trial',
      'Video prefetch on Wi-Fi',
      'Sticker search',
      'Feed spacing trial',
      'Autoplay next trial',
      'Live badge colour',
      'Draft sync',
      'Music picker v2',
      'Reply ranking trial',
      'Gift animation v4',
      'Camera timer',
    ],
  ],
  [
    'policy',
    [
      'Wording of the community rules',
      'Guideline for minors in live',
      'Policy on political adverts',
      'Strike expiry from 90 to 60 days',
      'List of restricted goods',
      'Label rule for edited video',
    ],
  ],
  [
    'vendor',
    [
      'Support vendor adds a night shift',
      'New address check of the shop',
      'Card processor renews its certificates',
      'Translation provider changes its model',
      'Message provider adds a route',
      'Document check adds two countries',
    ],
  ],
  [
    'outage',
    [
      'Short latency in one data centre',
      'Delayed push notifications',
      'Statistics an hour late',
      'Search slow for 20 minutes',
    ],
  ],
  [
    'other',
    [
      'Office move of the review team',
      'Great football night',
      'School holidays begin',
      'Help centre redesign',
      'New macro set for tier one',
      'Creator summit',
    ],
  ],
];
const A_DAY = 1.6;

/**
 * The whole log, by time. It begins with the releases that people have when the world begins: one may be a cause.
 * @example
 * changesOf(world).some(({ kind }) => kind === 'release'); // true
 */
export function changesOf(world: World): SimulatedChange[] {
  const ours = [...causes(world), ...fixes(world), ...innocent(world)].filter(({ at }) => at >= world.start);
  return [...releaseNotes(world), ...ours]
    .filter(({ at }) => at < world.end)
    .sort((a, b) => a.at - b.at || (a.id < b.id ? -1 : 1));
}

function* releaseNotes({ releases }: World): Generator<SimulatedChange> {
  for (const [platform, own] of releases) {
    for (const { id, version, at } of own) {
      const title = `Release ${version} for ${platform}`;
      yield { id, at, kind: 'release', title, dimensions: { platform, app_version: version }, share: 1 };
    }
  }
}

/** A cause comes a little before what it does. A release is in the log anyway. */
function* causes({ seed, incidents }: World): Generator<SimulatedChange> {
  for (const { id, cause, causeId, onset, slice, kind } of incidents) {
    if (!cause || !causeId || cause.kind === 'release') continue;
    const lead = 0.2 + 4 * new Chance(seed, 'lead', id).next();
    const dimensions = kind === 'mix_shift' || slice.country ? { ...slice } : {};
    yield {
      id: changeId(seed, causeId),
      at: Math.round(onset - lead * HOUR_MS),
      kind: cause.kind,
      title: cause.title,
      dimensions,
      share: null,
    };
  }
}

function* fixes({ seed, incidents }: World): Generator<SimulatedChange> {
  for (const { id, fixedAt, story } of incidents) {
    if (fixedAt === null) continue;
    const title = FIXES[story] ?? 'Roll-back of an earlier change';
    yield { id: changeId(seed, fixKey(id)), at: fixedAt, kind: 'flag', title, dimensions: {}, share: 1 };
  }
}

const FIXES: Readonly<Record<string, string>> = {
  'fix.captions': 'Language guess of captions turned off',
  'fix.gifts': 'Coin ledger: retry of lost credits',
  'fix.live_kick': 'Live edge: longer keep-alive',
  'macro.wrong_link': 'Macro set corrected for two of four queues',
  'ramp.login_codes': 'Code length back to six digits',
  'fix.search': 'Search index: weights of names',
  'fix.drafts': 'Clean-up job leaves drafts alone',
};

function* innocent({ seed, start, days }: World): Generator<SimulatedChange> {
  const chance = new Chance(seed, 'innocent');
  for (let n = 0; n < days * A_DAY; n++) {
    const [kind, titles] = chance.pick(INNOCENT);
    const at = start + Math.floor(chance.next() * days * DAY_MS);
    const country: Record<string, string> = chance.is(0.3) ? { country: chance.pick(COUNTRIES).code } : {};
    const share = kind === 'flag' ? chance.pick([0.01, 0.05, 0.1, 0.5, 1]) : null;
    yield { id: changeId(seed, `innocent-${n}`), at, kind, title: chance.pick(titles), dimensions: country, share };
  }
}

/** Says nothing about what it is. */
const changeId = (seed: number, what: string): string => `change-${new Chance(seed, what).below(2 ** 31).toString(36)}`;

/** The id in the log of what caused an incident; null where nothing of ours did. */
export function causeIdOf({ seed }: World, { causeId, cause }: World['incidents'][number]): string | null {
  if (causeId === null || cause === null) return null;
  return cause.kind === 'release' ? causeId : changeId(seed, causeId);
}

/** The id in the log of what was done against an incident; null where nothing was. */
export const fixIdOf = ({ seed }: World, { id, fixedAt }: World['incidents'][number]): string | null =>
  fixedAt === null ? null : changeId(seed, fixKey(id));

const fixKey = (incident: string): string => `fix-${incident}`;
