/** What is said of a case: outside, to partners, inside. Three kinds, three addresses, three rights: none becomes another. */
import { z } from 'zod';
import { CasePerson, CaseRef } from './cases.ts';
import type { Endpoint } from './endpoint.ts';
import { CompartmentName, Instant, lineOf, Words } from './words.ts';

export const CASE_TEXT_MAX = 10_000;
/** For so long a message or an ask is held, and can be taken back whole. */
export const HOLD_SECONDS = 10;
/** A note may be changed or deleted by whoever wrote it for so long. */
export const NOTE_EDIT_MINUTES = 15;

const Said = Words.trim().min(1).max(CASE_TEXT_MAX);
const Language = z.string().regex(/^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$/, 'is not a language such as "en" or "pt-BR"');

/** `left`: it is beyond recall. How it is carried there is shown by `delivery`: no channel is set up yet, so by hand. */
export const CaseMessage = z.object({
  id: z.uuid(),
  direction: z.enum(['in', 'out']),
  state: z.enum(['held', 'left', 'cancelled', 'received']),
  language: z.string().nullable(),
  text: z.string(),
  author: CasePerson.nullable(),
  at: z.iso.datetime(),
  leavesAt: z.iso.datetime().nullable(),
  settledAt: z.iso.datetime().nullable(),
  broadcastId: z.uuid().nullable(),
  delivery: z.enum(['by_hand', 'none']),
  can: z.array(z.enum(['cancel'])),
});
export type CaseMessage = z.infer<typeof CaseMessage>;

export const CaseAsk = z.object({
  id: z.uuid(),
  partner: z.string(),
  question: z.string(),
  state: z.enum(['held', 'asked', 'answered', 'cancelled', 'withdrawn']),
  dueAt: z.iso.datetime(),
  author: CasePerson.nullable(),
  at: z.iso.datetime(),
  leavesAt: z.iso.datetime().nullable(),
  settledAt: z.iso.datetime().nullable(),
  answer: z.string().nullable(),
  answeredAt: z.iso.datetime().nullable(),
  answeredBy: CasePerson.nullable(),
  can: z.array(z.enum(['cancel', 'answer', 'withdraw', 'postpone'])),
});
export type CaseAsk = z.infer<typeof CaseAsk>;

export const CaseNote = z.object({
  id: z.uuid(),
  author: CasePerson,
  /** Null once it was deleted. */
  text: z.string().nullable(),
  at: z.iso.datetime(),
  editedAt: z.iso.datetime().nullable(),
  can: z.array(z.enum(['edit', 'delete'])),
});
export type CaseNote = z.infer<typeof CaseNote>;

const OfCase = z.object({ id: z.string().max(80), part: z.uuid() });

/** To whoever asked. It is held for `HOLD_SECONDS`, then leaves. */
export const writeMessage = {
  method: 'POST',
  path: '/api/cases/:id/messages',
  right: 'case.answer',
  params: CaseRef,
  body: z.object({
    text: Said,
    language: Language.nullable().default(null),
    template: z.uuid().nullable().default(null),
  }),
  reply: CaseMessage,
} as const satisfies Endpoint;

/** What came back from outside by another way, written down. Personal data in it is replaced. */
export const receiveMessage = {
  method: 'POST',
  path: '/api/cases/:id/replies',
  right: 'case.work',
  params: CaseRef,
  body: z.object({ text: Said, language: Language.nullable().default(null), at: Instant.optional() }),
  reply: CaseMessage,
} as const satisfies Endpoint;

/** Only while it is held. Either this or its leaving happens, never both. */
export const cancelMessage = {
  method: 'POST',
  path: '/api/cases/:id/messages/:part/cancel',
  right: 'case.answer',
  params: OfCase,
  reply: CaseMessage,
} as const satisfies Endpoint;

export const askPartner = {
  method: 'POST',
  path: '/api/cases/:id/asks',
  right: 'case.ask',
  params: CaseRef,
  body: z.object({ partner: lineOf(100), question: Said, dueAt: Instant }),
  reply: CaseAsk,
} as const satisfies Endpoint;

export const changeAsk = {
  method: 'POST',
  path: '/api/cases/:id/asks/:part',
  right: 'case.ask',
  params: OfCase,
  body: z.discriminatedUnion('type', [
    z.object({ type: z.literal('cancel') }),
    z.object({ type: z.literal('answer'), answer: Said }),
    z.object({ type: z.literal('withdraw') }),
    z.object({ type: z.literal('postpone'), dueAt: Instant }),
  ]),
  reply: CaseAsk,
} as const satisfies Endpoint;

export const writeNote = {
  method: 'POST',
  path: '/api/cases/:id/notes',
  right: 'case.note',
  params: CaseRef,
  body: z.object({ text: Said }),
  reply: CaseNote,
} as const satisfies Endpoint;

export const editNote = {
  method: 'PUT',
  path: '/api/cases/:id/notes/:part',
  right: 'case.note',
  params: OfCase,
  body: z.object({ text: Said }),
  reply: CaseNote,
} as const satisfies Endpoint;

export const deleteNote = {
  method: 'DELETE',
  path: '/api/cases/:id/notes/:part',
  right: 'case.note',
  params: OfCase,
  reply: CaseNote,
} as const satisfies Endpoint;

/** What somebody has begun to write: one of each kind per case and person, shown to that person alone. */
export const DRAFT_KINDS = ['message', 'ask', 'note'] as const;
export const DraftKind = z.enum(DRAFT_KINDS);
export type DraftKind = z.infer<typeof DraftKind>;
const DraftBody = z.object({
  text: Words.max(CASE_TEXT_MAX),
  language: Language.nullable().default(null),
  partner: Words.max(100).default(''),
  dueAt: Instant.nullable().default(null),
  template: z.uuid().nullable().default(null),
});
export const CaseDraft = z.object({ kind: DraftKind, body: DraftBody, at: z.iso.datetime() });
export type CaseDraft = z.infer<typeof CaseDraft>;

/** Null lets it go. Sent with what is typed, and again when the line is back. */
export const saveDraft = {
  method: 'PUT',
  path: '/api/cases/:id/drafts/:kind',
  right: 'case.read',
  params: z.object({ id: z.string().max(80), kind: DraftKind }),
  body: z.object({ body: DraftBody.nullable() }),
  reply: z.object({ draft: CaseDraft.nullable() }),
} as const satisfies Endpoint;

/** `{{name}}` stands for what is filled in. These are known of every case; any other is given when it is used. */
export const TEMPLATE_KNOWN = ['reference', 'owner', 'opened', 'language', 'region'] as const;
const TemplateTexts = z
  .record(Language, Said)
  .refine(
    (texts) => Object.keys(texts).length > 0 && Object.keys(texts).length <= 40,
    'holds no text, or more than 40',
  );

export const CaseTemplate = z.object({
  id: z.uuid(),
  compartment: z.string(),
  kind: z.enum(['message', 'ask']),
  name: z.string(),
  version: z.int(),
  texts: z.record(z.string(), z.string()),
  /** Of all its languages. */
  variables: z.array(z.string()),
});
export type CaseTemplate = z.infer<typeof CaseTemplate>;

export const listCaseTemplates = {
  method: 'GET',
  path: '/api/case-templates',
  right: 'case.read',
  reply: z.object({ templates: z.array(CaseTemplate) }),
} as const satisfies Endpoint;

/** New, or with an id and the version that was seen a change. */
export const saveCaseTemplate = {
  method: 'POST',
  path: '/api/case-templates',
  right: 'case.configure',
  body: z.object({
    id: z.uuid().nullable().default(null),
    version: z.int().default(0),
    compartment: CompartmentName.default('open'),
    kind: z.enum(['message', 'ask']),
    name: lineOf(100),
    texts: TemplateTexts,
  }),
  reply: CaseTemplate,
} as const satisfies Endpoint;

export const removeCaseTemplate = {
  method: 'DELETE',
  path: '/api/case-templates/:id',
  right: 'case.configure',
  params: z.object({ id: z.uuid() }),
  reply: z.object({ id: z.uuid() }),
} as const satisfies Endpoint;

/** The text for one case. A variable without a value is refused by name: nothing leaves with a hole in it. */
export const fillCaseTemplate = {
  method: 'POST',
  path: '/api/cases/:id/templates/:part',
  right: 'case.read',
  params: OfCase,
  body: z.object({
    /** Else that of the case. */
    language: Language.optional(),
    values: z.record(z.string().max(60), Words.max(2_000)).default({}),
  }),
  reply: z.object({ text: z.string(), language: z.string() }),
} as const satisfies Endpoint;
