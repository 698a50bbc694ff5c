/** The lists that leave as files beside issues, signals, changes and values: each with the right and the filters of its screen. */

import { z } from 'zod';
import { listTokens } from './access.ts';
import { readActiveUsers } from './background.ts';
import { listConnectors } from './connectors.ts';
import { listCopyGroups } from './copies.ts';
import { listDimensions } from './dimensions.ts';
import type { Endpoint } from './endpoint.ts';
import { FileForm } from './exports.ts';
import { listImports } from './imports.ts';
import { readIssue } from './issues.ts';
import { listInvitations, listPeople, listRoles, listTeams } from './people.ts';
import { QUERY_MAX } from './search.ts';
import { listSources } from './signals.ts';
import { readTriage } from './triage.ts';
import { Words } from './words.ts';

const Plain = z.object(FileForm.shape);
/** Part of what the list says of a row. */
const Narrowed = z.object({ q: Words.max(200).optional(), ...FileForm.shape });

export const exportPeople = {
  method: 'GET',
  path: '/api/people/export.csv',
  right: listPeople.right,
  /** `gone`: also those who are deactivated. */
  query: Narrowed.extend({ gone: z.stringbool().default(false) }),
  reply: 'csv',
} as const satisfies Endpoint;

export const exportInvitations = {
  method: 'GET',
  path: '/api/invitations/export.csv',
  right: listInvitations.right,
  query: Plain,
  reply: 'csv',
} as const satisfies Endpoint;

export const exportTeams = {
  method: 'GET',
  path: '/api/teams/export.csv',
  right: listTeams.right,
  query: Plain,
  reply: 'csv',
} as const satisfies Endpoint;

export const exportRoles = {
  method: 'GET',
  path: '/api/roles/export.csv',
  right: listRoles.right,
  query: Plain,
  reply: 'csv',
} as const satisfies Endpoint;

/** Nothing of the tokens themselves: not even the first letters that the screen shows. */
export const exportTokens = {
  method: 'GET',
  path: '/api/tokens/export.csv',
  right: listTokens.right,
  query: Plain,
  reply: 'csv',
} as const satisfies Endpoint;

export const exportImports = {
  method: 'GET',
  path: '/api/imports/export.csv',
  right: listImports.right,
  query: Narrowed,
  reply: 'csv',
} as const satisfies Endpoint;

export const exportSources = {
  method: 'GET',
  path: '/api/sources/export.csv',
  right: listSources.right,
  query: Narrowed,
  reply: 'csv',
} as const satisfies Endpoint;

/** Neither their secrets nor their settings, which may name hosts and mailboxes. */
export const exportConnectors = {
  method: 'GET',
  path: '/api/connectors/export.csv',
  right: listConnectors.right,
  query: Plain,
  reply: 'csv',
} as const satisfies Endpoint;

/** The first text of each group stands in it unless it is covered. */
export const exportCopies = {
  method: 'GET',
  path: '/api/copies/export.csv',
  right: listCopyGroups.right,
  query: listCopyGroups.query.omit({ after: true, limit: true }).extend(FileForm.shape),
  reply: 'csv',
} as const satisfies Endpoint;

export const exportDimensions = {
  method: 'GET',
  /** Not below `/api/dimensions/`, where the names of dimensions stand. */
  path: '/api/exports/dimensions.csv',
  right: listDimensions.right,
  query: listDimensions.query.extend({ q: Words.max(200).optional(), ...FileForm.shape }),
  reply: 'csv',
} as const satisfies Endpoint;

export const exportActiveUsers = {
  method: 'GET',
  path: '/api/active-users/export.csv',
  right: readActiveUsers.right,
  query: readActiveUsers.query.extend(FileForm.shape),
  reply: 'csv',
} as const satisfies Endpoint;

/** Topics that a search finds, the best first. */
export const exportTopics = {
  method: 'GET',
  path: '/api/search/topics/export.csv',
  right: 'issue.read',
  query: z.object({ q: Words.max(QUERY_MAX), ...FileForm.shape }),
  reply: 'csv',
} as const satisfies Endpoint;

/** What was said of one issue, oldest first. */
export const exportComments = {
  method: 'GET',
  path: '/api/issues/:id/comments/export.csv',
  right: readTriage.right,
  params: readTriage.params,
  query: Plain,
  reply: 'csv',
} as const satisfies Endpoint;

/** What happened to one issue, oldest first. */
export const exportHistory = {
  method: 'GET',
  path: '/api/issues/:id/history/export.csv',
  right: readIssue.right,
  params: readIssue.params,
  query: Plain,
  reply: 'csv',
} as const satisfies Endpoint;

/** My own exports. */
export const exportExports = {
  method: 'GET',
  path: '/api/exports/export.csv',
  right: 'signed_in',
  query: Plain,
  reply: 'csv',
} as const satisfies Endpoint;
