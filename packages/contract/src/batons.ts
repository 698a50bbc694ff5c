/** Handing a case over: a baton says what the next one has to know, and is accepted by saying it back. */
import { z } from 'zod';
import { CasePerson, CaseRef } from './cases.ts';
import { CaseState } from './cases-words.ts';
import type { Endpoint } from './endpoint.ts';
import { Instant, Words } from './words.ts';

export const BATON_STATES = ['draft', 'sent', 'accepted', 'dropped'] as const;
export const BatonState = z.enum(BATON_STATES);
export type BatonState = z.infer<typeof BatonState>;

/** Sent, and for so long not accepted: it is loud. */
export const BATON_LOUD_MINUTES = 15;

const said = Words.trim();
const BatonPoints = z.strictObject({
  summary: said.max(2_000),
  actions: z
    .array(z.strictObject({ text: said.min(1).max(500), ownerId: z.uuid().nullable(), dueAt: Instant.nullable() }))
    .max(50),
  /** What could go wrong, and what is done then. */
  risks: z.array(z.strictObject({ what: said.min(1).max(500), plan: said.min(1).max(500) })).max(10),
});
export type BatonPoints = z.infer<typeof BatonPoints>;

/** What the record said when it was drafted, and again when it was sent. */
const BatonFacts = z.object({
  priority: z.int(),
  state: CaseState,
  /** What happened since the baton before, or since the case was opened: how often each. */
  events: z.array(z.object({ name: z.string(), times: z.int() })),
  since: z.iso.datetime(),
  /** The promise that runs out next. */
  clock: z.object({ metric: z.string(), dueAt: z.iso.datetime() }).nullable(),
});
export type BatonFacts = z.infer<typeof BatonFacts>;

export const BATON_MOVES = ['change', 'send', 'take_back', 'drop', 'accept'] as const;
export const BatonMove = z.enum(BATON_MOVES);
export type BatonMove = z.infer<typeof BatonMove>;

export const BatonView = z.object({
  id: z.uuid(),
  version: z.int(),
  state: BatonState,
  caseId: z.uuid(),
  reference: z.string(),
  /** Of the case as it stands now. */
  priority: z.int(),
  sender: CasePerson.nullable(),
  /** Null: whoever of those who work on cases takes it. */
  receiver: CasePerson.nullable(),
  acceptedBy: CasePerson.nullable(),
  points: BatonPoints,
  facts: BatonFacts,
  draftedAt: z.iso.datetime(),
  sentAt: z.iso.datetime().nullable(),
  acceptedAt: z.iso.datetime().nullable(),
  /** Sent more than a quarter of an hour ago, and nobody has it: the sender is still accountable. */
  loud: z.boolean(),
  /** How whoever accepted it said it back. */
  understood: z.string().nullable(),
  /** For whoever may accept it: the true answers are among these. Null stands for "nothing runs out". */
  choices: z.object({ owners: z.array(CasePerson), dues: z.array(z.iso.datetime().nullable()) }).nullable(),
  can: z.array(BatonMove),
});
export type BatonView = z.infer<typeof BatonView>;

const ById = z.object({ id: z.uuid() });
const Seen = { version: z.int().min(1) };

/** Those that nobody has accepted, the loud ones first; drafts only to who writes them. */
export const listBatons = {
  method: 'GET',
  path: '/api/batons',
  right: 'case.read',
  reply: z.object({ batons: z.array(BatonView) }),
} as const satisfies Endpoint;

/** Of one case, the newest first, accepted ones too. */
export const listCaseBatons = {
  method: 'GET',
  path: '/api/cases/:id/batons',
  right: 'case.read',
  params: CaseRef,
  reply: z.object({ batons: z.array(BatonView) }),
} as const satisfies Endpoint;

/** Drafted from the record by whoever has the case; where there is a draft already, that one. */
export const draftBaton = {
  method: 'POST',
  path: '/api/cases/:id/batons',
  right: 'case.work',
  params: CaseRef,
  reply: BatonView,
} as const satisfies Endpoint;

export const changeBaton = {
  method: 'PUT',
  path: '/api/batons/:id',
  right: 'case.work',
  params: ById,
  body: z.strictObject({ ...Seen, receiverId: z.uuid().nullable(), points: BatonPoints }),
  reply: BatonView,
} as const satisfies Endpoint;

/** From here on it waits for whoever it is for. The case stays with the sender. */
export const sendBaton = {
  method: 'POST',
  path: '/api/batons/:id/send',
  right: 'case.work',
  params: ById,
  body: z.strictObject(Seen),
  reply: BatonView,
} as const satisfies Endpoint;

/** It is a draft again. */
export const takeBackBaton = {
  method: 'POST',
  path: '/api/batons/:id/take-back',
  right: 'case.work',
  params: ById,
  body: z.strictObject(Seen),
  reply: BatonView,
} as const satisfies Endpoint;

export const dropBaton = {
  method: 'POST',
  path: '/api/batons/:id/drop',
  right: 'case.work',
  params: ById,
  body: z.strictObject(Seen),
  reply: BatonView,
} as const satisfies Endpoint;

export const ReadBack = z.strictObject({
  /** Whose the case is once this is accepted. */
  ownerId: z.uuid(),
  /** What runs out next, of the baton's actions and the case's clocks. */
  dueAt: z.iso.datetime().nullable(),
  /** What could go wrong and what then, in one's own words: the sender reads them. */
  understood: said.min(10).max(1_000),
});
export type ReadBack = z.infer<typeof ReadBack>;

/** The case is theirs from here on. What was said back wrong is named in the refusal, and kept nowhere. */
export const acceptBaton = {
  method: 'POST',
  path: '/api/batons/:id/accept',
  right: 'case.work',
  params: ById,
  body: z.strictObject({ ...Seen, readBack: ReadBack }),
  reply: BatonView,
} as const satisfies Endpoint;
