import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { readCsv, readHeader, readJsonl, SNIFF_BYTES, sniff, unpack } from './index.ts';
import { inChunks, readingOf, rowsIn } from './made-chunks.ts';
import { CORPUS } from './made-corpus.ts';
import { checkFile } from './made-fuzz.ts';

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'corpus-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

const bytesOf = (name: string): Buffer => CORPUS.find((file) => file.name === name)!.bytes;

test.each(CORPUS.map(({ name, bytes }) => [name, bytes] as const))(
  '%s is read alike however it is cut, and on from any row',
  async (name, bytes) => {
    const path = join(folder, name);
    writeFileSync(path, bytes);
    await checkFile({ name, bytes }, { path, sizes: [1, 7, 64], resumeAll: true });
  },
);

test('what of the corpus is read, and what is refused', async () => {
  const said: Record<string, string> = {};
  for (const { name, bytes } of CORPUS) {
    if (name.endsWith('.xlsx')) continue;
    try {
      const form = sniff(bytes.subarray(0, SNIFF_BYTES), name);
      const { rows, stopped } = await readingOf(rowsIn(bytes, form));
      const faults = rows.filter(({ kind }) => kind === 'fault').length;
      said[name] = `${rows.length - faults} rows, ${faults} faults${stopped ? ', stopped' : ''}`;
    } catch (error) {
      said[name] = (error as Error).name;
    }
  }
  expect(said).toMatchInlineSnapshot(`
    {
      "alike.csv.gz": "1499 rows, 0 faults",
      "comma.csv": "21 rows, 2 faults",
      "cut.json": "22 rows, 0 faults, stopped",
      "empty.csv": "Unreadable",
      "half.jsonl.gz": "15 rows, 0 faults, stopped",
      "japanese.csv": "1 rows, 0 faults",
      "latin.csv": "2 rows, 0 faults",
      "lines.jsonl": "24 rows, 5 faults",
      "lines.jsonl.gz": "24 rows, 5 faults",
      "list.json": "23 rows, 0 faults",
      "mac.csv": "20 rows, 5 faults",
      "members.csv.gz": "22 rows, 2 faults",
      "semicolon.csv": "21 rows, 2 faults",
      "tab.tsv": "21 rows, 2 faults",
      "tall.json": "23 rows, 0 faults",
      "wide-big.csv": "21 rows, 2 faults",
      "wide.csv": "21 rows, 2 faults",
      "wide.jsonl": "23 rows, 0 faults",
    }
  `);
});

test('a line of 200 MB is skipped in flat memory, as it streams', async () => {
  const piece = Buffer.alloc(1024 ** 2, 'x');
  async function* endless() {
    yield Buffer.from('{"a":1}\n{"a":"');
    for (let i = 0; i < 200; i++) yield piece;
    yield Buffer.from('"}\n{"a":3}\n');
  }
  const before = process.memoryUsage().rss;
  const { rows } = await readingOf(readJsonl(endless(), { encoding: 'utf-8', lineEnd: '\n' }));
  expect(rows.map(({ row, kind }) => `${row} ${kind}`)).toEqual(['1 row', '2 fault', '3 row']);
  expect(rows[2]!.after).toBe(8 + 6 + 200 * 1024 ** 2 + 3 + 8);
  expect(process.memoryUsage().rss - before).toBeLessThan(200e6);
});

test('an object of 100 MB in a list, and a quoted field of 100 MB, likewise', async () => {
  const piece = Buffer.alloc(1024 ** 2, 'x');
  async function* around(before: string, after: string) {
    yield Buffer.from(before);
    for (let i = 0; i < 100; i++) yield piece;
    yield Buffer.from(after);
  }
  const form = { encoding: 'utf-8', lineEnd: '\n' } as const;
  const list = await readingOf(readJsonl(around('[{"a":1},{"a":"', '"},{"a":3}]'), { ...form, list: true }));
  expect(list.rows.map(({ row, kind }) => `${row} ${kind}`)).toEqual(['1 row', '2 fault', '3 row']);
  const csv = await readingOf(readCsv(around('a,b\n1,2\n3,"', '"\n5,6\n'), { ...form, delimiter: ',' }));
  expect(csv.rows.map(({ row, kind }) => `${row} ${kind}`)).toEqual(['2 row', '3 fault', '4 row']);
});

test('a header that stands in a packed file is read without the rest', async () => {
  const form = sniff(bytesOf('members.csv.gz'), 'a.gz');
  expect(await readHeader(unpack(inChunks(bytesOf('members.csv.gz'), [9]), form), form)).toEqual([
    'id',
    'ts',
    'text',
    'text (2)',
    'column 5',
    '__proto__',
  ]);
});
