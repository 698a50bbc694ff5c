/** A file of a table as columns of texts, whatever its delimiter, encoding or packing. */
import { createReadStream } from 'node:fs';
import { open } from 'node:fs/promises';
import { basename } from 'node:path';
import { readCsv, readHeader, readJsonl, SNIFF_BYTES, sniff, unpack } from '@groundswell/formats';

export interface TextTable {
  readonly names: readonly string[];
  /** One text per row; shape [columns][rows]. */
  readonly columns: ReadonlyMap<string, string[]>;
  readonly rows: number;
  /** Rows that could not be read: the first few with their reason, and how many in all. */
  readonly faults: readonly string[];
  readonly faulty: number;
}

const MOST_FAULTS = 5;

/**
 * Reads a CSV, TSV or JSON file, also packed with gzip.
 *
 * @throws Unreadable for what is no such table; errors of the file system as they are
 *
 * @example
 * (await readTable('events.csv.gz')).columns.get('platform'); // ['ios', 'web', …]
 */
export async function readTable(path: string): Promise<TextTable> {
  const form = sniff(await headOf(path), basename(path));
  const bytes = (): AsyncIterable<Uint8Array> => unpack(createReadStream(path), form);
  const json = form.format === 'jsonl';
  const names = json ? [] : await readHeader(bytes(), form);
  const columns = new Map<string, string[]>(names.map((name) => [name, []]));
  const lists = [...columns.values()];
  const faults: string[] = [];
  let faulty = 0;
  let rows = 0;
  for await (const row of json ? readJsonl(bytes(), form) : readCsv(bytes(), form)) {
    if (row.kind === 'fault') {
      if (++faulty <= MOST_FAULTS) faults.push(`row ${row.row}: ${row.reason}`);
      continue;
    }
    if (json) addNames(columns, row.cells, rows, names, lists);
    for (let i = 0; i < names.length; i++) {
      const cell = row.cells[names[i]!];
      lists[i]!.push(typeof cell === 'string' ? cell : cell === null || cell === undefined ? '' : String(cell));
    }
    rows++;
  }
  return { names, columns, rows, faults, faulty };
}

/** A JSON line may bring names that no line before had. */
function addNames(
  columns: Map<string, string[]>,
  cells: object,
  rows: number,
  names: string[],
  lists: string[][],
): void {
  for (const name of Object.keys(cells)) {
    if (columns.has(name)) continue;
    const list = Array<string>(rows).fill('');
    columns.set(name, list);
    names.push(name);
    lists.push(list);
  }
}

async function headOf(path: string): Promise<Uint8Array> {
  const file = await open(path);
  try {
    const { bytesRead, buffer } = await file.read(Buffer.alloc(SNIFF_BYTES), 0, SNIFF_BYTES, 0);
    return buffer.subarray(0, bytesRead);
  } finally {
    await file.close();
  }
}
