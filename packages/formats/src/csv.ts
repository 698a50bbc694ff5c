/**
 * CSV and TSV (RFC 4180, any one-character delimiter). Fields are parsed by csv-parse; where a record ends is found
 * here, because a reader that can go on after a crash and after a wrong quotation mark has to know it beforehand.
 */
import { parse } from 'csv-parse/sync';
import type { FindEnd } from './records.ts';
import {
  type Cell,
  COLUMNS_MAX,
  faultAt,
  keepable,
  type Placed,
  placeRecords,
  type ReadOptions,
  type RowOrFault,
} from './rows.ts';

export interface CsvOptions extends ReadOptions {
  readonly delimiter: string;
  /** Names of the columns; without them the first record is the header. Needed when reading goes on from a byte. */
  readonly columns?: readonly string[];
}

/**
 * Reads CSV. A record whose quoting or number of values is wrong costs its first line and nothing else: reading goes on
 * with the next line. The header itself is not given out.
 *
 * @param stream the bytes of the file from `fromByte` on, in chunks of any size
 * @returns every record that is not blank, in order; memory is bounded by 1 MB and a chunk
 * @throws never by itself: only what the stream throws
 *
 * @example
 * for await (const row of readCsv(createReadStream(path), { encoding: 'utf-8', lineEnd: '\n', delimiter: ',' })) …
 */
export async function* readCsv(stream: AsyncIterable<Uint8Array>, options: CsvOptions): AsyncGenerator<RowOrFault> {
  let columns = options.columns;
  const findEnd = recordFinder(options.delimiter, columns?.length);
  for await (const batch of placeRecords(stream, findEnd, options)) {
    let from = 0;
    while (!columns && from < batch.length) {
      const record = batch[from++]!;
      if (record.fault === null) columns = nameColumns(parseFields([record], options.delimiter)[0] ?? []);
      else yield faultAt(record, record.fault);
    }
    if (columns) yield* rowsOf(batch.slice(from), columns, options.delimiter);
  }
}

/**
 * The names of the columns in the order of the file; none if it has no header that can be read.
 * @throws never by itself: only what the stream throws
 * @example
 * await readHeader(createReadStream(path), { encoding: 'utf-8', lineEnd: '\n', delimiter: ',' }); // ['id', 'text']
 */
export async function readHeader(stream: AsyncIterable<Uint8Array>, options: CsvOptions): Promise<string[]> {
  for await (const batch of placeRecords(stream, recordFinder(options.delimiter, undefined), options)) {
    const header = batch.find(({ fault }) => fault === null);
    if (header) return nameColumns(parseFields([header], options.delimiter)[0] ?? []);
  }
  return [];
}

/** A missing name is the place of its column, the second of a name gets a number. */
function nameColumns(header: readonly string[]): string[] {
  const names = new Set<string>();
  for (const [i, said] of header.entries()) {
    const name = keepable(said).trim() || `column ${i + 1}`;
    let unique = name;
    for (let n = 2; names.has(unique); n++) unique = `${name} (${n})`;
    names.add(unique);
  }
  return [...names];
}

function* rowsOf(batch: Placed[], columns: readonly string[], delimiter: string): Generator<RowOrFault> {
  const whole = batch.filter(({ fault }) => fault === null);
  const fields = parseFields(whole, delimiter);
  let next = 0;
  for (const record of batch) {
    if (record.fault !== null) {
      yield faultAt(record, record.fault);
      continue;
    }
    const values = fields[next++];
    if (!values) {
      yield faultAt(record, 'The row cannot be taken apart: check its quotation marks.');
      continue;
    }
    if (values.every((value) => value === '')) continue; // what spreadsheets leave below a table
    const cells: Record<string, Cell> = Object.create(null);
    for (const [i, column] of columns.entries()) cells[column] = values[i] ?? '';
    yield { kind: 'row', row: record.row, after: record.after, cells };
  }
}

/** All records in one call, which is many times faster; one by one only when the two ideas of a record differ. */
function parseFields(records: readonly Placed[], delimiter: string): (string[] | undefined)[] {
  const together = tryParse(records.map(({ text }) => text).join('\n'), delimiter);
  if (together?.length === records.length) return together;
  return records.map(({ text }) => {
    const alone = tryParse(text, delimiter);
    return alone?.length === 1 ? alone[0] : undefined;
  });
}

function tryParse(text: string, delimiter: string): string[][] | null {
  try {
    return parse(text, { delimiter, record_delimiter: '\n', relax_quotes: true, relax_column_count: true });
  } catch {
    return null;
  }
}

const NOT_CLOSED = 'A quotation mark opens in this line and is never closed. Close it, or double it inside a text.';
const AFTER_QUOTE = 'A quotation mark inside a text is not doubled, so that the row cannot be taken apart.';

/** Finds where a record ends, quoted line ends included, and refuses records of another width than the first. */
function recordFinder(delimiter: string, columns: number | undefined): FindEnd {
  let expected = columns;
  return (text, ended) => {
    const scan = scanRecord(text, ended, delimiter);
    if (scan === 'more' || 'broken' in scan) return scan;
    if (text.slice(0, scan.length).trim() === '') return scan;
    expected ??= scan.fields;
    if (scan.fields > COLUMNS_MAX) return { broken: `The row has more than ${COLUMNS_MAX} values.` };
    if (scan.fields === expected) return scan;
    const many = 'A delimiter or a quotation mark inside a text may stand unquoted.';
    const few = 'The row may be cut off.';
    return {
      broken: `The row has ${scan.fields} values where the header names ${expected}. ${scan.fields > expected ? many : few}`,
    };
  };
}

type Scan = { length: number; taken: number; fields: number } | 'more' | { broken: string };

export function scanRecord(text: string, ended: boolean, delimiter: string): Scan {
  let at = 0;
  for (let fields = 1; ; fields++) {
    if (text[at] === '"') {
      const close = closingQuote(text, at + 1, ended);
      if (close === 'more') return close;
      if (close < 0) return { broken: NOT_CLOSED };
      at = close + 1;
    } else {
      while (at < text.length && text[at] !== delimiter && text[at] !== '\n') at++;
      if (at === text.length && !ended) return 'more';
      if (text[at] !== delimiter) return { ...lineEndAt(text, at), fields };
    }
    if (text[at] === delimiter) {
      at += 1;
      continue;
    }
    if (text[at] === '\r' && at + 1 >= text.length && !ended) return 'more';
    const end = text[at] === '\r' ? at + 1 : at;
    if (end < text.length && text[end] !== '\n') return { broken: AFTER_QUOTE };
    return { length: at, taken: Math.min(end + 1, text.length), fields };
  }
}

/** Unquoted text runs up to the line end; a `\r` in front of it belongs to it. */
function lineEndAt(text: string, at: number) {
  const length = text[at - 1] === '\r' ? at - 1 : at;
  return { length, taken: Math.min(at + 1, text.length) };
}

/** Position of the quotation mark that closes, past doubled ones; -1 when the text ends before it. */
function closingQuote(text: string, from: number, ended: boolean): number | 'more' {
  let at = from;
  for (;;) {
    at = text.indexOf('"', at);
    if (at < 0) return ended ? -1 : 'more';
    if (at + 1 === text.length && !ended) return 'more';
    if (text[at + 1] !== '"') return at;
    at += 2;
  }
}
