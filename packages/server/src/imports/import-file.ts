/** The file of an import: what it is, what its first rows look like, and its rows from any place on. */
import { createReadStream } from 'node:fs';
import type { Readable } from 'node:stream';
import { Refusal } from '@groundswell/contract';
import {
  type Cells,
  type Form,
  type RowOrFault,
  readCsv,
  readHeader,
  readJsonl,
  SNIFF_BYTES,
  sniff,
  suggestMapping,
  Unreadable,
} from '@groundswell/formats';
import type { Files } from '../platform/files.ts';
import { cleanText } from '../signals/index.ts';
import type { Import, Preview } from './import.ts';

/** A body whose first bytes have been looked at, and which can still be read from its beginning. */
export interface Opened {
  readonly form: Form;
  readonly content: AsyncIterable<Uint8Array>;
}

/**
 * Looks at what arrives before any of it is kept: what is no text is refused at its first bytes. The body is then read
 * to its end and dropped, because a sender who is cut off never hears why.
 */
export async function openUpload(body: Readable, fileName: string): Promise<Opened> {
  const chunks: AsyncIterator<Uint8Array> = body.iterator({ destroyOnReturn: false });
  const head: Uint8Array[] = [];
  let length = 0;
  while (length < SNIFF_BYTES) {
    const next = await chunks.next();
    if (next.done) break;
    head.push(next.value);
    length += next.value.length;
  }
  try {
    return { form: sniff(Buffer.concat(head), fileName), content: inOrder(head, chunks) };
  } catch (error) {
    await chunks.return?.(); // as long as somebody iterates, `resume` does nothing
    body.resume();
    throw asRefusal(error);
  }
}

async function* inOrder(head: Uint8Array[], rest: AsyncIterator<Uint8Array>): AsyncGenerator<Uint8Array> {
  try {
    yield* head;
    for (let next = await rest.next(); !next.done; next = await rest.next()) yield next.value;
  } finally {
    await rest.return?.(); // lets go of the body, so that whoever stopped half-way can drop the rest
  }
}

const asRefusal = (error: unknown): unknown =>
  error instanceof Unreadable ? new Refusal('import.not_readable', error.message) : error;

/** So many rows are asked what the columns are; so many of them are shown. */
const ROWS_ASKED = 200;
const ROWS_SHOWN = 20;
const SHOWN_CHARACTERS = 300;
const COLUMNS_MAX = 500;

export async function previewOf(files: Files, sha256: string, form: Form): Promise<Preview> {
  const rows: Cells[] = [];
  let refused: { row: number; reason: string } | null = null;
  let looked = 0;
  for await (const row of rowsOf(files, sha256, form, [], { bytesRead: 0, lastRow: 0 })) {
    if (row.kind === 'row') rows.push(row.cells);
    else refused ??= row;
    if (++looked >= ROWS_ASKED) break;
  }
  if (rows.length === 0) {
    const why = refused ? `Row ${refused.row}: ${refused.reason}` : 'There is a header and nothing below it.';
    throw new Refusal('import.not_readable', `The file has no rows that can be read. ${why}`);
  }
  const columns = (await columnsOf(files, sha256, form, rows)).slice(0, COLUMNS_MAX);
  const sample = rows.slice(0, ROWS_SHOWN).map((cells) => shownRow(cells, columns));
  return { form, columns, sample, suggested: suggestMapping(columns, rows) };
}

async function columnsOf(files: Files, sha256: string, form: Form, rows: readonly Cells[]): Promise<string[]> {
  if (form.format === 'jsonl') return [...new Set(rows.flatMap((cells) => Object.keys(cells)))];
  return readHeader(files.open(sha256), form); // in the order of the file: the keys of an object may stand in another
}

function shownRow(cells: Cells, columns: readonly string[]): Record<string, string> {
  const shown = columns.filter((name) => cells[name] !== undefined && cells[name] !== null);
  return Object.fromEntries(shown.map((name) => [name, cleanText(String(cells[name]).slice(0, SHOWN_CHARACTERS))]));
}

/** The rows that an import has not read yet. */
export const rowsLeft = (
  files: Files,
  { fileSha256, preview, bytesRead, lastRow }: Import,
): AsyncIterable<RowOrFault> => rowsOf(files, fileSha256, preview.form, preview.columns, { bytesRead, lastRow });

function rowsOf(
  files: Files,
  sha256: string,
  form: Form,
  columns: readonly string[],
  { bytesRead: fromByte, lastRow: fromRow }: { bytesRead: number; lastRow: number },
): AsyncIterable<RowOrFault> {
  const stream = createReadStream(files.path(sha256), { start: fromByte });
  const place = { ...form, fromByte, fromRow };
  if (form.format === 'jsonl') return readJsonl(stream, place);
  return readCsv(stream, { ...place, ...(fromByte > 0 && { columns }) });
}

/** Rows in chunks that fit into one transaction and into memory: rows are short as a rule and 1 MB at the worst. */
export async function* inChunks(
  rows: AsyncIterable<RowOrFault>,
  fromByte: number,
  max: { rows: number; bytes: number },
) {
  let chunk: RowOrFault[] = [];
  let from = fromByte;
  for await (const row of rows) {
    chunk.push(row);
    if (chunk.length < max.rows && row.after - from < max.bytes) continue;
    yield chunk;
    from = row.after;
    chunk = [];
  }
  if (chunk.length > 0) yield chunk;
}
