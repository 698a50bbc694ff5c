/**
 * Refused rows as they stood in the file, and why. They are kept nowhere but in the file itself, which is read again
 * beside the list of their numbers: two streams in the same order, so that a million of them need no memory.
 */
import type { RefusedRow } from '@groundswell/contract';
import type { Cells, Form, RowOrFault } from '@groundswell/formats';
import { stringify } from 'csv-stringify/sync';
import type { RowSource } from './import-file.ts';
import { isMended, OWN_COLUMNS } from './import-mapping.ts';
import { withoutMarks } from './import-row.ts';
import { Recall } from './recall.ts';

/** A page of the list, behind row `after`; empty behind the last. */
export type RefusalPages = (after: number) => Promise<readonly RefusedRow[]>;

export interface RefusedFile {
  readonly form: Form;
  readonly columns: readonly string[];
  /** The file from its first byte; what it watches are the bytes of its content. */
  readonly open: (watch: (bytes: Uint8Array) => void) => RowSource;
  readonly refusals: RefusalPages;
}

const ROWS_AT_ONCE = 500;
/** Bytes shown of a line that could not be taken apart. */
const LINE_SHOWN = 10_000;

/**
 * The CSV, with the mark by which Excel knows UTF-8, and with what spreadsheets would run as a formula made harmless.
 * A file whose rows each name their own columns is read twice: the first line has to name them all.
 */
export async function* refusedCsv(file: RefusedFile): AsyncGenerator<string> {
  const known = isMended(file.columns) ? file.columns.slice(0, -OWN_COLUMNS.length) : file.columns;
  const columns = file.form.format === 'jsonl' ? await allColumns(file, known) : known;
  yield `\uFEFF${csv([[...columns, ...OWN_COLUMNS]])}`;
  let lines: unknown[][] = [];
  for await (const { row, line, refusal } of refusedRows(file)) {
    const cells: Cells = row.kind === 'row' ? withoutMarks(row.cells) : {};
    lines.push([...columns.map((column) => cells[column] ?? ''), refusal.row, line, refusal.reason]);
    if (lines.length < ROWS_AT_ONCE) continue;
    yield csv(lines);
    lines = [];
  }
  if (lines.length > 0) yield csv(lines);
}

const csv = (lines: readonly unknown[][]): string =>
  stringify([...lines], {
    escape_formulas: true,
    record_delimiter: 'windows',
    quoted_match: /[\r\n]/, // a lone line feed ends no record of ours, so it would not be quoted and would break the row
    cast: { boolean: String },
  });

const COLUMNS_MAX = 500;

async function allColumns(file: RefusedFile, known: readonly string[]): Promise<string[]> {
  const columns = new Set(known);
  for await (const { row } of refusedRows(file)) {
    if (row.kind !== 'row') continue;
    for (const name of Object.keys(row.cells)) if (columns.size < COLUMNS_MAX) columns.add(name);
  }
  for (const own of isMended(file.columns) ? OWN_COLUMNS : []) columns.delete(own);
  return [...columns];
}

interface Refused {
  readonly row: RowOrFault;
  readonly refusal: RefusedRow;
  /** As it stood, where it could not be taken apart. */
  readonly line: string;
}

async function* refusedRows({ form, open, refusals }: RefusedFile): AsyncGenerator<Refused> {
  const words = new TextDecoder(form.encoding);
  const recall = new Recall();
  const source = open(recall.watch);
  let page = await refusals(0);
  let at = 0;
  try {
    for await (const row of source.rows) {
      while (page[at] && page[at]!.row < row.row) at++; // a row that is not in the file any more: nothing to show
      if (page[at]?.row === row.row) {
        const line = row.kind === 'fault' ? words.decode(recall.until(row.after, LINE_SHOWN)).trim() : '';
        yield { row, refusal: page[at]!, line };
        at++;
      }
      recall.letGo(row.after);
      if (page[at]) continue;
      page = page.length > 0 ? await refusals(page.at(-1)!.row) : page;
      at = 0;
      if (page.length === 0) return; // what follows was taken
    }
  } finally {
    source.close();
  }
}
