/** A CSV file of the background: written down first, then read in portions. */
import { createReadStream } from 'node:fs';
import type { Readable } from 'node:stream';
import { Refusal } from '@groundswell/contract';
import { type Cells, type RowOrFault, readCsv, SNIFF_BYTES, sniff, Unreadable, unpack } from '@groundswell/formats';
import type { Draft, Files } from '../platform/files.ts';
import type { IncomingRow } from './judged.ts';

/** Years of days in thousands of slices are some ten megabytes. */
const BYTES_MAX = 200 * 1024 * 1024;
const ROWS_PER_PORTION = 2_000;

export interface Portion {
  readonly rows: readonly IncomingRow[];
  /** Rows that are none. */
  readonly faults: readonly { readonly row: number; readonly id: null; readonly reason: string }[];
}

export interface Upload {
  readonly body: Readable;
  readonly fileName: string;
  /** What a sender of JSON would have given for these cells. */
  readonly asRow: (cells: Cells) => unknown;
}

/** `take` reads what came as far as it likes; afterwards the copy is gone. What dies here is swept with other drafts. */
export async function readUpload<T>(
  files: Files,
  upload: Upload,
  take: (portions: AsyncIterable<Portion>) => Promise<T>,
): Promise<T> {
  const draft = await received(files, upload.body);
  try {
    return await take(portionsOf(draft.path, upload));
  } catch (error) {
    if (!(error instanceof Unreadable)) throw error;
    throw new Refusal('import.not_readable', `${error.message} Nothing of the file was kept.`);
  } finally {
    await draft.drop();
  }
}

async function received(files: Files, body: Readable): Promise<Draft> {
  try {
    return await files.draft(body, { maxBytes: BYTES_MAX });
  } catch (error) {
    body.resume(); // whoever is cut off while sending never hears why
    throw error;
  }
}

/** Refuses what is no CSV in words. */
async function* portionsOf(path: string, { fileName, asRow }: Upload): AsyncGenerator<Portion> {
  const form = sniff(await headOf(path), fileName);
  if (form.format !== 'csv' && form.format !== 'tsv') {
    throw new Unreadable('This is no CSV file. Export it as CSV with a header, or send it as JSON.');
  }
  let portion: RowOrFault[] = [];
  for await (const row of readCsv(bounded(unpack(createReadStream(path), form)), form)) {
    portion.push(row);
    if (portion.length < ROWS_PER_PORTION) continue;
    yield portionOf(portion, asRow);
    portion = [];
  }
  if (portion.length > 0) yield portionOf(portion, asRow);
}

async function headOf(path: string): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of createReadStream(path, { end: SNIFF_BYTES - 1 })) chunks.push(chunk);
  return Buffer.concat(chunks);
}

const portionOf = (rows: readonly RowOrFault[], asRow: (cells: Cells) => unknown): Portion => ({
  rows: rows.flatMap((one) => (one.kind === 'row' ? [{ row: one.row, value: asRow(one.cells) }] : [])),
  faults: rows.flatMap((one) => (one.kind === 'fault' ? [{ row: one.row, id: null, reason: one.reason }] : [])),
});

/** Of what is read: a packed file is as large as what is in it. */
async function* bounded(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  let bytes = 0;
  for await (const chunk of chunks) {
    bytes += chunk.length;
    if (bytes > BYTES_MAX) {
      throw new Refusal(
        'request.too_large',
        'The file holds more than 200 MB. Nothing of it was kept. Send it in parts.',
      );
    }
    yield chunk;
  }
}
