/** The file of an import: what it is, what its first rows look like, and its rows from any place on. */
import { createReadStream } from 'node:fs';
import type { Readable } from 'node:stream';
import { Refusal } from '@groundswell/contract';
import {
  type Cells,
  type Form,
  knownExport,
  momentOrder,
  type RowOrFault,
  readCsv,
  readHeader,
  readJsonl,
  SNIFF_BYTES,
  sniff,
  suggestMapping,
  Unreadable,
  unpack,
} from '@groundswell/formats';
import type { Files } from '../platform/files.ts';
import { cleanText, type Orders } from '../signals/index.ts';
import type { Import, Preview } from './import.ts';
import { isMended, withoutOwn } from './import-mapping.ts';

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

export const asRefusal = (error: unknown): unknown =>
  error instanceof Unreadable ? new Refusal('import.not_readable', error.message) : error;

/** What is read row by row: the file, or the rows of a workbook, written out. */
export interface Content {
  readonly path: string;
  readonly form: Form;
  /** In the order of the file; none before they are known. */
  readonly columns: readonly string[];
}

/** As `unpackWorkbook` writes a sheet. */
const SHEET: Form = { format: 'jsonl', delimiter: '', encoding: 'utf-8', lineEnd: '\n', packed: null };

/** How the content is read of a file that has this form. */
export const readAs = (form: Form): Form => (form.format === 'xlsx' ? SHEET : form);

export const contentOf = (files: Files, { fileSha256, rowsSha256, preview }: Import): Content => ({
  path: files.path(rowsSha256 ?? fileSha256),
  form: readAs(preview.form),
  columns: preview.columns,
});

/** So many rows are asked which of day and month stands first, so many what the columns are; so many are shown. */
const ROWS_ASKED = 5_000;
const ROWS_GUESSED_FROM = 500;
const ROWS_SHOWN = 20;
const SHOWN_CHARACTERS = 300;
const COLUMNS_MAX = 500;
/** A file that holds nothing for so long is not searched further while its sender waits. */
const BYTES_ASKED = 16 * 1024 ** 2;

export async function previewOf(content: Content, form: Form): Promise<Preview> {
  const { rows, why } = await firstRows(content, ROWS_ASKED);
  if (rows.length === 0) {
    throw new Refusal('import.not_readable', `The file has no rows that can be read. ${why}`);
  }
  const columns = (await columnsOf(content, rows)).slice(0, COLUMNS_MAX);
  return {
    form,
    columns,
    suggested: withoutOwn(columns, suggestMapping(columns, rows.slice(0, ROWS_GUESSED_FROM))),
    knownExport: knownExport(columns),
    orders: ordersOf(columns, rows),
    mended: isMended(columns),
  };
}

/** For columns of dates in which the one could be taken for the other; where nothing settles it, each row is judged alone. */
function ordersOf(columns: readonly string[], rows: readonly Cells[]): Orders {
  const found = columns.map((column) => [column, momentOrder(rows.map((cells) => cells[column]))] as const);
  return Object.fromEntries(
    found.flatMap(([column, order]) => (order === 'dmy' || order === 'mdy' ? [[column, order]] : [])),
  );
}

/** The first rows, each value as text: out of the file itself, so that they are gone when it is. */
export async function sampleOf(files: Files, one: Import): Promise<Record<string, string>[]> {
  if (one.fileGone) return [];
  const { rows } = await firstRows(contentOf(files, one), ROWS_SHOWN).catch(() => ({ rows: [] })); // said at the start
  return rows.map((cells) => shownRow(cells, one.preview.columns));
}

/** Those before a mistake in the file are rows all the same; the mistake is met again when it is imported. */
async function firstRows(content: Content, max: number): Promise<{ rows: Cells[]; why: string }> {
  const rows: Cells[] = [];
  let why = '';
  let looked = 0;
  try {
    for await (const row of rowsOf(content, { bytesMax: BYTES_ASKED }).rows) {
      if (row.kind === 'row') rows.push(row.cells);
      else why ||= `Row ${row.row}: ${row.reason}`;
      if (++looked >= max) break;
    }
  } catch (error) {
    if (!(error instanceof Unreadable)) throw error;
    why ||= error.message;
  }
  return { rows, why: why || 'There is a header and nothing below it.' };
}

async function columnsOf({ path, form }: Content, rows: readonly Cells[]): Promise<string[]> {
  if (form.format === 'jsonl') return [...new Set(rows.flatMap((cells) => Object.keys(cells)))];
  return readHeader(unpack(createReadStream(path), form), form); // in the order of the file: an object's keys may stand in another
}

function shownRow(cells: Cells, columns: readonly string[]): Record<string, string> {
  const shown = columns.filter((name) => cells[name] !== undefined && cells[name] !== null);
  return Object.fromEntries(shown.map((name) => [name, cleanText(String(cells[name]).slice(0, SHOWN_CHARACTERS))]));
}

export interface Place {
  readonly bytesRead: number;
  readonly lastRow: number;
}

export interface RowSource {
  readonly rows: AsyncIterable<RowOrFault>;
  /** Bytes of the file itself that were taken from the disk. */
  bytesTaken(): number;
  /** Lets go of the file at once, also in the middle of a row. */
  close(): void;
}

export interface ReadingLimits {
  /** Of the content: what lies behind is not looked at. */
  readonly bytesMax?: number;
  /** Sees the bytes of the content as they pass. */
  readonly watch?: (bytes: Uint8Array) => void;
}

/** The rows behind `place`. Of a packed file all before it is unpacked again and dropped. */
export function rowsOf(
  { path, form, columns }: Content,
  { bytesMax = Number.POSITIVE_INFINITY, watch }: ReadingLimits = {},
  { bytesRead: fromByte, lastRow: fromRow }: Place = { bytesRead: 0, lastRow: 0 },
): RowSource {
  const start = form.packed ? 0 : fromByte;
  const file = createReadStream(path, { start });
  const bytes = passing(unpack(file, form, { fromByte }), bytesMax, watch);
  const place = { ...form, fromByte, fromRow };
  const rows =
    form.format === 'jsonl' ? readJsonl(bytes, place) : readCsv(bytes, { ...place, ...(fromByte > 0 && { columns }) });
  return { rows, bytesTaken: () => start + file.bytesRead, close: () => void file.destroy() };
}

async function* passing(
  bytes: AsyncIterable<Uint8Array>,
  most: number,
  watch: ((bytes: Uint8Array) => void) | undefined,
): AsyncGenerator<Uint8Array> {
  let passed = 0;
  for await (const chunk of bytes) {
    watch?.(chunk);
    yield chunk;
    passed += chunk.length;
    if (passed >= most) return;
  }
}
