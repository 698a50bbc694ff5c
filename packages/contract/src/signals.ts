/** Signals: what somebody or something told us, and the sources they come from. */
import { z } from 'zod';
import type { Endpoint } from './endpoint.ts';
import { QueryNoteView, Why } from './why.ts';
import { CompartmentName, Instant, lineOf, Words } from './words.ts';

export const SIGNAL_KINDS = [
  'ticket',
  'feedback',
  'app_review',
  'user_report',
  'appeal',
  'social_mention',
  'machine_flag',
] as const;
export const SignalKind = z.enum(SIGNAL_KINDS);
export type SignalKind = z.infer<typeof SignalKind>;

/** Text beyond this many characters is cut on arrival, and the signal says so. */
export const TEXT_MAX = 20_000;
/** At most so many signals in one request. */
export const SIGNALS_PER_REQUEST = 1_000;
/** Dimensions of one signal: at most so many, names and values at most this long. */
export const DIMENSIONS_MAX = 50;
export const DIMENSION_NAME_MAX = 64;
export const DIMENSION_VALUE_MAX = 200;

const Moment = z.union([z.iso.datetime({ offset: true }), z.iso.date()]);

/** A signal as a sender gives it. Unknown fields are refused by name, so that a misspelt field is never silently lost. */
export const NewSignal = z.strictObject({
  /** The sender's own id of the thing; the same id again is the same thing. */
  id: z.string().trim().min(1).max(200),
  /** When it was said. */
  ts: Moment,
  text: z.string().max(1_000_000),
  title: z.string().max(10_000).optional(),
  author: z.string().max(500).nullish(),
  rating: z.int().min(1).max(5).nullish(),
  /** BCP 47; found from the text when left out. */
  language: z.string().max(35).nullish(),
  /** When the sender last changed it: the newer one supersedes. */
  updated_at: Moment.nullish(),
  creator_tier: z.string().max(64).nullish(),
  /** X0–X4: how hard it is to look at. */
  exposure: z.int().min(0).max(4).optional(),
  dimensions: z
    .record(z.string().min(1).max(DIMENSION_NAME_MAX), z.union([z.string(), z.number(), z.boolean(), z.null()]))
    .optional(),
});
export type NewSignal = z.infer<typeof NewSignal>;

/** A row that was not taken: which, and why in words. */
export const RefusedRow = z.object({ row: z.int(), id: z.string().nullable(), reason: z.string() });
export type RefusedRow = z.infer<typeof RefusedRow>;

/** What became of the rows. `added` + `revised` + `unchanged` + `refused.length` = rows sent. */
export const IntakeSummary = z.object({
  added: z.int(),
  revised: z.int(),
  unchanged: z.int(),
  refused: z.array(RefusedRow),
});
export type IntakeSummary = z.infer<typeof IntakeSummary>;

/** One signal or up to 1,000. When this answers, what it says was added is on disk. Rows are judged one by one. */
export const sendSignals = {
  method: 'POST',
  path: '/api/signals',
  right: 'signal.send',
  /** A person names the source; a token has its own. */
  query: z.object({ source: z.uuid().optional() }),
  /** Each row is checked against `NewSignal` by itself, so that one bad row costs only itself. */
  body: z.union([z.record(z.string(), z.unknown()), z.array(z.unknown()).min(1).max(SIGNALS_PER_REQUEST)], {
    error: 'send one signal as an object, or 1 to 1,000 of them as an array',
  }),
  reply: IntakeSummary,
} as const satisfies Endpoint;

/** What a text can hold that is replaced before anything is stored. */
export const REDACTION_CLASSES = ['email', 'phone', 'card', 'iban', 'ip', 'national_id'] as const;
export const RedactionClass = z.enum(REDACTION_CLASSES);
export type RedactionClass = z.infer<typeof RedactionClass>;

/**
 * What stands in a stored text where personal data stood.
 * @example
 * placeholderOf('phone'); // '⟦phone⟧'
 */
export const placeholderOf = (what: RedactionClass): string => `⟦${what}⟧`;

export const SourceView = z.object({
  id: z.uuid(),
  name: z.string(),
  kind: SignalKind,
  compartment: z.string(),
  createdAt: z.iso.datetime(),
  signals: z.int(),
  refused: z.int(),
  lastReceivedAt: z.iso.datetime().nullable(),
  /** Time of the newest thing said. */
  lastEventAt: z.iso.datetime().nullable(),
  /** Whether any signal of this source names an author; without one, people cannot be counted. */
  hasAuthors: z.boolean(),
  /** ISO 3166-1 alpha-2: where its people are. Decides which phone numbers and national ids are recognised. */
  regions: z.array(z.string()),
  /** How many places were redacted, by class; a class never found is left out. */
  redacted: z.partialRecord(RedactionClass, z.int()),
  /** Dimensions that reached their cap here: newer values are kept as "other". */
  capped: z.array(z.string()),
  /** How the columns of its last file were read; null before the first. */
  savedMapping: z.record(z.string(), z.string()).nullable(),
});
export type SourceView = z.infer<typeof SourceView>;

const Regions = z.array(z.string().regex(/^[A-Z]{2}$/, 'is not a country code of two letters, such as DE')).max(60);

export const listSources = {
  method: 'GET',
  path: '/api/sources',
  right: 'source.read',
  reply: z.object({ sources: z.array(SourceView), can: z.array(z.enum(['create', 'manage_tokens', 'import'])) }),
} as const satisfies Endpoint;

export const createSource = {
  method: 'POST',
  path: '/api/sources',
  right: 'import.run',
  body: z.object({
    name: lineOf(100),
    kind: SignalKind,
    compartment: CompartmentName.default('open'),
    regions: Regions.default([]),
  }),
  reply: SourceView,
} as const satisfies Endpoint;

/** Name and regions; what was taken in before stays as it is. With `seen`, only if nobody has changed what stood there. */
export const changeSource = {
  method: 'PUT',
  path: '/api/sources/:id',
  right: 'import.run',
  params: z.object({ id: z.uuid() }),
  body: z.object({
    name: lineOf(100),
    regions: Regions,
    seen: z.object({ name: z.string().max(200), regions: Regions }).optional(),
  }),
  reply: SourceView,
} as const satisfies Endpoint;

export const SignalView = z.object({
  id: z.uuid(),
  sourceId: z.uuid(),
  sourceName: z.string(),
  kind: SignalKind,
  externalId: z.string(),
  at: z.iso.datetime(),
  receivedAt: z.iso.datetime(),
  language: z.string().nullable(),
  /** X0–X4. */
  exposure: z.int(),
  /** Null from X2 up until it is asked for, and where there is none. */
  title: z.string().nullable(),
  text: z.string().nullable(),
  /** Characters of the text, also while it is covered. */
  length: z.int(),
  /** True when the sender gave more than `TEXT_MAX` characters. */
  truncated: z.boolean(),
  author: z.string().nullable(),
  rating: z.int().nullable(),
  creatorTier: z.string().nullable(),
  dimensions: z.record(z.string(), z.string()),
  topic: z.object({ id: z.uuid(), label: z.string(), issueKey: z.string().nullable() }).nullable(),
  /** Null unless the same or nearly the same text arrived before or since. */
  copies: z
    .object({ groupId: z.uuid(), signals: z.int(), authors: z.int().nullable(), likeness: z.enum(['exact', 'near']) })
    .nullable(),
  /** False when a newer revision of it is known. */
  latest: z.boolean(),
});
export type SignalView = z.infer<typeof SignalView>;

/** What a search of signals can say; the same for list, histogram and facets. */
export const SignalFilter = z.object({
  /** In the grammar of `parseQuery`; all the other parameters can be said in it too: see `queryOfFilter`. */
  q: Words.max(500).optional(),
  from: Instant.optional(),
  to: Instant.optional(),
  source: z.uuid().optional(),
  language: Words.max(35).optional(),
  rating: z.coerce.number().int().min(1).max(5).optional(),
  topic: z.uuid().optional(),
  /** `name:value`, repeatable; different names all hold, the same name twice means either. */
  dimension: z.union([z.string().max(300), z.array(z.string().max(300)).max(20)]).optional(),
  /** A group of copied texts, or any of them. */
  copies: z.union([z.literal('any'), z.uuid()]).optional(),
});
export type SignalFilter = z.infer<typeof SignalFilter>;

export const searchSignals = {
  method: 'GET',
  path: '/api/signals',
  right: 'signal.read',
  query: SignalFilter.extend({
    sort: z.enum(['newest', 'oldest', 'relevance']).default('newest'),
    after: z.string().max(500).optional(),
    limit: z.coerce.number().int().min(1).max(200).default(50),
  }),
  reply: z.object({
    signals: z.array(SignalView),
    /** Of each signal, in the same order; empty where no query was given. */
    why: z.array(Why),
    next: z.string().nullable(),
  }),
} as const satisfies Endpoint;

export const readSignal = {
  method: 'GET',
  path: '/api/signals/:id',
  right: 'signal.read',
  params: z.object({ id: z.uuid() }),
  /** `reveal` asks for the text of X2 and above. */
  query: z.object({ reveal: z.stringbool().optional() }),
  reply: SignalView,
} as const satisfies Endpoint;

export const Facet = z.object({
  name: z.string(),
  values: z.array(z.object({ value: z.string(), label: z.string(), count: z.int() })),
  /** True when there are more values than are listed. */
  more: z.boolean(),
});
export type Facet = z.infer<typeof Facet>;

/** How many match, when, and where: the head of the signals screen. */
export const summariseSignals = {
  method: 'GET',
  path: '/api/signals/summary',
  right: 'signal.read',
  query: SignalFilter,
  reply: z.object({
    /** Counted exactly to 10,000, and beyond where only source and whole hours are asked for; `more`: there are more. */
    total: z.int(),
    more: z.boolean(),
    /** Distinct authors; null where the sources name none, and above 10,000 signals. */
    people: z.int().nullable(),
    /** True when the numbers below are scaled up from a sample of the signals: show them with ≈. */
    sampled: z.object({ buckets: z.boolean(), facets: z.boolean() }),
    bucketMs: z.int(),
    buckets: z.array(z.object({ at: z.iso.datetime(), count: z.int() })),
    facets: z.array(Facet),
    /** What of the query was read otherwise than it was written. */
    notes: z.array(QueryNoteView),
  }),
} as const satisfies Endpoint;
