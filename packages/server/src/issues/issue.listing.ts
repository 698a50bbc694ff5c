/** The list of issues as a file. */
import { exportIssues } from '@groundswell/contract';
import type { z } from 'zod';
import { namesOf } from '../access/index.ts';
import type { Listing, Row } from '../exports/index.ts';
import type { Db } from '../platform/db.ts';
import { type Alert, loadAlerts } from '../topics/index.ts';
import { askIssues } from './issue.facets.ts';
import { keyOf } from './issue.key.ts';
import { countListed, type IssueQuery, listPage, type Position, positionOf } from './issue.list.store.ts';
import type { Issue } from './issue.ts';
import { titleOf } from './issue.view.ts';

const ROWS_AT_ONCE = 1_000;

const COLUMNS = [
  'key',
  'title',
  'state',
  'dismiss_reason',
  'found',
  'pattern',
  'signals',
  'people',
  'observed',
  'expected',
  'times_expected',
  'onset_at',
  'noticed_at',
  'changed_at',
  'owner',
  'compartment',
  'id',
] as const;

export const issueListing: Listing = {
  list: 'issues',
  endpoint: exportIssues,
  columns: COLUMNS,
  read(query) {
    const meant = query as z.output<typeof exportIssues.query>;
    return {
      count: async (db, limit) => countListed(db, await filterFor(db, meant), limit),
      async page(db, after) {
        const asked = { ...(await filterFor(db, meant)), limit: ROWS_AT_ONCE };
        const found = await listPage(db, asked, after as Position | null);
        const issues = found.slice(0, ROWS_AT_ONCE);
        const alerts = await loadAlerts(
          db,
          issues.map(({ alertId }) => alertId),
        );
        const names = await namesOf(
          db,
          issues.flatMap(({ ownerId }) => ownerId ?? []),
        );
        const rows = issues.map((issue) => rowOf(issue, alerts.get(issue.alertId)!, names));
        const last = found.length > ROWS_AT_ONCE ? issues.at(-1) : undefined;
        return { rows, next: last ? positionOf(last, meant.sort) : null };
      },
    };
  },
};

async function filterFor(db: Db, query: z.output<typeof exportIssues.query>) {
  return { ...query, limit: ROWS_AT_ONCE, asked: await askIssues(db, query.q) } satisfies IssueQuery & {
    asked?: unknown;
  };
}

const rowOf = (issue: Issue, alert: Alert, names: ReadonlyMap<string, string>): Row => [
  keyOf(issue),
  titleOf(issue),
  issue.state,
  issue.dismissReason,
  issue.historical ? 'history' : 'live',
  alert.pattern,
  issue.signals,
  issue.people,
  issue.observed,
  issue.expected,
  issue.ratio,
  issue.onsetAt,
  issue.noticedAt,
  issue.changedAt,
  issue.ownerId === null ? null : (names.get(issue.ownerId) ?? null),
  issue.compartment,
  issue.id,
];
