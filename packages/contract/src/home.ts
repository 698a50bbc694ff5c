/** Home: what is new and what needs me, in one answer. */
import { z } from 'zod';
import type { Endpoint } from './endpoint.ts';
import { HistoryLine, IssueRow } from './issues.ts';
import { MentionOfMe } from './triage.ts';
import { WatchTold } from './views.ts';

export const readHome = {
  method: 'GET',
  path: '/api/home',
  right: 'signed_in',
  reply: z.object({
    /** Suspected issues that nobody has decided yet: live ones first, then newest. */
    emerging: z.array(IssueRow),
    emergingTotal: z.int(),
    /** Confirmed and later, still open. */
    working: z.array(IssueRow),
    /** Signals received in the last 24 hours and the 24 before, and in all. */
    signals: z.object({
      today: z.int(),
      yesterday: z.int(),
      total: z.int(),
      lastReceivedAt: z.iso.datetime().nullable(),
    }),
    sources: z.int(),
    imports: z.object({ running: z.int(), failed: z.int() }),
    /** What is said to this reader in particular, of the last seven days: where they are named, and what their watches found. */
    forMe: z.object({ mentions: z.array(MentionOfMe), watches: z.array(WatchTold) }),
    /** What happened to issues since this person was last here, newest first. */
    since: z.object({
      from: z.iso.datetime().nullable(),
      lines: z.array(HistoryLine.extend({ issueKey: z.string(), issueTitle: z.string() })),
    }),
  }),
} as const satisfies Endpoint;
