/** What is done around a case: tasks, issues and other cases beside it, one word to many, and everything on one page. */
import { z } from 'zod';
import { CasePerson, CaseRef, CaseRow, CaseSubject, LegalClock } from './cases.ts';
import { CASE_TEXT_MAX, CaseAsk, CaseDraft, CaseMessage, CaseNote } from './cases-talk.ts';
import { CaseFacts, CaseOutcome, CaseState, NotOursReason, PriorityReason, UntoldReason } from './cases-words.ts';
import type { Endpoint } from './endpoint.ts';
import { HistoryLine, IssueState } from './issues.ts';
import { Instant, lineOf, Words } from './words.ts';

const OfCase = z.object({ id: z.string().max(80), part: z.uuid() });

export const CaseTask = z.object({
  id: z.uuid(),
  version: z.int(),
  text: z.string(),
  owner: CasePerson.nullable(),
  dueAt: z.iso.datetime().nullable(),
  madeBy: CasePerson.nullable(),
  madeAt: z.iso.datetime(),
  done: z.object({ at: z.iso.datetime(), by: CasePerson.nullable() }).nullable(),
});
export type CaseTask = z.infer<typeof CaseTask>;

const TaskBody = z.object({
  text: Words.trim().min(1).max(500),
  owner: z.uuid().nullable().default(null),
  dueAt: Instant.nullable().default(null),
});

export const addTask = {
  method: 'POST',
  path: '/api/cases/:id/tasks',
  right: 'case.work',
  params: CaseRef,
  body: TaskBody,
  reply: CaseTask,
} as const satisfies Endpoint;

export const changeTask = {
  method: 'PUT',
  path: '/api/cases/:id/tasks/:part',
  right: 'case.work',
  params: OfCase,
  body: TaskBody.extend({ version: z.int() }),
  reply: CaseTask,
} as const satisfies Endpoint;

/** Done, or with false open again. Said twice, it changes nothing. */
export const settleTask = {
  method: 'PUT',
  path: '/api/cases/:id/tasks/:part/done',
  right: 'case.work',
  params: OfCase,
  body: z.object({ done: z.boolean() }),
  reply: CaseTask,
} as const satisfies Endpoint;

/** An issue beside a case. `proposed`: it has ended, and somebody may end the case too; nothing does so by itself. */
export const CaseIssue = z.object({
  id: z.uuid(),
  key: z.string(),
  title: z.string(),
  state: IssueState,
  proposed: z.object({ state: IssueState, at: z.iso.datetime() }).nullable(),
});
export type CaseIssue = z.infer<typeof CaseIssue>;

/** Another case. `merged_from` and `split_into` are the same from the other side. */
export const CaseLink = z.object({
  id: z.uuid(),
  reference: z.string(),
  state: CaseState,
  kind: z.enum(['related', 'split_from', 'split_into', 'merged_into', 'merged_from']),
});
export type CaseLink = z.infer<typeof CaseLink>;

const Ref = z.string().min(1).max(80);
const Beside = z.object({ issues: z.array(CaseIssue), links: z.array(CaseLink) });

/** To an issue or to another case of the same compartment. */
export const linkCase = {
  method: 'POST',
  path: '/api/cases/:id/links',
  right: 'case.work',
  params: CaseRef,
  body: z.union([z.object({ issue: Ref }), z.object({ case: Ref })]),
  reply: Beside,
} as const satisfies Endpoint;

export const unlinkCase = {
  method: 'POST',
  path: '/api/cases/:id/links/removal',
  right: 'case.work',
  params: CaseRef,
  body: z.union([z.object({ issue: Ref }), z.object({ case: Ref })]),
  reply: Beside,
} as const satisfies Endpoint;

/** "No, this case goes on although its issue has ended." */
export const declineEnd = {
  method: 'POST',
  path: '/api/cases/:id/issues/:part/declined',
  right: 'case.work',
  params: OfCase,
  reply: Beside,
} as const satisfies Endpoint;

/** Some of the people become a case of their own. No text is copied: `ask` says anew what it is about. */
export const splitCase = {
  method: 'POST',
  path: '/api/cases/:id/split',
  right: 'case.work',
  params: CaseRef,
  body: z.object({
    version: z.int(),
    people: z.array(lineOf(200)).min(1).max(500),
    title: lineOf(160).nullable().default(null),
    ask: Words.trim().max(CASE_TEXT_MAX).default(''),
  }),
  reply: z.object({ case: CaseRow, part: CaseRow }),
} as const satisfies Endpoint;

/** One update for all cases of an issue: written by one person, let go by another. */
export const CaseBroadcast = z.object({
  id: z.uuid(),
  issueId: z.uuid(),
  texts: z.record(z.string(), z.string()),
  fallback: z.string(),
  state: z.enum(['proposed', 'approved', 'withdrawn']),
  writtenBy: CasePerson,
  writtenAt: z.iso.datetime(),
  decidedBy: CasePerson.nullable(),
  decidedAt: z.iso.datetime().nullable(),
  /** Once approved: to so many cases, of which so many have left. */
  cases: z.int(),
  left: z.int(),
  /** The cases that it would go to now. */
  reaches: z.int(),
  can: z.array(z.enum(['approve', 'withdraw'])),
});
export type CaseBroadcast = z.infer<typeof CaseBroadcast>;

const OfIssue = z.object({ id: z.string().max(80) });
const Tag = z.string().regex(/^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$/);

export const listBroadcasts = {
  method: 'GET',
  path: '/api/issues/:id/broadcasts',
  right: 'case.read',
  params: OfIssue,
  reply: z.object({ broadcasts: z.array(CaseBroadcast) }),
} as const satisfies Endpoint;

export const writeBroadcast = {
  method: 'POST',
  path: '/api/issues/:id/broadcasts',
  right: 'case.answer',
  params: OfIssue,
  body: z
    .object({ texts: z.record(Tag, Words.trim().min(1).max(CASE_TEXT_MAX)), fallback: Tag })
    .refine(({ texts, fallback }) => fallback in texts, 'holds no text in the language that stands for all others'),
  reply: CaseBroadcast,
} as const satisfies Endpoint;

/** `reaches`: how many cases the approver has seen that it goes to; if there are others by now it is refused. */
export const decideBroadcast = {
  method: 'POST',
  path: '/api/broadcasts/:id/decision',
  right: 'case.answer',
  params: z.object({ id: z.uuid() }),
  body: z.discriminatedUnion('type', [
    z.object({ type: z.literal('approve'), reaches: z.int().min(0) }),
    z.object({ type: z.literal('withdraw') }),
  ]),
  reply: CaseBroadcast,
} as const satisfies Endpoint;

/** Everything that the page of a case needs, in one answer. */
export const CaseDetail = CaseRow.extend({
  ask: z.string(),
  requesterName: z.string().nullable(),
  requesterRef: z.string().nullable(),
  source: z.string(),
  openedBy: z.string().nullable(),
  alertId: z.uuid().nullable(),
  facts: CaseFacts,
  reasons: z.array(PriorityReason),
  override: z.object({ reason: z.string(), by: z.string().nullable() }).nullable(),
  legal: LegalClock.nullable(),
  end: z
    .object({
      outcome: CaseOutcome.nullable(),
      toldBy: z.uuid().nullable(),
      untold: UntoldReason.nullable(),
      searched: z.string().nullable(),
      reason: NotOursReason.nullable(),
    })
    .nullable(),
  note: z.string().nullable(),
  stateAt: z.iso.datetime(),
  people: z.array(CaseSubject),
  signals: z.array(z.uuid()),
  messages: z.array(CaseMessage),
  asks: z.array(CaseAsk),
  notes: z.array(CaseNote),
  /** Of this reader alone. */
  drafts: z.array(CaseDraft),
  tasks: z.array(CaseTask),
  issues: z.array(CaseIssue),
  links: z.array(CaseLink),
  watchers: z.array(CasePerson),
  watching: z.boolean(),
  /** Who may be given this case, and the teams that it can belong to. */
  colleagues: z.array(CasePerson),
  teams: z.array(CasePerson),
  timeline: z.array(HistoryLine),
});
export type CaseDetail = z.infer<typeof CaseDetail>;

export const readCase = {
  method: 'GET',
  path: '/api/cases/:id',
  right: 'case.read',
  params: CaseRef,
  reply: CaseDetail,
} as const satisfies Endpoint;

/** What happened, newest first, in pages. */
export const TIMELINE_KINDS = ['state', 'people', 'outside', 'partner', 'inside', 'task', 'links'] as const;
export const readTimeline = {
  method: 'GET',
  path: '/api/cases/:id/timeline',
  right: 'case.read',
  params: CaseRef,
  query: z.object({
    kind: z.union([z.enum(TIMELINE_KINDS), z.array(z.enum(TIMELINE_KINDS))]).optional(),
    by: z.uuid().optional(),
    from: Instant.optional(),
    to: Instant.optional(),
    after: z.string().max(200).optional(),
    limit: z.coerce.number().int().min(1).max(200).default(100),
  }),
  reply: z.object({ lines: z.array(HistoryLine), next: z.string().nullable() }),
} as const satisfies Endpoint;
