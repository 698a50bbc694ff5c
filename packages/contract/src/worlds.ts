/** Sample days and drills: an invented world to judge, to train in and to test rules with. Nothing in it is real. */
import { z } from 'zod';
import type { Endpoint } from './endpoint.ts';
import { Slice } from './issues.ts';
import { Words } from './words.ts';

/** A call with this header is made inside the world of that number: it sees the world and nothing of the house. */
export const WORLD_HEADER = 'x-groundswell-world';

/** A sample shows what was planted whenever asked; a drill hides it until the trainee closes the shift. */
export const WorldKind = z.enum(['sample', 'drill']);
export type WorldKind = z.infer<typeof WorldKind>;

/**
 * `filling` the past comes in · `reading` the engine reads it · `paused`, `playing` the day · `over` the day has been
 * played, or was stopped · `closed` a drill whose truth is shown · `removing` · `failed` the past could not be filled.
 */
export const WORLD_STATES = [
  'filling',
  'reading',
  'paused',
  'playing',
  'over',
  'closed',
  'removing',
  'failed',
] as const;
export const WorldState = z.enum(WORLD_STATES);
export type WorldState = z.infer<typeof WorldState>;

/** How many times faster than a clock. */
export const SPEED_MAX = 600;
/** Nine digits: it is read out to a colleague. */
export const WORLD_SEED_MAX = 999_999_999;
/** So many worlds at once: each has an engine of its own. */
export const WORLDS_MAX = 4;

export const WorldView = z.object({
  /** Its name in addresses: `/sample/3/…`. */
  number: z.int(),
  kind: WorldKind,
  state: WorldState,
  /** Null in a drill that is not closed: the same seed would tell. */
  seed: z.int().nullable(),
  signalsPerDay: z.int(),
  historyDays: z.int(),
  /** Begin and end of the day that is played. */
  dayFrom: z.iso.datetime(),
  dayTo: z.iso.datetime(),
  /** Where the day stands; `dayFrom` before it is played. */
  playedTo: z.iso.datetime(),
  speed: z.int(),
  /** True while the day is being run forward as fast as it goes. */
  skipping: z.boolean(),
  /** The past: signals kept, of so many; and read by the engine. */
  filled: z.object({ signals: z.int(), of: z.int(), read: z.int() }),
  /** Signals of the played day so far. */
  played: z.int(),
  /** Who opened it: a person's name. */
  by: z.string(),
  mine: z.boolean(),
  createdAt: z.iso.datetime(),
  /** Why it failed, in words. */
  problem: z.string().nullable(),
  can: z.array(z.enum(['enter', 'play', 'pause', 'skip', 'stop', 'note', 'close', 'debrief', 'remove'])),
});
export type WorldView = z.infer<typeof WorldView>;

const one = z.object({ number: z.coerce.number().int().min(1) });

export const listWorlds = {
  method: 'GET',
  path: '/api/worlds',
  right: 'signed_in',
  reply: z.object({ worlds: z.array(WorldView), can: z.array(z.enum(['open'])) }),
} as const satisfies Endpoint;

/** Fills two weeks and waits with the day in front of it; answers at once. */
export const openWorld = {
  method: 'POST',
  path: '/api/worlds',
  right: 'world.open',
  body: z.object({
    kind: WorldKind,
    /** Drawn when left out: a sample that everybody sees alike names it. */
    seed: z.int().min(0).max(WORLD_SEED_MAX).optional(),
    signalsPerDay: z.int().min(200).max(20_000).default(2_000),
    historyDays: z.int().min(7).max(28).default(14),
    /** Begins to play as soon as the past is read. */
    speed: z.int().min(1).max(SPEED_MAX).nullable().default(null),
  }),
  reply: WorldView,
} as const satisfies Endpoint;

export const readWorld = {
  method: 'GET',
  path: '/api/worlds/:number',
  right: 'signed_in',
  params: one,
  reply: WorldView,
} as const satisfies Endpoint;

/** Starts, pauses, changes the speed, runs forward, ends. What is not possible now is refused and says why. */
export const steerWorld = {
  method: 'POST',
  path: '/api/worlds/:number/steer',
  right: 'world.open',
  params: one,
  body: z.discriminatedUnion('type', [
    z.object({ type: z.literal('play'), speed: z.int().min(1).max(SPEED_MAX).optional() }),
    z.object({ type: z.literal('pause') }),
    /** To the first signals of the next incident; in a drill, where that would tell, one hour. Nothing is left out. */
    z.object({ type: z.literal('skip') }),
    /** The rest of the day is not played. */
    z.object({ type: z.literal('stop') }),
    /** Ends a drill and shows its truth. */
    z.object({ type: z.literal('close') }),
  ]),
  reply: WorldView,
} as const satisfies Endpoint;

/** What a trainee saw, at the moment of the world's clock: beside the truth it shows what was noticed without an alert. */
export const noteInWorld = {
  method: 'POST',
  path: '/api/worlds/:number/notes',
  right: 'world.open',
  params: one,
  body: z.object({ text: Words.trim().min(1).max(500) }),
  reply: z.object({ at: z.iso.datetime() }),
} as const satisfies Endpoint;

/** Removes the world and everything in it; ends in the background. */
export const removeWorld = {
  method: 'DELETE',
  path: '/api/worlds/:number',
  right: 'world.open',
  params: one,
  reply: z.object({ number: z.int() }),
} as const satisfies Endpoint;

export const INCIDENT_KINDS = [
  'version_bug',
  'payout_outage',
  'wrong_strikes',
  'dangerous_challenge',
  'account_takeover',
  'doxxing',
  'slow_ramp',
  'fix_works',
  'fix_half_works',
  'fix_does_nothing',
  'fix_regresses',
  'outage',
  'mix_shift',
] as const;
export const IncidentKind = z.enum(INCIDENT_KINDS);
export type IncidentKind = z.infer<typeof IncidentKind>;

/** One planted incident, and what became of it. Moments are of the world's clock. */
export const DebriefIncident = z.object({
  id: z.string(),
  kind: IncidentKind,
  /** The truth in one plain sentence of English: written by us, not by a user. */
  what: z.string(),
  /** False for what only looks like one: nothing should be found. */
  isIncident: z.boolean(),
  confidential: z.boolean(),
  onsetAt: z.iso.datetime(),
  /** Of its last signal so far. */
  endAt: z.iso.datetime(),
  fixedAt: z.iso.datetime().nullable(),
  cause: z.string().nullable(),
  slice: Slice,
  /** People hurt, and those of them who wrote. */
  affected: z.int(),
  wrote: z.int(),
  signals: z.int(),
  /** Whether it began before the played day, where the product looks back only. */
  historical: z.boolean(),
  found: z
    .object({
      issueKey: z.string(),
      /** When the engine said so, and after how many signals of the incident. */
      alertAt: z.iso.datetime(),
      afterSignals: z.int(),
      delayMs: z.int(),
      /** Of the topic's signals, how many belong to the incident; of the incident's, how many are in its topics. */
      precision: z.number(),
      recall: z.number(),
      slice: Slice.nullable(),
      issueKeys: z.array(z.string()),
    })
    .nullable(),
  /** What people did about it, and when; null where nobody did. */
  noticedAt: z.iso.datetime().nullable(),
  actedAt: z.iso.datetime().nullable(),
});
export type DebriefIncident = z.infer<typeof DebriefIncident>;

/** What was planted and what the product found, and when. Up to where the day was played. */
export const readDebrief = {
  method: 'GET',
  path: '/api/worlds/:number/debrief',
  right: 'signed_in',
  params: one,
  reply: z.object({
    world: WorldView,
    incidents: z.array(DebriefIncident),
    /** Issues that belong to nothing planted: false alarms, or spam. */
    others: z.array(
      z.object({
        issueKey: z.string(),
        title: z.string(),
        alertAt: z.iso.datetime(),
        signals: z.int(),
        historical: z.boolean(),
      }),
    ),
    notes: z.array(z.object({ at: z.iso.datetime(), said: z.string(), by: z.string() })),
    /** Signals per hour of the played day, for the picture behind the marks. */
    hours: z.array(z.object({ at: z.iso.datetime(), count: z.int() })),
  }),
} as const satisfies Endpoint;
