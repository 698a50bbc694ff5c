/** Searching everything at once, and the help while one types. The grammar is `parseQuery`. */
import { z } from 'zod';
import type { Endpoint } from './endpoint.ts';
import { IssueState } from './issues.ts';
import { SignalView } from './signals.ts';
import { QueryNoteView, Why } from './why.ts';
import { Words } from './words.ts';

export * from './query.ts';
export * from './query-fields.ts';
export * from './query-write.ts';
export * from './why.ts';

export const QUERY_MAX = 500;

export const TopicHit = z.object({
  id: z.uuid(),
  label: z.string(),
  phrases: z.array(z.string()),
  firstAt: z.iso.datetime(),
  lastAt: z.iso.datetime(),
  issueKey: z.string().nullable(),
  why: Why,
});
export type TopicHit = z.infer<typeof TopicHit>;

export const IssueHit = z.object({
  id: z.uuid(),
  key: z.string(),
  title: z.string(),
  state: IssueState,
  historical: z.boolean(),
  signals: z.int(),
  people: z.int().nullable(),
  noticedAt: z.iso.datetime(),
  why: Why,
});
export type IssueHit = z.infer<typeof IssueHit>;

/** Counted exactly to 10,000 (topics and issues: always). */
const found = <T extends z.ZodType>(one: T) =>
  z.object({
    found: z.array(one),
    total: z.int(),
    more: z.boolean(),
    /** Fields of the query that things of this kind do not have: then none of them is looked for. */
    without: z.array(z.string()),
  });

/** A few of each kind, the best first; one kind alone brings more of it. */
export const searchAll = {
  method: 'GET',
  path: '/api/search',
  right: 'signal.read',
  query: z.object({
    q: Words.max(QUERY_MAX),
    only: z.enum(['signals', 'topics', 'issues']).optional(),
    limit: z.coerce.number().int().min(1).max(50).default(5),
  }),
  reply: z.object({
    signals: found(z.object({ signal: SignalView, why: Why })).nullable(),
    topics: found(TopicHit).nullable(),
    /** Null, as topics are, where the caller may not read issues or another kind alone was asked for. */
    issues: found(IssueHit).nullable(),
    notes: z.array(QueryNoteView),
  }),
} as const satisfies Endpoint;
export type SearchReply = z.infer<typeof searchAll.reply>;

/** What could stand behind `field:`, or, without a field, which dimensions there are. The most used first. */
export const suggestValues = {
  method: 'GET',
  path: '/api/search/values',
  right: 'signal.read',
  query: z.object({ field: Words.max(100).default(''), begun: Words.max(200).default('') }),
  reply: z.object({
    values: z.array(
      z.object({
        value: z.string(),
        /** Where it is called otherwise than it is written. */
        label: z.string(),
        /** Rows that have it; null where nobody counts them. */
        count: z.int().nullable(),
      }),
    ),
  }),
} as const satisfies Endpoint;
