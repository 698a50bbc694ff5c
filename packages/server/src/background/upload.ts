/** A CSV file of the background: read as it comes, in portions that one transaction takes. */
import type { Readable } from 'node:stream';
import { Refusal, type Sent } from '@groundswell/contract';
import { type Cells, type RowOrFault, readCsv, SNIFF_BYTES, sniff, Unreadable, unpack } from '@groundswell/formats';
import { addUp, type IncomingRow, nothingBut } from './judged.ts';

/** Years of days in thousands of slices are some ten megabytes. */
const BYTES_MAX = 200 * 1024 * 1024;
const ROWS_PER_PORTION = 2_000;

interface Portion {
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

/** Each portion is kept by itself: what was taken before a mistake in the file stays, and sending it again adds nothing twice. */
export async function takeUpload(
  { body, fileName, asRow }: Upload,
  take: (rows: readonly IncomingRow[]) => Promise<Sent>,
): Promise<Sent> {
  let sum = nothingBut([]);
  for await (const { rows, faults } of portionsOf(body, fileName, asRow)) {
    sum = addUp([sum, nothingBut(faults), await take(rows)]); // at once: millions of bad rows keep a thousand reasons
  }
  return sum;
}

/** `asRow` makes of the cells of a row what a sender of JSON would have given. Refuses what is no CSV in words. */
async function* portionsOf(
  body: Readable,
  fileName: string,
  asRow: (cells: Cells) => unknown,
): AsyncGenerator<Portion> {
  const { head, all } = await opened(body);
  let portion: RowOrFault[] = [];
  try {
    const form = sniff(head, fileName);
    if (form.format !== 'csv' && form.format !== 'tsv') {
      throw new Unreadable('This is no CSV file. Export it as CSV with a header, or send it as JSON.');
    }
    for await (const row of readCsv(bounded(unpack(all, form)), form)) {
      portion.push(row);
      if (portion.length < ROWS_PER_PORTION) continue;
      yield portionOf(portion, asRow);
      portion = [];
    }
  } catch (error) {
    body.resume(); // whoever is cut off while sending never hears why
    throw error instanceof Unreadable ? new Refusal('import.not_readable', error.message) : error;
  }
  if (portion.length > 0) yield portionOf(portion, asRow);
}

const portionOf = (rows: readonly RowOrFault[], asRow: (cells: Cells) => unknown): Portion => ({
  rows: rows.flatMap((one) => (one.kind === 'row' ? [{ row: one.row, value: asRow(one.cells) }] : [])),
  faults: rows.flatMap((one) => (one.kind === 'fault' ? [{ row: one.row, id: null, reason: one.reason }] : [])),
});

async function opened(body: Readable) {
  const chunks: AsyncIterator<Uint8Array> = body.iterator({ destroyOnReturn: false });
  const first: Uint8Array[] = [];
  let length = 0;
  while (length < SNIFF_BYTES) {
    const next = await chunks.next();
    if (next.done) break;
    first.push(next.value);
    length += next.value.length;
  }
  return { head: Buffer.concat(first), all: inOrder(first, chunks) };
}

async function* inOrder(first: readonly Uint8Array[], rest: AsyncIterator<Uint8Array>): AsyncGenerator<Uint8Array> {
  yield* first;
  for (let next = await rest.next(); !next.done; next = await rest.next()) yield next.value;
}

/** Of what is read: a packed file is as large as what is in it. */
async function* bounded(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  let bytes = 0;
  for await (const chunk of chunks) {
    bytes += chunk.length;
    if (bytes > BYTES_MAX) {
      throw new Refusal(
        'request.too_large',
        'The file holds more than 200 MB. What came before was kept. Send it in parts.',
      );
    }
    yield chunk;
  }
}
