/** Clocks of cases: how long somebody has waited, against what was promised, and why a clock says what it says. */
import { z } from 'zod';
import type { Endpoint } from './endpoint.ts';
import { Words } from './words.ts';

/** What is measured; docs/clocks.md says what begins and ends each. */
export const CLOCK_METRICS = [
  'acknowledge',
  'containment',
  'first_answer',
  'next_answer',
  'periodic_update',
  'pausable_update',
  'requester_wait',
  'handling',
  'resolution',
  'partner_answer',
] as const;
export const ClockMetric = z.enum(CLOCK_METRICS);
export type ClockMetric = z.infer<typeof ClockMetric>;

const open = {
  metric: ClockMetric,
  /** `house`: what we promise. Any other is the code of a law: both run, and neither replaces the other. */
  track: z.string(),
  /** When it runs out if nothing changes, or when it did. Null while it stands, for then nobody can say. */
  dueAt: z.iso.datetime().nullable(),
  /** Time counts just now: it does not while the clock stands, and not outside the hours of its calendar. */
  counting: z.boolean(),
};

/** The one of a case that runs out first. What stands comes behind what runs. */
export const CaseClock = z.object({
  ...open,
  /** In the time of the target, which is not the time of day; below zero when late. */
  remainingMs: z.int(),
  targetMs: z.int(),
  phase: z.enum(['running', 'paused']),
  breached: z.boolean(),
  /** How much of the target is used up: 1 is all of it, and late is more. */
  share: z.number(),
});
export type CaseClock = z.infer<typeof CaseClock>;

const CaseId = z.object({ id: z.string().max(80) });
const Named = z.object({ id: z.string(), version: z.int(), name: z.string() });

export const ClockReading = z.object({
  ...open,
  /** Of this case: no other clock of it ever has the same. */
  key: z.string(),
  /** Of `partner_answer`: which question. */
  ask: z.uuid().nullable(),
  phase: z.enum(['running', 'paused', 'fulfilled', 'cancelled']),
  /** For whom it stands. */
  pausedBecause: z.string().nullable(),
  startedAt: z.iso.datetime(),
  endedAt: z.iso.datetime().nullable(),
  spentMs: z.int(),
  /** Null: nothing is promised, and time is only measured. */
  targetMs: z.int().nullable(),
  remainingMs: z.int().nullable(),
  share: z.number().nullable(),
  breachedAt: z.iso.datetime().nullable(),
  /** By any promise that held for it, also by one that was replaced since. */
  everBreached: z.boolean(),
  /** Null while it is open, and where nothing was promised. */
  met: z.boolean().nullable(),
  /** In the versions that were pinned when it was promised. */
  policy: Named.nullable(),
  priority: z.string().nullable(),
  calendar: Named.nullable(),
  marks: z.array(z.object({ share: z.number(), at: z.iso.datetime(), version: z.int(), carried: z.boolean() })),
});
export type ClockReading = z.infer<typeof ClockReading>;

/** Open ones first, by when they run out; ended ones behind them, the last first. */
export const readCaseClocks = {
  method: 'GET',
  path: '/api/cases/:id/clocks',
  right: 'case.read',
  params: CaseId,
  reply: z.object({
    /** The moment for which all of it was read. */
    at: z.iso.datetime(),
    clocks: z.array(ClockReading),
    /** `contain`: it can be said that the harm is contained. */
    can: z.array(z.enum(['contain'])),
  }),
} as const satisfies Endpoint;

/**
 * `hours`, `outside_hours`, `holiday`: what the calendar said. `rest`: many of these, summed up. `no_calendar`: nothing was
 * promised yet, so every hour counts. `paused`: it stood. `carried`: waited elsewhere before.
 */
export const CLOCK_RULES = ['hours', 'outside_hours', 'holiday', 'rest', 'no_calendar', 'paused', 'carried'] as const;

export const ClockPart = z.object({
  from: z.iso.datetime(),
  to: z.iso.datetime(),
  counted: z.boolean(),
  countedMs: z.int(),
  rule: z.enum(CLOCK_RULES),
  /** Of `paused`: for whom. */
  because: z.string().nullable(),
  /** Of `holiday`: its name, as somebody wrote it. */
  holiday: z.string().nullable(),
  calendar: Named.nullable(),
  zone: z.string().nullable(),
  /** What the wall clock was ahead of UTC: where two neighbours differ, the clocks were changed. */
  offsetMs: z.int().nullable(),
  /** Of the promise: 0 before there was any. */
  version: z.int(),
  /** What began it: the event of the record, and in a word what it was for the clock. */
  cause: z.object({ event: z.string(), kind: z.string() }),
});
export type ClockPart = z.infer<typeof ClockPart>;

/** The life of each clock in parts, without a hole; they add up to `spentMs` to the millisecond. */
export const explainCaseClocks = {
  method: 'GET',
  path: '/api/cases/:id/clocks/why',
  right: 'case.read',
  params: CaseId,
  /** `key`: of this clock alone. */
  query: z.object({ key: Words.max(200).optional() }),
  reply: z.object({
    at: z.iso.datetime(),
    clocks: z.array(
      z.object({
        key: z.string(),
        metric: ClockMetric,
        track: z.string(),
        ask: z.uuid().nullable(),
        phase: ClockReading.shape.phase,
        spentMs: z.int(),
        targetMs: z.int().nullable(),
        parts: z.array(ClockPart),
      }),
    ),
  }),
} as const satisfies Endpoint;

/** The harm grows no further: what was reported is out of sight, or whoever has to act has been told. */
export const containCase = {
  method: 'POST',
  path: '/api/cases/:id/contained',
  right: 'case.work',
  params: CaseId,
  body: z.object({ version: z.int() }),
  reply: readCaseClocks.reply,
} as const satisfies Endpoint;
