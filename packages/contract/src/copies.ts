/** Copied texts: the same or nearly the same words, by one author or by many. Flagged, never dropped. */
import { z } from 'zod';
import type { Endpoint } from './endpoint.ts';
import { SignalView } from './signals.ts';
import { Instant } from './words.ts';

export const CopyShape = z.enum(['campaign', 'flood', 'phrase', 'copies']);

export const CopyGroupView = z.object({
  id: z.uuid(),
  signals: z.int(),
  /** Distinct authors; null where a source names none. */
  authors: z.int().nullable(),
  /** Signals of the busiest author. */
  mostByOne: z.int().nullable(),
  /** Word for word what the first said (capitals, punctuation, numbers and links aside), as a share of `signals`. */
  exactShare: z.number(),
  firstAt: z.iso.datetime(),
  lastAt: z.iso.datetime(),
  /** Its signals in 24 equal parts of the time from the first to the last. */
  spark: z.array(z.int()),
  /** Most signals within one hour. */
  busiestHour: z.int(),
  sources: z.array(z.object({ id: z.uuid(), name: z.string(), signals: z.int() })),
  languages: z.array(z.string()),
  /**
   * `campaign`: many authors, the same words, close in time. `flood`: one author, over and over. `phrase`: short words
   * that many people find by themselves ("does not work"). `copies`: none of these.
   */
  shape: CopyShape,
  /** Why it has that shape, in numbers that can be checked; `hours`: the shortest stretch that holds half of the signals. */
  because: z.object({ people: z.int().nullable(), hours: z.number(), characters: z.int() }),
  /** The first of them; its text is covered like everywhere. */
  sample: SignalView,
});
export type CopyGroupView = z.infer<typeof CopyGroupView>;

export const listCopyGroups = {
  method: 'GET',
  path: '/api/copies',
  right: 'signal.read',
  query: z.object({
    /** Repeatable: any of these. */
    shape: z.union([CopyShape, z.array(CopyShape).max(4)]).optional(),
    source: z.uuid().optional(),
    from: Instant.optional(),
    to: Instant.optional(),
    sort: z.enum(['newest', 'largest']).default('newest'),
    after: z.string().max(200).optional(),
    limit: z.coerce.number().int().min(1).max(100).default(30),
  }),
  reply: z.object({
    groups: z.array(CopyGroupView),
    next: z.string().nullable(),
    /** Signals that have arrived and were not compared yet. */
    waiting: z.int(),
  }),
} as const satisfies Endpoint;

export const readCopyGroup = {
  method: 'GET',
  path: '/api/copies/:id',
  right: 'signal.read',
  params: z.object({ id: z.uuid() }),
  reply: CopyGroupView.extend({ hours: z.array(z.object({ at: z.iso.datetime(), signals: z.int() })) }),
} as const satisfies Endpoint;
