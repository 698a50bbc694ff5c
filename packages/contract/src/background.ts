/** What was going on around the signals: how many people were active, and what was changed. */
import { z } from 'zod';
import type { Endpoint } from './endpoint.ts';
import { DIMENSION_NAME_MAX, DIMENSION_VALUE_MAX, RefusedRow } from './signals.ts';
import { CompartmentName, Day, Instant, lineOf, Mark, Words } from './words.ts';

const Dimensions = z.record(
  z.string().min(1).max(DIMENSION_NAME_MAX),
  z.union([z.string().max(DIMENSION_VALUE_MAX), z.number(), z.boolean()]),
);
const Compartment = CompartmentName.default('open');
/** What became of the rows: durable when it is answered. */
export const Sent = z.object({
  added: z.int(),
  /** The same row with another number or another text: the newer one stands. */
  replaced: z.int(),
  unchanged: z.int(),
  /** The first 1,000 of them. */
  refused: z.array(RefusedRow),
  refusedRows: z.int(),
});
export type Sent = z.infer<typeof Sent>;

/** How many people were active on a day in a slice. The total of a day is the row without dimensions. */
export const NewActiveUsers = z.strictObject({
  day: z.iso.date(),
  users: z.int().min(0).max(1e12),
  dimensions: Dimensions.default({}),
});
export type NewActiveUsers = z.infer<typeof NewActiveUsers>;

export const ACTIVE_USERS_PER_REQUEST = 5_000;

export const sendActiveUsers = {
  method: 'POST',
  path: '/api/active-users',
  right: 'background.send',
  query: z.object({ compartment: Compartment }),
  body: z.array(z.unknown()).min(1).max(ACTIVE_USERS_PER_REQUEST),
  reply: Sent,
} as const satisfies Endpoint;

/** CSV: `day`, `active_users`, and every other column is a dimension. */
export const uploadActiveUsers = {
  method: 'POST',
  path: '/api/active-users/file',
  right: 'background.send',
  query: z.object({ compartment: Compartment, fileName: z.string().min(1).max(255) }),
  body: 'bytes',
  reply: Sent,
} as const satisfies Endpoint;

export const readActiveUsers = {
  method: 'GET',
  path: '/api/active-users',
  right: 'signal.read',
  query: z.object({
    compartment: Compartment,
    from: Day.optional(),
    to: Day.optional(),
    /** Split by this dimension; the total without it. */
    by: z.string().min(1).max(DIMENSION_NAME_MAX).optional(),
  }),
  reply: z.object({
    /** What rows there are: each set of dimension names that was sent, with its days. */
    cuts: z.array(z.object({ names: z.array(z.string()), rows: z.int(), from: z.iso.date(), to: z.iso.date() })),
    /** The rows that the series are made of; `summed`: over names nobody asked for, so that who is in two of them counts twice. */
    cut: z.object({ names: z.array(z.string()), summed: z.boolean() }).nullable(),
    series: z.array(
      z.object({
        /** Null for the total. Beyond the largest values all others are one series, called "other". */
        value: z.string().nullable(),
        days: z.array(z.object({ day: z.iso.date(), users: z.number() })),
      }),
    ),
    can: z.array(z.enum(['send'])),
  }),
} as const satisfies Endpoint;

export const CHANGE_KINDS = ['release', 'flag', 'policy', 'vendor', 'outage', 'other'] as const;
export const ChangeKind = z.enum(CHANGE_KINDS);
export type ChangeKind = z.infer<typeof ChangeKind>;

export const NewChange = z.strictObject({
  /** The sender's own id; the same id again replaces. Without one it is told apart by kind, time and title. */
  id: Mark.trim().min(1).max(200).optional(),
  at: z.union([z.iso.datetime({ offset: true }), z.iso.date()]),
  /** For what lasts: an outage, a trial. */
  until: z.union([z.iso.datetime({ offset: true }), z.iso.date()]).optional(),
  kind: ChangeKind,
  title: lineOf(200),
  url: z
    .url({ protocol: /^https?$/ })
    .max(2_000)
    .pipe(Mark)
    .optional(),
  /** Whom it reached: app version, platform, country, … */
  dimensions: Dimensions.default({}),
  /** Share of people it reached, 0 to 1: a staged release, a flag. */
  share: z.number().min(0).max(1).optional(),
});
export type NewChange = z.infer<typeof NewChange>;

export const ChangeView = z.object({
  id: z.uuid(),
  externalId: z.string().nullable(),
  at: z.iso.datetime(),
  until: z.iso.datetime().nullable(),
  kind: ChangeKind,
  title: z.string(),
  url: z.string().nullable(),
  dimensions: z.record(z.string(), z.string()),
  share: z.number().nullable(),
  /** A person's name, or the name of a token. */
  by: z.string(),
  withdrawnAt: z.iso.datetime().nullable(),
});
export type ChangeView = z.infer<typeof ChangeView>;

export const CHANGES_PER_REQUEST = 1_000;

export const sendChanges = {
  method: 'POST',
  path: '/api/changes',
  right: 'background.send',
  query: z.object({ compartment: Compartment }),
  body: z.union([z.record(z.string(), z.unknown()), z.array(z.unknown()).min(1).max(CHANGES_PER_REQUEST)], {
    error: 'send one change as an object, or 1 to 1,000 of them as an array',
  }),
  reply: Sent,
} as const satisfies Endpoint;

/** CSV: `at`, `kind`, `title`, and optionally `id`, `until`, `url`, `share`; every other column is a dimension. */
export const uploadChanges = {
  method: 'POST',
  path: '/api/changes/file',
  right: 'background.send',
  query: z.object({ compartment: Compartment, fileName: z.string().min(1).max(255) }),
  body: 'bytes',
  reply: Sent,
} as const satisfies Endpoint;

export const listChanges = {
  method: 'GET',
  path: '/api/changes',
  right: 'signal.read',
  query: z.object({
    compartment: Compartment,
    from: Instant.optional(),
    to: Instant.optional(),
    kind: ChangeKind.optional(),
    q: Words.max(200).optional(),
    after: z.string().max(200).optional(),
    limit: z.coerce.number().int().min(1).max(200).default(50),
  }),
  reply: z.object({
    changes: z.array(ChangeView),
    next: z.string().nullable(),
    can: z.array(z.enum(['send', 'withdraw'])),
  }),
} as const satisfies Endpoint;

/** A change that never happened. It stays in the record and counts no more. */
export const withdrawChange = {
  method: 'DELETE',
  path: '/api/changes/:id',
  right: 'import.run',
  params: z.object({ id: z.uuid() }),
  reply: ChangeView,
} as const satisfies Endpoint;
