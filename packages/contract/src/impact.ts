/** What an issue does to people: how many, which, how fast, how many more than wrote in, and how grave that makes it. */
import { z } from 'zod';
import { HarmCodeWord } from './cases-harm.ts';
import type { Endpoint } from './endpoint.ts';
import { Severity, SeverityProposal, SeverityRules } from './severity.ts';
import { Day, lineOf, Words } from './words.ts';

const IssueRef = z.object({ id: z.string().max(80) });
const Range = z.object({ low: z.number(), median: z.number(), high: z.number() });
export const SEGMENT_MAX = 64;
export const SEGMENTS_MAX = 30;

/** A number of people, and how sure it is. */
export const PeopleCount = z.object({
  /** Null for people of whom nothing is said. */
  value: z.string().nullable(),
  people: z.int(),
});
export type PeopleCount = z.infer<typeof PeopleCount>;

/** Everybody who was hurt, where that became known: from payments not made, from accounts closed by mistake. */
export const KnownCohort = z.object({
  segments: z.array(z.object({ segment: z.string(), people: z.int(), wrote: z.int() })),
  /** The last day on which it hurt anybody. */
  endedOn: z.iso.date(),
  /** Where it is known from. */
  source: z.string(),
  by: z.string().nullable(),
  at: z.iso.datetime(),
});
export type KnownCohort = z.infer<typeof KnownCohort>;

export const IssueImpact = z.object({
  /** Goes back with a change: what stood here when it was decided. */
  version: z.int(),
  /** Unique authors since the beginning; null where no source names them. */
  people: z.int().nullable(),
  /** Share by which a count may be off, one standard deviation; 0 where each was counted. */
  error: z.number(),
  /** Signals that name nobody: their people are in none of these counts. */
  nameless: z.int(),
  tiers: z.array(PeopleCount),
  /** The largest eight, and all others as one with the value "other". */
  countries: z.array(PeopleCount),
  contact: z
    .object({ per1000: z.number(), low: z.number(), high: z.number(), active: z.number(), days: z.int() })
    .nullable(),
  growth: z.object({ ratio: z.number(), low: z.number(), high: z.number(), last: z.int(), before: z.int() }).nullable(),
  /** Those who were hurt and did not write: 80 % interval. Null until enough past issues have a known cohort. */
  silent: z.object({ people: Range, share: Range, pastIssues: z.int() }).nullable(),
  /** Past issues with a known cohort that this reader may see, and how many are needed. */
  past: z.object({ known: z.int(), needed: z.int() }),
  harm: HarmCodeWord.nullable(),
  cohort: KnownCohort.nullable(),
  proposed: SeverityProposal,
  said: z
    .object({ severity: Severity, reason: z.string(), by: z.string().nullable(), at: z.iso.datetime() })
    .nullable(),
  can: z.array(z.enum(['decide'])),
});
export type IssueImpact = z.infer<typeof IssueImpact>;

export const readImpact = {
  method: 'GET',
  path: '/api/issues/:id/impact',
  right: 'issue.read',
  params: IssueRef,
  reply: IssueImpact,
} as const satisfies Endpoint;

/** The severity that counts instead of the proposed one, with its reason; `null` goes back to the proposal. */
export const saySeverity = {
  method: 'PUT',
  path: '/api/issues/:id/severity',
  right: 'issue.decide',
  params: IssueRef,
  body: z.object({ version: z.int(), said: z.object({ severity: Severity, reason: Words.max(2000) }).nullable() }),
  reply: IssueImpact,
} as const satisfies Endpoint;

export const sayHarm = {
  method: 'PUT',
  path: '/api/issues/:id/harm',
  right: 'issue.decide',
  params: IssueRef,
  body: z.object({ version: z.int(), harm: HarmCodeWord.nullable() }),
  reply: IssueImpact,
} as const satisfies Endpoint;

/** Who of each segment wrote in is counted, not said. */
export const sayCohort = {
  method: 'PUT',
  path: '/api/issues/:id/cohort',
  right: 'issue.decide',
  params: IssueRef,
  body: z.object({
    version: z.int(),
    cohort: z
      .object({
        segments: z
          .array(z.object({ segment: z.string().max(SEGMENT_MAX), people: z.int().min(1).max(1e10) }))
          .min(1)
          .max(SEGMENTS_MAX),
        endedOn: Day,
        source: lineOf(200),
      })
      .nullable(),
  }),
  reply: IssueImpact,
} as const satisfies Endpoint;

const RulesView = z.object({ rules: SeverityRules, version: z.int(), can: z.array(z.enum(['change'])) });

export const readSeverityRules = {
  method: 'GET',
  path: '/api/severity-rules',
  right: 'issue.read',
  reply: RulesView,
} as const satisfies Endpoint;

export const changeSeverityRules = {
  method: 'PUT',
  path: '/api/severity-rules',
  right: 'engine.configure',
  body: z.object({ version: z.int(), rules: SeverityRules }),
  reply: RulesView,
} as const satisfies Endpoint;

/** What other rules would make of the open issues that this caller may see. Nothing is changed. */
export const previewSeverityRules = {
  method: 'POST',
  path: '/api/severity-rules/preview',
  right: 'engine.configure',
  body: z.object({ rules: SeverityRules }),
  reply: z.object({
    open: z.int(),
    /** Of these a person has said it, so no rule changes them. */
    said: z.int(),
    changed: z.int(),
    /** The first of those that would change: graver ones first. */
    issues: z.array(z.object({ id: z.uuid(), key: z.string(), title: z.string(), from: Severity, to: Severity })),
  }),
} as const satisfies Endpoint;
