/** The list of issues as a file. */

import { exportIssues } from '@groundswell/contract';
import type { z } from 'zod';
import { namesOf } from '../access/index.ts';
import type { Listing, Row } from '../exports/index.ts';
import type { Db } from '../platform/db.ts';
import { askIssues, gravesFor } from './issue.facets.ts';
import { keyOf } from './issue.key.ts';
import { countListed, type IssueQuery, listPage, type Position, positionOf } from './issue.list.store.ts';
import { type Stand, standsOf } from './issue.stand.ts';
import { titleOf } from './issue.ts';
import { type Grave, severitiesOf } from './severity.view.ts';

const ROWS_AT_ONCE = 1_000;

const COLUMNS = [
  'key',
  'title',
  'state',
  'severity',
  'severity_by',
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
  read(query, _actor, at) {
    const meant = query as z.output<typeof exportIssues.query>;
    return {
      count: async (db, limit) => countListed(db, await filterFor(db, meant, at), limit),
      async page(db, after) {
        const asked = { ...(await filterFor(db, meant, at)), limit: ROWS_AT_ONCE };
        const found = await listPage(db, asked, after as Position | null);
        const issues = found.slice(0, ROWS_AT_ONCE);
        const stands = await standsOf(db, issues, at);
        const severities = await severitiesOf(db, stands);
        const names = await namesOf(
          db,
          issues.flatMap(({ ownerId }) => ownerId ?? []),
        );
        const rows = stands.map((stand, i) => rowOf(stand, severities[i]!, names));
        const last = found.length > ROWS_AT_ONCE ? issues.at(-1) : undefined;
        return { rows, next: last ? positionOf(last, meant.sort, asked.graves) : null };
      },
    };
  },
};

async function filterFor(db: Db, query: z.output<typeof exportIssues.query>, at: Date) {
  const graves = await gravesFor(db, query, at);
  const asked = await askIssues(db, query.q, graves && { graves });
  return { ...query, limit: ROWS_AT_ONCE, asked, graves } satisfies IssueQuery & { asked?: unknown; graves?: unknown };
}

const rowOf = ({ issue, alert }: Stand, { is, said }: Grave, names: ReadonlyMap<string, string>): Row => [
  keyOf(issue),
  titleOf(issue),
  issue.state,
  `S${is}`,
  said ? 'person' : 'table',
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
