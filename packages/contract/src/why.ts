/** Why something was found: places in its words, never words torn out of it, and nothing of a text that is covered. */
import { z } from 'zod';
import { QUERY_NOTES } from './query.ts';

/** What of a query was read otherwise than it was written, or matches nothing that is known. */
export const QueryNoteView = z.object({
  code: z.enum(QUERY_NOTES),
  /** Where in the query, in UTF-16 units, the end not included. */
  at: z.tuple([z.int(), z.int()]),
  said: z.string(),
});

export const FoundMark = z.object({
  in: z.enum(['title', 'text', 'label', 'phrases', 'key']),
  /** Where in it, in UTF-16 units, the end not included. Phrases are counted as if joined by one line break each. */
  at: z.tuple([z.int(), z.int()]),
  /** The part of the query that it answers to; null where that would tell what stands in a covered text. */
  asked: z.string().nullable(),
  how: z.enum(['word', 'phrase', 'beginning', 'fuzzy', 'like']),
});
export type FoundMark = z.infer<typeof FoundMark>;

export const Why = z.object({
  marks: z.array(FoundMark),
  /** Fields of the query that hold for it, as `name:value`. */
  fields: z.array(z.string()),
  /** True when words were searched and the text is covered: then where they stand is not told. */
  covered: z.boolean(),
});
export type Why = z.infer<typeof Why>;
