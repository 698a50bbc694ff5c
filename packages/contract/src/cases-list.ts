/** Lists of cases: the queue, my desk, and many at once. */
import { z } from 'zod';
import { CaseRow } from './cases.ts';
import { HarmCodeWord } from './cases-harm.ts';
import { CaseKind, CaseState, NotOursReason, Priority, RequesterKind, WaitingFor } from './cases-words.ts';
import { CaseTask } from './cases-work.ts';
import type { Endpoint } from './endpoint.ts';
import { FileForm } from './exports.ts';
import { BulkOutcome, ISSUES_PER_BULK } from './issues.ts';
import { Instant, Words } from './words.ts';

const manyOf = <T extends z.ZodType>(one: T) => z.union([one, z.array(one).max(50)]).optional();

/** Each names one value or several, of which any will do; different ones all hold. */
export const CaseFilter = z.object({
  /** Words of its reference, its title and what is asked; every word must be found. */
  q: Words.max(200).optional(),
  group: z.enum(['open', 'waiting', 'live', 'resolved', 'ended', 'all']).default('live'),
  state: manyOf(CaseState),
  kind: manyOf(CaseKind),
  priority: manyOf(Priority),
  waitingFor: manyOf(WaitingFor),
  harm: manyOf(HarmCodeWord),
  requester: manyOf(RequesterKind),
  language: manyOf(Words.max(35)),
  region: manyOf(z.string().regex(/^[A-Z]{2}$/)),
  compartment: manyOf(z.string().regex(/^[a-z0-9_]{1,64}$/)),
  /** `me`, `nobody`, or the id of a person. */
  owner: manyOf(z.union([z.enum(['me', 'nobody']), z.uuid()])),
  /** `mine`: any team of this reader. */
  team: manyOf(z.union([z.literal('mine'), z.uuid()])),
  watching: z.stringbool().optional(),
  overridden: z.stringbool().optional(),
  /** An issue beside it. */
  issue: z.uuid().optional(),
  /** A pseudonym of somebody whom it is about. */
  person: Words.max(200).optional(),
  openedFrom: Instant.optional(),
  openedTo: Instant.optional(),
});

export const CASE_FACETS = [
  'state',
  'kind',
  'priority',
  'owner',
  'team',
  'requester',
  'language',
  'region',
  'compartment',
] as const;
export const CaseFacet = z.object({
  name: z.enum(CASE_FACETS),
  values: z.array(z.object({ value: z.string(), label: z.string(), count: z.int() })),
});
export type CaseFacet = z.infer<typeof CaseFacet>;

export const listCases = {
  method: 'GET',
  path: '/api/cases',
  right: 'case.read',
  query: CaseFilter.extend({
    /** `urgent`: by priority, and within one the oldest first. `due`: what runs out first, and behind it what has no clock. */
    sort: z.enum(['urgent', 'opened', 'changed', 'due']).default('urgent'),
    order: z.enum(['desc', 'asc']).default('desc'),
    after: z.string().max(500).optional(),
    limit: z.coerce.number().int().min(1).max(200).default(100),
    /** Counts by field cost several readings of all that is found, so they are asked for by themselves. */
    facets: z.stringbool().default(false),
  }),
  reply: z.object({
    cases: z.array(CaseRow),
    next: z.string().nullable(),
    /** Under the same filter, whatever group is looked at. With the first page alone; null behind it. */
    counts: z.object({ open: z.int(), waiting: z.int(), resolved: z.int(), ended: z.int() }).nullable(),
    /** Empty unless they were asked for. */
    facets: z.array(CaseFacet),
  }),
} as const satisfies Endpoint;

/** What waits for me. */
export const readDesk = {
  method: 'GET',
  path: '/api/cases/desk',
  right: 'case.read',
  reply: z.object({
    mine: z.object({ open: z.int(), waiting: z.int(), resolved: z.int(), byPriority: z.record(Priority, z.int()) }),
    team: z.object({ open: z.int(), waiting: z.int(), unowned: z.int() }),
    /** Nobody owns them, the most urgent first. */
    unowned: z.object({ total: z.int(), byPriority: z.record(Priority, z.int()), first: z.array(CaseRow) }),
    /** Mine that wait for a partner who is late, and mine whose issue has ended. */
    partnersLate: z.int(),
    endsProposed: z.int(),
    /** Of me, with a due time or without, the next first. */
    tasks: z.array(z.object({ caseId: z.uuid(), reference: z.string(), task: CaseTask })),
    /** Mine that changed last. */
    changed: z.array(CaseRow),
    drafts: z.array(z.object({ caseId: z.uuid(), reference: z.string(), kind: z.string(), at: z.iso.datetime() })),
  }),
} as const satisfies Endpoint;
export type Desk = z.infer<(typeof readDesk)['reply']>;

const SeenCase = z.object({ id: z.uuid(), version: z.int() });
const Note = Words.trim().max(2_000).default('');

/** What can be done to many at once. An end that tells somebody something is done one by one. */
export const CaseBulkAct = z.discriminatedUnion('type', [
  z.object({ type: z.literal('take') }),
  z.object({ type: z.literal('give'), owner: z.uuid().nullable() }),
  z.object({ type: z.literal('priority'), priority: Priority.nullable(), reason: Note }),
  z.object({ type: z.literal('triage') }),
  z.object({ type: z.literal('start') }),
  z.object({ type: z.literal('close') }),
  z.object({ type: z.literal('reopen'), note: Note }),
  z.object({ type: z.literal('not_ours'), reason: NotOursReason, note: Note }),
  z.object({ type: z.literal('duplicate'), of: Words.min(1).max(80), note: Note }),
]);
export type CaseBulkAct = z.infer<typeof CaseBulkAct>;

const Bulk = z.object({ cases: z.array(SeenCase).min(1).max(ISSUES_PER_BULK), act: CaseBulkAct });

/** What would become of each, before anything is done: exactly these are touched, and those that are refused say why. */
export const echoCases = {
  method: 'POST',
  path: '/api/cases/bulk/echo',
  right: 'case.work',
  body: Bulk,
  reply: z.object({
    touched: z.int(),
    refused: z.int(),
    each: z.array(
      z.object({
        id: z.uuid(),
        reference: z.string().nullable(),
        outcome: z.enum(['would_change', 'refused']),
        from: z.string().nullable(),
        to: z.string().nullable(),
        code: z.string().nullable(),
        message: z.string().nullable(),
      }),
    ),
  }),
} as const satisfies Endpoint;

/** The cases that are named, and no others. Each by itself: one that is refused holds up none. */
export const bulkCases = {
  method: 'POST',
  path: '/api/cases/bulk',
  right: 'case.work',
  body: Bulk,
  reply: z.object({ outcomes: z.array(BulkOutcome) }),
} as const satisfies Endpoint;

/** One's own last decision on each, within a minute: its state or its owner as before. A priority is left to the rules by hand. */
export const undoCases = {
  method: 'POST',
  path: '/api/cases/bulk/undo',
  right: 'case.work',
  body: z.object({ cases: z.array(SeenCase).min(1).max(ISSUES_PER_BULK) }),
  reply: z.object({ outcomes: z.array(BulkOutcome) }),
} as const satisfies Endpoint;

export const exportCases = {
  method: 'GET',
  path: '/api/cases/export.csv',
  right: 'case.read',
  query: CaseFilter.extend({ sort: listCases.query.shape.sort, order: listCases.query.shape.order, ...FileForm.shape }),
  reply: 'csv',
} as const satisfies Endpoint;
