/** What was said of one issue and what happened to it, as files. */
import { EXPORT_ROWS_MAX, exportComments, exportHistory } from '@groundswell/contract';
import { several, wholeListing } from '../exports/index.ts';
import type { Db } from '../platform/db.ts';
import { commentsOf } from './comment.store.ts';
import { historyOf } from './issue.detail.ts';
import { keyOf } from './issue.key.ts';
import { loadIssue } from './issue.store.ts';
import { viewComments } from './triage.view.ts';

/** By key or id, as the page of the issue takes it. */
const issueOf = (db: Db, query: Readonly<Record<string, unknown>>) => loadIssue(db, String(query.id));

export const commentListing = wholeListing({
  list: 'comments',
  endpoint: exportComments,
  columns: ['issue', 'at', 'by', 'text', 'deleted', 'edited_at', 'mentions', 'id'],
  async rows(db, query, { actor, at }) {
    const issue = await issueOf(db, query);
    const said = await viewComments(db, actor, await commentsOf(db, issue.id, EXPORT_ROWS_MAX + 1), at);
    return said.map((one) => {
      const mentions = several(one.mentions.map(({ name }) => name));
      const row = [keyOf(issue), one.at, one.author.name, one.text, one.text === null, one.editedAt, mentions, one.id];
      return { compartment: issue.compartment, row };
    });
  },
});

/** `details` holds ids and codes, as JSON. */
export const historyListing = wholeListing({
  list: 'history',
  endpoint: exportHistory,
  columns: ['issue', 'at', 'by', 'event', 'details', 'id'],
  async rows(db, query) {
    const issue = await issueOf(db, query);
    const lines = await historyOf(db, issue, EXPORT_ROWS_MAX + 1);
    return lines.map(({ id, at, actor, name, payload }) => {
      return { compartment: issue.compartment, row: [keyOf(issue), at, actor, name, JSON.stringify(payload), id] };
    });
  },
});
