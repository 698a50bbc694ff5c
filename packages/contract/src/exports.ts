/** Lists that leave the house as files: small ones at once, large ones written in the background and kept for a day. */
import { z } from 'zod';
import { listChanges } from './background.ts';
import { readDimension } from './dimensions.ts';
import type { Endpoint } from './endpoint.ts';
import { IssueFilter, listIssues } from './issues.ts';
import { SignalFilter } from './signals.ts';

/** Lists up to so many rows are answered as a file; longer ones are written in the background. */
export const EXPORT_ROWS_AT_ONCE = 5_000;
export const EXPORT_ROWS_MAX = 1_000_000;
/** A file that was written in the background can be downloaded for so long. */
export const EXPORT_HOURS = 24;
/** Exports of one person that may be under way at the same time. */
export const EXPORTS_AT_ONCE = 3;

export const EXPORT_LISTS = [
  'issues',
  'cases',
  'signals',
  'changes',
  'values',
  'topics',
  'comments',
  'history',
  'people',
  'invitations',
  'teams',
  'roles',
  'tokens',
  'imports',
  'sources',
  'connectors',
  'copies',
  'dimensions',
  'active_users',
  'exports',
] as const;
export const ExportList = z.enum(EXPORT_LISTS);
export type ExportList = z.infer<typeof ExportList>;

/** What everybody may say of a file, whatever the list. */
export const FileForm = z.object({
  /** With the mark by which Excel knows UTF-8. */
  bom: z.stringbool().default(true),
});

export const exportIssues = {
  method: 'GET',
  path: '/api/issues/export.csv',
  right: 'issue.read',
  query: IssueFilter.extend({
    sort: listIssues.query.shape.sort,
    order: listIssues.query.shape.order,
    ...FileForm.shape,
  }),
  reply: 'csv',
} as const satisfies Endpoint;

export const exportSignals = {
  method: 'GET',
  path: '/api/signals/export.csv',
  right: 'signal.read',
  query: SignalFilter.extend({
    sort: z.enum(['newest', 'oldest']).default('newest'),
    /** With the texts of X2 and above; needs the right `signal.export_covered`. */
    covered: z.stringbool().default(false),
    ...FileForm.shape,
  }),
  reply: 'csv',
} as const satisfies Endpoint;

export const exportChanges = {
  method: 'GET',
  path: '/api/changes/export.csv',
  right: 'signal.read',
  query: listChanges.query.omit({ after: true, limit: true }).extend(FileForm.shape),
  reply: 'csv',
} as const satisfies Endpoint;

/** The values of one dimension. */
export const exportValues = {
  method: 'GET',
  path: '/api/dimensions/:name/export.csv',
  right: 'signal.read',
  params: readDimension.params,
  query: readDimension.query.omit({ offset: true, limit: true }).extend(FileForm.shape),
  reply: 'csv',
} as const satisfies Endpoint;

export const ExportView = z.object({
  id: z.uuid(),
  list: ExportList,
  state: z.enum(['waiting', 'running', 'ready', 'failed']),
  /** Written so far, and counted when it was asked for. */
  rows: z.int(),
  total: z.int(),
  bytes: z.int().nullable(),
  covered: z.boolean(),
  /** Why it failed, in words that say what to do. */
  problem: z.string().nullable(),
  createdAt: z.iso.datetime(),
  finishedAt: z.iso.datetime().nullable(),
  /** From then on the file is gone. */
  expiresAt: z.iso.datetime(),
  can: z.array(z.enum(['download'])),
});
export type ExportView = z.infer<typeof ExportView>;

const QueryWord = z.string().max(500);

/** The query is said as in the address of the list, what stands in its path included: `name` of a dimension, `id` of an issue. */
export const startExport = {
  method: 'POST',
  path: '/api/exports',
  right: 'signed_in',
  body: z.object({
    list: ExportList,
    query: z.record(z.string().max(40), z.union([QueryWord, z.array(QueryWord).max(20)])).default({}),
  }),
  reply: ExportView,
} as const satisfies Endpoint;

/** My own, newest first, as long as they are kept. */
export const listExports = {
  method: 'GET',
  path: '/api/exports',
  right: 'signed_in',
  reply: z.object({ exports: z.array(ExportView) }),
} as const satisfies Endpoint;

const ById = z.object({ id: z.uuid() });

export const readExport = {
  method: 'GET',
  path: '/api/exports/:id',
  right: 'signed_in',
  params: ById,
  reply: ExportView,
} as const satisfies Endpoint;

export const downloadExport = {
  method: 'GET',
  path: '/api/exports/:id/file.csv',
  right: 'signed_in',
  params: ById,
  reply: 'csv',
} as const satisfies Endpoint;

/** Stops it if it is under way; nobody gets the file any more, and it is deleted soon after. */
export const removeExport = {
  method: 'DELETE',
  path: '/api/exports/:id',
  right: 'signed_in',
  params: ById,
  reply: z.object({ removed: z.boolean() }),
} as const satisfies Endpoint;
