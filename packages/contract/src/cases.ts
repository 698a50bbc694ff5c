/** Cases: escalations and investigations about particular people or content. */
import { z } from 'zod';
import { CaseClock, ClockMetric } from './case-clocks.ts';
import { HarmCodeWord, SupportGroup } from './cases-harm.ts';
import {
  CASE_MOVES,
  CaseFacts,
  CaseKind,
  CaseMove,
  CaseOutcome,
  CaseState,
  Priority,
  PriorityReason,
  RefuseReason,
  RequesterKind,
  WaitingFor,
} from './cases-words.ts';
import type { Endpoint } from './endpoint.ts';
import { CompartmentName, Day, lineOf, Words } from './words.ts';

/** By id or by reference: `GS-2026-00042`, with the compartment's name in it outside `open`. */
export const CaseRef = z.object({ id: z.string().max(80) });
export const CasePerson = z.object({ id: z.uuid(), name: z.string() });

/** What is asked or suspected, in words of whoever opened it. */
export const CASE_ASK_MAX = 10_000;
export const CASE_PEOPLE_MAX = 500;
export const CASE_SIGNALS_MAX = 500;

export const CaseRow = z.object({
  id: z.uuid(),
  reference: z.string(),
  version: z.int(),
  compartment: z.string(),
  kind: CaseKind,
  state: CaseState,
  /** For whom or what, while it waits. */
  waitingFor: WaitingFor.nullable(),
  /** A name that a person of ours gave; null while it is called by its codes. */
  title: z.string().nullable(),
  harm: HarmCodeWord.nullable(),
  support: SupportGroup.nullable(),
  /** X0 to X4, by the harm: how hard it is to look at. */
  exposure: z.int(),
  priority: Priority,
  proposed: Priority,
  /** A person decided otherwise than the rules. */
  overridden: z.boolean(),
  language: z.string().nullable(),
  region: z.string().nullable(),
  requester: RequesterKind.nullable(),
  owner: CasePerson.nullable(),
  team: CasePerson.nullable(),
  outcome: CaseOutcome.nullable(),
  /** Reference of the case that it was merged into. */
  mergedInto: z.string().nullable(),
  /** What runs out first; null where nothing is promised, or nothing is open any more. */
  clock: CaseClock.nullable(),
  openedAt: z.iso.datetime(),
  acknowledgedAt: z.iso.datetime().nullable(),
  changedAt: z.iso.datetime(),
  /** Moves open to this caller now; the server decides, the web only shows. */
  can: z.array(z.enum([...CASE_MOVES, 'take', 'give', 'refuse', 'change', 'answer', 'ask', 'note'])),
});
export type CaseRow = z.infer<typeof CaseRow>;

/** Which people are affected or involved; what names them is a pseudonym. */
export const CaseRole = z.enum(['affected', 'reported', 'involved']);
export const CaseSubject = z.object({ person: z.string(), role: CaseRole, at: z.iso.datetime() });
/** `person`: an account as another system names it, kept as a pseudonym; or a pseudonym as signals show it. */
const NewSubject = z.object({ person: lineOf(200), role: CaseRole.default('affected') });

const Language = z.string().regex(/^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$/, 'is not a language such as "en" or "pt-BR"');
const Region = z.string().regex(/^[A-Z]{2}$/, 'is not a country of two capital letters');

export const NewCase = z.object({
  kind: CaseKind,
  compartment: CompartmentName.default('open'),
  title: lineOf(160).nullable().default(null),
  ask: Words.trim().max(CASE_ASK_MAX).default(''),
  language: Language.nullable().default(null),
  region: Region.nullable().default(null),
  /** A creator's name is kept as a pseudonym. `ref`: what they call it, such as the number of a ticket. */
  requester: z
    .object({ kind: RequesterKind, name: lineOf(100), ref: lineOf(100).nullable().default(null) })
    .nullable()
    .default(null),
  people: z.array(NewSubject).max(CASE_PEOPLE_MAX).default([]),
  facts: CaseFacts.prefault({}),
  /** What it was opened from; their authors are affected people. */
  signals: z.array(z.uuid()).max(CASE_SIGNALS_MAX).default([]),
  issues: z.array(z.string().min(1).max(80)).max(20).default([]),
  alert: z.uuid().nullable().default(null),
  source: z.enum(['form', 'api']).default('form'),
  team: z.uuid().nullable().default(null),
});
export type NewCase = z.infer<typeof NewCase>;

/** `key`: made by whoever opens it; said again, it answers with the case that it opened. */
export const openCase = {
  method: 'POST',
  path: '/api/cases',
  right: 'case.work',
  body: NewCase.extend({ key: z.uuid().optional() }),
  reply: CaseRow,
} as const satisfies Endpoint;

/** What is known of a selection, to begin a case with: nothing is kept by asking. */
export const prefillCase = {
  method: 'POST',
  path: '/api/cases/prefill',
  right: 'case.work',
  body: z.object({
    signals: z.array(z.uuid()).max(CASE_SIGNALS_MAX).default([]),
    issue: z.string().min(1).max(80).nullable().default(null),
    alert: z.uuid().nullable().default(null),
  }),
  reply: z.object({
    kind: CaseKind,
    compartment: z.string(),
    language: z.string().nullable(),
    region: z.string().nullable(),
    people: z.array(z.object({ person: z.string(), signals: z.int() })),
    facts: CaseFacts,
    priority: z.object({ priority: Priority, reasons: z.array(PriorityReason) }),
    signals: z.array(z.uuid()),
    issues: z.array(z.object({ id: z.uuid(), key: z.string(), title: z.string() })),
    /** Why each field is as it is: so many of so many say so. */
    known: z.array(
      z.object({
        field: z.enum(['language', 'region', 'people', 'usersAffected', 'growing']),
        from: z.int(),
        of: z.int(),
      }),
    ),
    /** Open cases that look at some of the same. */
    already: z.array(z.object({ id: z.uuid(), reference: z.string(), state: CaseState, shared: z.int() })),
  }),
} as const satisfies Endpoint;

/** What the rules would say of these facts. */
export const proposePriority = {
  method: 'POST',
  path: '/api/cases/priority',
  right: 'case.read',
  body: CaseFacts,
  reply: z.object({ priority: Priority, reasons: z.array(PriorityReason) }),
} as const satisfies Endpoint;

const Version = z.int();

export const moveCase = {
  method: 'POST',
  path: '/api/cases/:id/moves',
  right: 'case.work',
  params: CaseRef,
  body: z.object({ version: Version, move: CaseMove }),
  reply: CaseRow,
} as const satisfies Endpoint;

/** What is known of it changed: the priority is proposed anew, unless a person has decided it. */
export const changeCase = {
  method: 'PUT',
  path: '/api/cases/:id',
  right: 'case.work',
  params: CaseRef,
  body: z.object({
    version: Version,
    title: lineOf(160).nullable().optional(),
    language: Language.nullable().optional(),
    region: Region.nullable().optional(),
    facts: CaseFacts.optional(),
    team: z.uuid().nullable().optional(),
  }),
  reply: CaseRow,
} as const satisfies Endpoint;

/** A person decides the priority, or with null leaves it to the rules again. */
export const setPriority = {
  method: 'PUT',
  path: '/api/cases/:id/priority',
  right: 'case.work',
  params: CaseRef,
  body: z.object({ version: Version, priority: Priority.nullable(), reason: Words.trim().max(2_000).default('') }),
  reply: CaseRow,
} as const satisfies Endpoint;

/** To oneself: take. To somebody else: give. To nobody: put back. */
export const assignCase = {
  method: 'PUT',
  path: '/api/cases/:id/owner',
  right: 'case.work',
  params: CaseRef,
  body: z.object({ version: Version, owner: z.uuid().nullable() }),
  reply: CaseRow,
} as const satisfies Endpoint;

/** Whoever was given a case hands it back and says why; no reason is one too. */
export const refuseCase = {
  method: 'POST',
  path: '/api/cases/:id/refusal',
  right: 'case.work',
  params: CaseRef,
  body: z.object({ version: Version, reason: RefuseReason }),
  reply: CaseRow,
} as const satisfies Endpoint;

export const watchCase = {
  method: 'PUT',
  path: '/api/cases/:id/watching',
  right: 'case.read',
  params: CaseRef,
  body: z.object({ watching: z.boolean() }),
  reply: z.object({ watching: z.boolean() }),
} as const satisfies Endpoint;

export const changeCasePeople = {
  method: 'POST',
  path: '/api/cases/:id/people',
  right: 'case.work',
  params: CaseRef,
  body: z.object({
    add: z.array(NewSubject).max(CASE_PEOPLE_MAX).default([]),
    /** Pseudonyms. */
    remove: z.array(lineOf(200)).max(CASE_PEOPLE_MAX).default([]),
  }),
  reply: z.object({ people: z.array(CaseSubject) }),
} as const satisfies Endpoint;

/** What a law gives for time, and from when to when. A change is a new line: what was applied stays as it was. */
export const LegalClock = z.object({
  id: z.uuid(),
  code: z.string(),
  jurisdiction: z.string(),
  trigger: z.string(),
  /** Null where the law names no number, as in "promptly". */
  minutes: z.int().nullable(),
  /** Which clock of a case it sets; null where it gives others a time. */
  metric: ClockMetric.nullable(),
  source: z.string(),
  /** A person has compared it with the law. */
  confirmed: z.boolean(),
  from: z.iso.date(),
  until: z.iso.date().nullable(),
});
export type LegalClock = z.infer<typeof LegalClock>;

export const listLegalClocks = {
  method: 'GET',
  path: '/api/legal-clocks',
  right: 'case.read',
  /** With `at`, those in effect on that day; else all. */
  query: z.object({ at: Day.optional() }),
  reply: z.object({ clocks: z.array(LegalClock) }),
} as const satisfies Endpoint;

/** From that day on, in place of the one with the same code. */
export const setLegalClock = {
  method: 'POST',
  path: '/api/legal-clocks',
  right: 'case.configure',
  body: z.object({
    code: z.string().regex(/^[a-z0-9_]{1,60}$/),
    jurisdiction: lineOf(40),
    trigger: lineOf(200),
    minutes: z.int().min(1).max(5_256_000).nullable(),
    /** Left out: as the line before it, and of a new law `containment`. */
    metric: ClockMetric.nullable().optional(),
    source: lineOf(300),
    confirmed: z.boolean().default(false),
    from: Day,
    until: Day.nullable().default(null),
  }),
  reply: LegalClock,
} as const satisfies Endpoint;
