/** The words of cases: kinds, states, who asks, what can be done. */
import { z } from 'zod';
import { HarmCodeWord, SupportGroup } from './cases-harm.ts';
import { Words } from './words.ts';

/** Somebody asks, or we look on our own. */
export const CASE_KINDS = ['escalation', 'investigation'] as const;
export const CaseKind = z.enum(CASE_KINDS);
export type CaseKind = z.infer<typeof CaseKind>;

export const CASE_STATES = [
  'new',
  'triaged',
  'working',
  'waiting',
  'resolved',
  'closed',
  'reopened',
  'duplicate',
  'not_ours',
] as const;
export const CaseState = z.enum(CASE_STATES);
export type CaseState = z.infer<typeof CaseState>;

export const WaitingFor = z.enum(['requester', 'partner', 'other']);
export type WaitingFor = z.infer<typeof WaitingFor>;

export const REQUESTER_KINDS = [
  'creator',
  'support_agent',
  'creator_manager',
  'trusted_flagger',
  'authority',
  'press',
  'executive',
] as const;
export const RequesterKind = z.enum(REQUESTER_KINDS);
export type RequesterKind = z.infer<typeof RequesterKind>;

/** How it came to us. */
export const CASE_SOURCES = ['form', 'api', 'signals', 'alert', 'issue', 'mail', 'split'] as const;
export const CaseSource = z.enum(CASE_SOURCES);
export type CaseSource = z.infer<typeof CaseSource>;

export const PRIORITIES = ['P0', 'P1', 'P2', 'P3', 'P4'] as const;
export const Priority = z.enum(PRIORITIES);
export type Priority = z.infer<typeof Priority>;

/** How an escalation ends, and how an investigation does. */
export const ESCALATION_OUTCOMES = [
  'harm_removed',
  'restored',
  'fixed',
  'explained',
  'upheld',
  'passed_on',
  'no_harm_found',
  'other',
] as const;
export const INVESTIGATION_OUTCOMES = ['found', 'not_found', 'not_decidable'] as const;
export const CaseOutcome = z.enum([...ESCALATION_OUTCOMES, ...INVESTIGATION_OUTCOMES]);
export type CaseOutcome = z.infer<typeof CaseOutcome>;

/** Why nobody outside is told. */
export const UNTOLD_REASONS = ['nobody_asked', 'told_elsewhere', 'unsafe_to_tell', 'not_allowed', 'other'] as const;
export const UntoldReason = z.enum(UNTOLD_REASONS);
export type UntoldReason = z.infer<typeof UntoldReason>;

export const NOT_OURS_REASONS = ['other_team', 'no_support_matter', 'other_product', 'spam', 'other'] as const;
export const NotOursReason = z.enum(NOT_OURS_REASONS);
export type NotOursReason = z.infer<typeof NotOursReason>;

export const REFUSE_REASONS = ['language', 'skill', 'load', 'exposure', 'conflict', 'shift_ends', 'no_reason'] as const;
export const RefuseReason = z.enum(REFUSE_REASONS);
export type RefuseReason = z.infer<typeof RefuseReason>;

const Note = Words.trim().max(2_000);

/** The requester was told by this message of the case; or nobody is told, and why. */
export const Told = z.union([
  z.object({ messageId: z.uuid() }),
  z.object({ untold: UntoldReason, note: Note.default('') }),
]);
export type Told = z.infer<typeof Told>;

export const CaseMove = z.discriminatedUnion('type', [
  z.object({ type: z.literal('triage') }),
  z.object({ type: z.literal('start') }),
  z.object({ type: z.literal('wait'), for: WaitingFor, note: Note.default('') }),
  z.object({ type: z.literal('resume') }),
  /** `searched`: what was looked at, so that nobody looks there again; an investigation cannot end without it. */
  z.object({ type: z.literal('resolve'), outcome: CaseOutcome, told: Told, searched: Note.default('') }),
  z.object({ type: z.literal('close') }),
  z.object({ type: z.literal('reopen'), note: Note.default('') }),
  z.object({ type: z.literal('duplicate'), of: Words.min(1).max(80), note: Note.default('') }),
  z.object({ type: z.literal('not_ours'), reason: NotOursReason, note: Note.default('') }),
]);
export type CaseMove = z.infer<typeof CaseMove>;
export const CASE_MOVES = [
  'triage',
  'start',
  'wait',
  'resume',
  'resolve',
  'close',
  'reopen',
  'duplicate',
  'not_ours',
] as const satisfies readonly CaseMove['type'][];

const Count = z.int().min(0).max(10_000_000_000);

/** What the priority is proposed from. What is not known is left out, and lowers nothing. */
export const CaseFacts = z.object({
  harm: HarmCodeWord.nullable().default(null),
  support: SupportGroup.nullable().default(null),
  imminence: z.enum(['now', 'today', 'later', 'unknown']).default('unknown'),
  minor: z.boolean().default(false),
  vulnerable: z.boolean().default(false),
  viewsPerHour: Count.nullable().default(null),
  /** More of it in the last hour than in the one before. */
  growing: z.boolean().default(false),
  audience: z
    .array(z.enum(['public_figure', 'press', 'authority']))
    .max(3)
    .default([]),
  usersAffected: Count.nullable().default(null),
  moneyAtStake: z.boolean().default(false),
  /** It was closed before and is back. */
  repeat: z.boolean().default(false),
  massEnforcement: z.boolean().default(false),
  /** Of the creator: raises how much a fault of service weighs, and never changes how harm is ranked. */
  followers: Count.nullable().default(null),
  /** A code of `legal-clocks`. */
  legal: z
    .string()
    .regex(/^[a-z0-9_]{1,60}$/)
    .nullable()
    .default(null),
});
export type CaseFacts = z.infer<typeof CaseFacts>;

/** One step of how a priority was found: what it looked at, and where it led. */
export const PriorityReason = z.object({
  code: z.string(),
  /** What was known: a harm code, a number, a word. */
  value: z.union([z.string(), z.number(), z.boolean()]),
  from: Priority,
  to: Priority,
});
export type PriorityReason = z.infer<typeof PriorityReason>;
