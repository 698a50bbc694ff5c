/** Where a growth of signals is, and where it is not: any selection against any baseline. */
import { z } from 'zod';
import type { Endpoint } from './endpoint.ts';
import { SignalFilter } from './signals.ts';
import { Instant, Words } from './words.ts';

/**
 * What a selection is held against: the time of the same length before it, the same days of the week before, another
 * stretch of time, or the signals of the same time that do not belong to it.
 */
export const AGAINST = ['previous', 'week', 'range', 'others'] as const;
export const Against = z.enum(AGAINST);
export type Against = z.infer<typeof Against>;

/** Of each side so many signals are looked at; of more an even part. */
export const EXPLAINED_MAX = 20_000;

/** A number with its interval of 95 %; null where there is no limit. */
const Estimated = z.object({ value: z.number().nullable(), low: z.number().nullable(), high: z.number().nullable() });

export const ExplainCondition = z.object({
  dimension: z.string(),
  form: z.enum(['value', 'from', 'to', 'prefix', 'between']),
  /** As it is written: the value, the first of "from", the last of "to", the beginning, or "first – last". */
  said: z.string(),
});
export type ExplainCondition = z.infer<typeof ExplainCondition>;

/** One slice that grew beyond the rest; all numbers are of signals. */
export const ExplainedSlice = z.object({
  conditions: z.array(ExplainCondition),
  observed: z.number(),
  expected: z.number(),
  /** Signals of the baseline behind the expectation; 0 says that it has no past. */
  past: z.number(),
  excess: Estimated,
  ratio: Estimated,
  shareOfExcess: z.number(),
  /** Chance of a mistake, corrected for all slices that were judged. */
  qValue: z.number(),
  /** Other ways to say exactly the same signals. */
  equivalents: z.array(z.array(ExplainCondition)),
  /** Other slices that fit almost as well. */
  nearly: z.array(z.array(ExplainCondition)),
  since: z.iso.datetime().nullable(),
  /** The search that finds its signals; null where no search can say it, as for signals without a value. */
  opens: SignalFilter.nullable(),
});
export type ExplainedSlice = z.infer<typeof ExplainedSlice>;

const Side = z.object({
  from: z.iso.datetime(),
  to: z.iso.datetime(),
  /** Estimated where it was sampled. */
  signals: z.int(),
  /** Those that were looked at. */
  looked: z.int(),
});

const Axis = z.object({ dimension: z.string(), values: z.array(z.string()) });

export const SignalExplanation = z.object({
  /** `even`: everything grew or shrank together. `nothing`: no growth to explain. `too_few`: too few signals to tell. */
  verdict: z.enum(['slices', 'even', 'nothing', 'too_few']),
  against: Against,
  window: Side,
  baseline: Side,
  /** Strongest first. */
  slices: z.array(ExplainedSlice),
  overall: z.object({ observed: z.number(), expected: z.number(), growth: Estimated }),
  /** Common values that have less than their part. */
  spared: z.array(
    z.object({
      dimension: z.string(),
      value: z.string(),
      observed: z.number(),
      expected: z.number(),
      ratio: Estimated,
    }),
  ),
  /** Two dimensions against each other; null where there are not two. */
  grid: z
    .object({
      rows: Axis,
      columns: Axis,
      observed: z.array(z.array(z.number())),
      expected: z.array(z.array(z.number())),
    })
    .nullable(),
  judged: z.int(),
  dimensions: z.array(z.string()),
  assumed: z.object({
    /**
     * `given`: active users were used. `even`: none are known of these times, and the same number is assumed before and
     * now. `others`: what everybody else wrote stands for how many there are.
     */
    exposure: z.enum(['given', 'even', 'others']),
    /** Share of the signals that the numbers of active users do not know. */
    unknown: z.number(),
    sameHours: z.boolean(),
    borrowed: z.array(z.object({ dimension: z.string(), value: z.string(), from: z.string() })),
    /** How much shares differ between past days beyond chance. */
    unrest: z.number(),
  }),
});
export type SignalExplanation = z.infer<typeof SignalExplanation>;

/**
 * Explains a selection of signals. Without `to` it ends with the newest signal, without `from` it begins seven days before
 * that. `againstFrom` and `againstTo` are for `range`.
 */
export const explainSignals = {
  method: 'GET',
  path: '/api/signals/explanation',
  right: 'signal.read',
  query: SignalFilter.extend({
    against: Against.default('previous'),
    againstFrom: Instant.optional(),
    againstTo: Instant.optional(),
    /** Narrows the others down: signals that this finds and that do not belong to the selection. */
    againstQ: Words.max(500).optional(),
  }),
  reply: SignalExplanation,
} as const satisfies Endpoint;

/** Where an issue is and where it is not, since its onset, as it was last worked out. */
export const IssueExplanation = z.object({
  computedAt: z.iso.datetime(),
  /** True when its signals have changed since. */
  old: z.boolean(),
  /** Null where there is nothing to compare. */
  explanation: SignalExplanation.nullable(),
});
export type IssueExplanation = z.infer<typeof IssueExplanation>;

export const readIssueExplanation = {
  method: 'GET',
  path: '/api/issues/:id/explanation',
  right: 'issue.read',
  params: z.object({ id: z.uuid() }),
  reply: IssueExplanation,
} as const satisfies Endpoint;
