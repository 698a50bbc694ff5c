/** What is promised and by whose hours: policies and calendars in versions. Editing one never changes what was counted. */
import { z } from 'zod';
import { ClockMetric } from './case-clocks.ts';
import { Priority } from './cases-words.ts';
import type { Endpoint } from './endpoint.ts';
import { Day, Instant, lineOf } from './words.ts';

const RuleId = z.string().regex(/^[a-z0-9_]{1,60}$/, 'is no short name: small letters, digits and "_"');
/** Round the clock. It cannot be changed: laws and partners are counted by it. */
export const ALWAYS_CALENDAR = 'always';

const MINUTES_PER_DAY = 1440;
const Minute = z
  .int()
  .min(0)
  .max(MINUTES_PER_DAY * 2);
const WallTime = z.string().regex(/^\d{4}-\d{2}-\d{2}(T\d{2}:\d{2})?$/, 'is no day and no time of a day');

export const ClockCalendarSpec = z.object({
  /** IANA name, such as `Europe/Berlin`: the wall clock that is meant. */
  zone: z.string().max(64),
  /** Minutes after midnight of the day on which it begins (1 is Monday); more than 1440 is past midnight. */
  hours: z.union([
    z.literal('always'),
    z
      .array(z.object({ day: z.int().min(1).max(7), from: Minute, to: Minute }))
      .min(1)
      .max(200),
  ]),
  /** `2026-12-25`, or `2026-12-24T12:00` for a part of a day; `to` is the first moment behind it. */
  holidays: z
    .array(z.object({ name: lineOf(200), from: WallTime, to: WallTime.optional() }))
    .max(5_000)
    .default([]),
  /** From an instant on the wall clock is that of another zone. */
  moves: z
    .array(z.object({ at: z.int().min(0).max(7_258_118_400_000), zone: z.string().max(64) }))
    .max(100)
    .default([]),
});
export type ClockCalendarSpec = z.infer<typeof ClockCalendarSpec>;

const NewCalendar = z.object({
  name: lineOf(100),
  spec: ClockCalendarSpec,
  /** Whose hours they are. A team has one calendar: it leaves the one that it had. */
  teams: z.array(z.uuid()).max(500).default([]),
  /** Of whoever is in no team that has hours of its own. There is always one. */
  forAll: z.boolean().default(false),
});

const Made = { id: RuleId, version: z.int(), madeAt: z.iso.datetime(), madeBy: z.string().nullable() };
export const ClockCalendar = NewCalendar.extend(Made).extend({
  /** Holidays are known up to this day; null where there are none. */
  holidaysUntil: z.string().nullable(),
});
export type ClockCalendar = z.infer<typeof ClockCalendar>;

/** What a promise may depend on. */
export const CLOCK_FIELDS = [
  'priority',
  'kind',
  'team',
  'harm',
  'support',
  'requester',
  'language',
  'region',
  'source',
  'legal',
  'compartment',
] as const;

const Amount = z.union([
  /** At least 15 seconds, at most ten years. */
  z.object({ ms: z.int().min(15_000).max(315_360_000_000) }),
  /** The same day and hour of a later month. Counted day and night. */
  z.object({ months: z.int().min(1).max(120) }),
]);

export const ClockTarget = z
  .object({
    metric: ClockMetric,
    priority: z.union([Priority, z.literal('any')]),
    amount: Amount,
    /** Null: that of the team. */
    calendar: RuleId.nullable(),
    /** Shares of the time at which to warn; left out, half, three quarters and nine tenths. */
    warnAt: z.array(z.number().gt(0).lt(1)).max(10).optional(),
  })
  .refine(
    ({ warnAt = [] }) => warnAt.every((share, i) => share > (warnAt[i - 1] ?? 0)),
    'warns in an order that does not rise',
  )
  .refine(
    ({ amount, calendar }) => 'ms' in amount || calendar === ALWAYS_CALENDAR,
    'of months is counted day and night',
  );
export type ClockTarget = z.infer<typeof ClockTarget>;

const NewPolicy = z.object({
  name: lineOf(100),
  /** Policies stand in this order; of those that fit the first with a target holds. */
  place: z.int().min(0).max(100_000),
  /** All of them have to be true. */
  when: z
    .array(z.object({ field: z.enum(CLOCK_FIELDS), isAnyOf: z.array(z.string().max(100)).min(1).max(100) }))
    .max(20)
    .default([]),
  from: Instant.nullable().default(null),
  until: Instant.nullable().default(null),
  targets: z.array(ClockTarget).max(200),
});

export const ClockPolicy = NewPolicy.extend(Made);
export type ClockPolicy = z.infer<typeof ClockPolicy>;

/** Newest versions alone. Laws stand under `/api/legal-clocks`. */
export const readClockRules = {
  method: 'GET',
  path: '/api/clock-rules',
  right: 'case.read',
  reply: z.object({
    policies: z.array(ClockPolicy),
    calendars: z.array(ClockCalendar),
    can: z.array(z.enum(['change'])),
  }),
} as const satisfies Endpoint;

/** `seen`: the version that was looked at, 0 for a new one. `running`: also for clocks that run, from now on. */
const Change = { seen: z.int().min(0).max(1_000_000), running: z.boolean().default(false) };

export const setClockPolicy = {
  method: 'PUT',
  path: '/api/clock-policies/:id',
  right: 'case.configure',
  params: z.object({ id: RuleId }),
  /** `removed`: promises nothing any more. Clocks that run keep what they were promised, unless `running` says otherwise. */
  body: NewPolicy.extend({ ...Change, removed: z.boolean().default(false) }),
  reply: z.object({ id: z.string(), version: z.int() }),
} as const satisfies Endpoint;

export const setClockCalendar = {
  method: 'PUT',
  path: '/api/clock-calendars/:id',
  right: 'case.configure',
  params: z.object({ id: RuleId }),
  body: NewCalendar.extend(Change),
  reply: z.object({ id: z.string(), version: z.int() }),
} as const satisfies Endpoint;

/** More open cases than this are not looked at; the answer says so. */
export const CLOCK_PREVIEW_MAX = 2_000;
const Promised = z.object({ targetMs: z.int().nullable(), dueAt: z.iso.datetime().nullable() });

/** What would become of the clocks that are open now, without changing anything. */
export const previewClockRules = {
  method: 'POST',
  path: '/api/clock-rules/preview',
  right: 'case.configure',
  body: z.object({
    running: z.boolean().default(false),
    change: z.union([
      z.object({ policy: NewPolicy.extend({ id: RuleId, removed: z.boolean().default(false) }) }),
      z.object({ calendar: NewCalendar.extend({ id: RuleId }) }),
    ]),
  }),
  reply: z.object({
    /** Open cases that were looked at, of those that this reader can see. */
    cases: z.int(),
    /** There are more. */
    more: z.boolean(),
    /** Clocks that would change. */
    changed: z.int(),
    /** The first of them. */
    each: z.array(
      z.object({
        caseId: z.uuid(),
        reference: z.string(),
        metric: ClockMetric,
        track: z.string(),
        from: Promised,
        to: Promised,
      }),
    ),
  }),
} as const satisfies Endpoint;

/** Holidays out of a calendar file, for a calendar of that zone: read and answered, and not kept. */
export const readHolidays = {
  method: 'POST',
  path: '/api/clock-calendars/holidays',
  right: 'case.configure',
  body: z.object({ ics: z.string().max(5_000_000), zone: z.string().max(64), from: Day, until: Day }),
  reply: z.object({
    holidays: ClockCalendarSpec.shape.holidays.unwrap(),
    refused: z.array(z.object({ line: z.int(), reason: z.string() })),
    /** Repetitions are written out up to this day: read the file again before then. */
    until: z.iso.date(),
  }),
} as const satisfies Endpoint;
