/** What somebody must know: one live message for each cause, told again in place until it is read. */
import { z } from 'zod';
import { ClockMetric } from './case-clocks.ts';
import { Priority } from './cases-words.ts';
import type { Endpoint } from './endpoint.ts';

export const NOTICE_KINDS = [
  /** A case was given to me by somebody else. */
  'case_assigned',
  /** A case that was mine is somebody else's now, or nobody's. */
  'case_handed',
  /** Three quarters, or nine tenths, of the time promised are over. */
  'clock_warned',
  'clock_breached',
  'mention',
  'partner_answered',
  'requester_answered',
] as const;
export const NoticeKind = z.enum(NOTICE_KINDS);
export type NoticeKind = z.infer<typeof NoticeKind>;

export const NOTICE_SUBJECTS = ['case', 'issue'] as const;
export const NoticeSubject = z.enum(NOTICE_SUBJECTS);
export type NoticeSubject = z.infer<typeof NoticeSubject>;

/** Codes and times, and never a word of a signal, a message or a note. */
export const NoticeFacts = z.object({
  priority: Priority.optional(),
  metric: ClockMetric.optional(),
  /** Of the time promised: 0.9 is nine tenths. */
  share: z.number().optional(),
  /** When the mark was reached. */
  reached: z.iso.datetime().optional(),
});
export type NoticeFacts = z.infer<typeof NoticeFacts>;

export const Notice = z.object({
  id: z.uuid(),
  kind: NoticeKind,
  /** `ref` is what people call it: `GS-2026-00042`. */
  subject: z.object({ kind: NoticeSubject, id: z.uuid(), ref: z.string() }),
  facts: NoticeFacts,
  /** When this cause was told first, and last; how often. */
  firstAt: z.iso.datetime(),
  at: z.iso.datetime(),
  times: z.int(),
  readAt: z.iso.datetime().nullable(),
});
export type Notice = z.infer<typeof Notice>;

export const NOTICES_LISTED = 100;

/** Mine, the latest first; of a sample while one is inside it, else of the house. */
export const listNotices = {
  method: 'GET',
  path: '/api/notices',
  right: 'signed_in',
  query: z.object({
    unread: z.stringbool().default(false),
    /** What the page before answered as `next`. */
    after: z.string().max(100).optional(),
  }),
  reply: z.object({
    notices: z.array(Notice),
    /** All of mine that are not read, on whatever page. */
    unread: z.int(),
    next: z.string().nullable(),
  }),
} as const satisfies Endpoint;

export const countNotices = {
  method: 'GET',
  path: '/api/notices/count',
  right: 'signed_in',
  reply: z.object({ unread: z.int() }),
} as const satisfies Endpoint;

/** Read, or unread again. */
export const readNotice = {
  method: 'PUT',
  path: '/api/notices/:id/read',
  right: 'signed_in',
  params: z.object({ id: z.uuid() }),
  body: z.object({ read: z.boolean() }),
  reply: Notice,
} as const satisfies Endpoint;

/** All that were told until then, so that what comes in between is not read unseen. */
export const readNotices = {
  method: 'POST',
  path: '/api/notices/read',
  right: 'signed_in',
  body: z.object({ until: z.iso.datetime() }),
  reply: z.object({ read: z.int() }),
} as const satisfies Endpoint;
