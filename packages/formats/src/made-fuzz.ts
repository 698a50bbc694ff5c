/** What must be true of any file whatever stands in it: for tests and for the long fuzz run. */
import { isDeepStrictEqual } from 'node:util';
import {
  type Form,
  knownExport,
  momentOrder,
  readHeader,
  readJsonl,
  SNIFF_BYTES,
  sniff,
  suggestMapping,
  unpack,
  unpackWorkbook,
} from './index.ts';
import { inChunks, type Reading, readingOf, rowsIn } from './made-chunks.ts';
import type { NastyFile } from './made-corpus.ts';

export interface How {
  /** Where the file lies, for a workbook. */
  readonly path: string;
  /** Of the chunks of the second reading. */
  readonly sizes: readonly number[];
  /** Reads on from behind every row instead of one. */
  readonly resumeAll?: boolean;
}

/**
 * Reads a file in every way that the server does.
 * @returns how many rows it gave; -1 when it was refused in words
 * @throws whatever a reader throws that is no sentence, and an error that says which promise was broken
 */
export async function checkFile({ name, bytes }: NastyFile, how: How): Promise<number> {
  const form = formOf(bytes, name);
  if (!form) return -1;
  if (form.format === 'xlsx') {
    const { rows } = await readingOf(readJsonl(unpackWorkbook(how.path), { encoding: 'utf-8', lineEnd: '\n' }));
    return rows.length;
  }
  const whole = await readingOf(rowsIn(bytes, form));
  const damaged = form.packed !== null && whole.stopped !== null; // a mistake is met a step sooner or later
  const other = await readingOf(rowsIn(bytes, form, { sizes: how.sizes }));
  if (!damaged) promise('chunks do not matter', other, whole);
  ordered(whole);
  look(whole);
  await resume(bytes, form, whole, { ...how, damaged });
  return whole.rows.length;
}

function formOf(bytes: Uint8Array, name: string): Form | null {
  try {
    return sniff(bytes.subarray(0, SNIFF_BYTES), name);
  } catch (error) {
    if ((error as Error).name !== 'Unreadable') throw error;
    return null;
  }
}

function promise(what: string, got: unknown, want: unknown): void {
  if (!isDeepStrictEqual(got, want)) throw new Error(`Broken promise: ${what}`);
}

function ordered({ rows }: Reading): void {
  for (const [i, { row, after }] of rows.entries()) {
    const last = rows[i - 1];
    if (last && (row <= last.row || after <= last.after)) throw new Error('Broken promise: rows and bytes go up');
  }
}

/** From so many places at most: each reads all the rest. */
const RESUMED_MAX = 80;

/** What a preview asks of the rows. */
function look({ rows }: Reading): void {
  const cells = rows.flatMap((row) => (row.kind === 'row' ? [row.cells] : []));
  const columns = [...new Set(cells.flatMap((row) => Object.keys(row)))];
  suggestMapping(columns, cells);
  knownExport(columns);
  for (const column of columns) momentOrder(cells.map((row) => row[column]));
}

async function resume(
  bytes: Uint8Array,
  form: Form,
  whole: Reading,
  { sizes, resumeAll, damaged }: How & { damaged: boolean },
) {
  const first = whole.rows.findIndex(({ kind }) => kind === 'row'); // before it the header may still be to come
  if (first < 0 || damaged) return;
  const header = form.format === 'jsonl' ? {} : { columns: await readHeader(unpack(inChunks(bytes), form), form) };
  const every = resumeAll ? Math.ceil(whole.rows.length / RESUMED_MAX) : whole.rows.length;
  for (let i = first + (resumeAll ? 0 : (whole.rows.length - first) >> 1); i < whole.rows.length; i += every) {
    const { row, after } = whole.rows[i]!;
    const rest = await readingOf(rowsIn(bytes, form, { ...header, fromByte: after, fromRow: row, sizes }));
    promise(`going on from behind row ${row} gives the rest`, rest, {
      rows: whole.rows.slice(i + 1),
      stopped: whole.stopped,
    });
  }
}
