/** Imports: a file in, its rows as signals, and what became of each row. */
import { z } from 'zod';
import type { Endpoint } from './endpoint.ts';
import { RedactionClass, RefusedRow } from './signals.ts';
import { Words } from './words.ts';

export const FILE_FORMATS = ['jsonl', 'csv', 'tsv', 'xlsx'] as const;
export const FileFormat = z.enum(FILE_FORMATS);
export type FileFormat = z.infer<typeof FileFormat>;

/** The largest file that is taken by screen or API. */
export const IMPORT_BYTES_MAX = 4 * 1024 ** 3;

/** Where a column of a file goes. `dimension` keeps the column under its own name, `ignore` drops it. */
export const MAPPING_TARGETS = [
  'id',
  'ts',
  'text',
  'title',
  'author',
  'rating',
  'language',
  'updated_at',
  'creator_tier',
  'exposure',
  'dimension',
  'ignore',
] as const;
export const MappingTarget = z.enum(MAPPING_TARGETS);
export type MappingTarget = z.infer<typeof MappingTarget>;

/** Column name → target. `ts` and `text` are needed; without `id` a row is told apart by what it says. */
export const Mapping = z.record(Words, MappingTarget);
export type Mapping = z.infer<typeof Mapping>;

/** Exports whose columns are known by name; the mapping is then not a guess. */
export const KNOWN_EXPORTS = ['google_play', 'app_store', 'zendesk', 'freshdesk', 'intercom', 'coop', 'ozone'] as const;
export const KnownExport = z.enum(KNOWN_EXPORTS);
export type KnownExport = z.infer<typeof KnownExport>;

export const IMPORT_STATES = ['uploaded', 'running', 'done', 'failed', 'cancelled'] as const;
export const ImportState = z.enum(IMPORT_STATES);
export type ImportState = z.infer<typeof ImportState>;

export const ImportProgress = z.object({
  rowsRead: z.int(),
  bytesRead: z.int(),
  bytesTotal: z.int(),
  added: z.int(),
  revised: z.int(),
  unchanged: z.int(),
  refused: z.int(),
  /** Over the last seconds; null when not running. */
  rowsPerSecond: z.number().nullable(),
  secondsLeft: z.number().nullable(),
});

/** Rows mostly older than 48 h are replayed as history: sorted, on their own, nobody notified. */
export const HistoryRun = z.object({
  state: z.enum(['waiting', 'running', 'done', 'failed']),
  read: z.int(),
  total: z.int(),
  alerts: z.int(),
  issues: z.int(),
});

export const ImportView = z.object({
  id: z.uuid(),
  state: ImportState,
  fileName: z.string(),
  format: FileFormat,
  createdAt: z.iso.datetime(),
  finishedAt: z.iso.datetime().nullable(),
  sourceId: z.uuid().nullable(),
  sourceName: z.string().nullable(),
  columns: z.array(z.string()),
  /** First rows, each value as text, cut at 300 characters. Only before it is started, and not in lists. */
  sample: z.array(z.record(z.string(), z.string())),
  /** True when the file came packed with gzip. Bytes below are those of the file, not of what it unpacks to. */
  packed: z.boolean(),
  /** What the file leaves open about its letters, in words; null when nothing is. */
  doubt: z.string().nullable(),
  /** Whose export this is, when its columns say so. */
  knownExport: KnownExport.nullable(),
  /** What we think the columns are. */
  suggested: Mapping,
  mapping: Mapping.nullable(),
  progress: ImportProgress,
  /** Null for a live import, and until that is known. */
  history: HistoryRun.nullable(),
  /** Why it failed, or what it waits for while running: what was kept and what to do. */
  error: z.string().nullable(),
  /** When the file itself is let go; null when it is gone already, and while it is being imported. */
  fileKeptUntil: z.iso.datetime().nullable(),
  can: z.array(z.enum(['start', 'cancel', 'resume', 'download_refused'])),
});
export type ImportView = z.infer<typeof ImportView>;

const ImportId = z.object({ id: z.uuid() });

/** The file itself as the body. The answer is the preview. */
export const uploadImport = {
  method: 'POST',
  path: '/api/imports',
  right: 'import.run',
  query: z.object({ fileName: z.string().min(1).max(255) }),
  body: 'bytes',
  reply: ImportView,
} as const satisfies Endpoint;

export const startImport = {
  method: 'POST',
  path: '/api/imports/:id/start',
  right: 'import.run',
  params: ImportId,
  body: z.object({ sourceId: z.uuid(), mapping: Mapping }),
  reply: ImportView,
} as const satisfies Endpoint;

/** The first rows as they would be taken: nothing is kept. */
export const tryImport = {
  method: 'POST',
  path: '/api/imports/:id/try',
  right: 'import.run',
  params: ImportId,
  body: z.object({ sourceId: z.uuid(), mapping: Mapping }),
  reply: z.object({
    rows: z.int(),
    /** False when the file goes on behind the rows that were tried. */
    whole: z.boolean(),
    added: z.int(),
    revised: z.int(),
    unchanged: z.int(),
    refused: z.int(),
    /** The first of them. */
    refusedRows: z.array(RefusedRow),
    redacted: z.partialRecord(RedactionClass, z.int()),
    languages: z.array(z.object({ language: z.string().nullable(), rows: z.int() })),
    from: z.iso.datetime().nullable(),
    to: z.iso.datetime().nullable(),
    /** Rows as they would be kept, redacted. */
    sample: z.array(z.object({ row: z.int(), at: z.iso.datetime(), title: z.string().nullable(), text: z.string() })),
  }),
} as const satisfies Endpoint;

export const cancelImport = {
  method: 'POST',
  path: '/api/imports/:id/cancel',
  right: 'import.run',
  params: ImportId,
  reply: ImportView,
} as const satisfies Endpoint;
export const readImport = {
  method: 'GET',
  path: '/api/imports/:id',
  right: 'import.run',
  params: ImportId,
  reply: ImportView,
} as const satisfies Endpoint;
export const listImports = {
  method: 'GET',
  path: '/api/imports',
  right: 'import.run',
  reply: z.object({ imports: z.array(ImportView) }),
} as const satisfies Endpoint;

export const listRefusedRows = {
  method: 'GET',
  path: '/api/imports/:id/refused',
  right: 'import.run',
  params: ImportId,
  query: z.object({
    after: z.coerce.number().int().min(0).default(0),
    limit: z.coerce.number().int().min(1).max(500).default(100),
  }),
  reply: z.object({ rows: z.array(RefusedRow), next: z.int().nullable() }),
} as const satisfies Endpoint;

/** The refused rows as they stood in the file, and a last column `reason`: mend them and import the file again. */
export const downloadRefusedRows = {
  method: 'GET',
  path: '/api/imports/:id/refused.csv',
  right: 'import.run',
  params: ImportId,
  reply: 'csv',
} as const satisfies Endpoint;
