/** Signals as a stream of lines: any number of them, in flat memory, and resumable. */
import { z } from 'zod';
import type { Endpoint } from './endpoint.ts';
import { RefusedRow } from './signals.ts';

/** The request header that names a batch. The same name again is the same batch: it goes on, or answers again. */
export const IDEMPOTENCY_KEY = 'idempotency-key';
export const BatchKey = z.string().regex(/^[\x21-\x7e]{1,200}$/, 'is not 1 to 200 visible ASCII characters');

/**
 * One line of the answer: while the stream runs a `progress` now and then, so that a patient connection is not taken for
 * dead; at its end the refused rows, then the summary, which is the last line.
 * @example
 * {"progress":{"key":"nightly","rows":120000,"refused":3,"bytes":57301200}}
 */
export const BatchLine = z.union([
  RefusedRow,
  z.object({
    /** What is kept so far: go on behind these bytes if the connection breaks now. */
    progress: z.object({ key: z.string(), rows: z.int(), refused: z.int(), bytes: z.int() }),
  }),
  z.object({
    summary: z.object({
      key: z.string(),
      rows: z.int(),
      added: z.int(),
      revised: z.int(),
      unchanged: z.int(),
      refused: z.int(),
      /** Unpacked bytes up to the end of the last line that was kept: where the rest begins. */
      bytes: z.int(),
      /** False when the stream broke off: send the rest with the same key. */
      finished: z.boolean(),
      /** Why it broke off, in words. */
      problem: z.string().optional(),
    }),
  }),
]);
export type BatchLine = z.infer<typeof BatchLine>;

/**
 * NDJSON: one `NewSignal` per line, without an end. Rows are kept as they come; when the summary is read, what it counts
 * is on disk. A body packed with gzip says so in `content-encoding`. A request without a key is given one: it stands in
 * the head of the answer, which comes as soon as rows are taken.
 *
 * The same key again goes on: with `fromByte` where the batch was left, or with the whole stream, of which the known part
 * is compared and passed over. A finished batch answers again as it did; its body may be left empty then.
 */
export const sendBatch = {
  method: 'POST',
  path: '/api/signals/batch',
  right: 'signal.send',
  query: z.object({
    source: z.uuid().optional(),
    /** Continue: the body begins at this byte of the whole stream, as `readBatch` tells it (unpacked bytes). */
    fromByte: z.coerce.number().int().min(0).default(0),
  }),
  body: 'bytes',
  reply: 'ndjson',
} as const satisfies Endpoint;

/** So long after its last sign of life a batch is known by its key, finished or not. */
export const BATCH_KEPT_DAYS = 30;

export const BatchView = z.object({
  key: z.string(),
  state: z.enum(['open', 'finished']),
  /** True while a request is at work on it: another one is refused as `batch.busy`. */
  atWork: z.boolean(),
  /** How far it was kept: go on with this byte. */
  bytes: z.int(),
  rows: z.int(),
  added: z.int(),
  revised: z.int(),
  unchanged: z.int(),
  refused: z.int(),
  startedAt: z.iso.datetime(),
  lastRowAt: z.iso.datetime().nullable(),
});
export type BatchView = z.infer<typeof BatchView>;

/**
 * How far a batch has come: for a sender that was cut off. Told for 30 days after the batch was finished or last heard of;
 * then its key and the list of what was refused are let go, and the signals stay. The same key begins a new batch then; of
 * rows that are kept already nothing is added twice.
 */
export const readBatch = {
  method: 'GET',
  path: '/api/signals/batch/:key',
  right: 'signal.send',
  params: z.object({ key: BatchKey }),
  query: z.object({ source: z.uuid().optional() }),
  reply: BatchView,
} as const satisfies Endpoint;
