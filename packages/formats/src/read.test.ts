import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Form, type RowOrFault, readCsv, readHeader, readJsonl, sniff } from './index.ts';

const FORM = { encoding: 'utf-8', lineEnd: '\n' } as const;
type Options = Partial<Form> & { columns?: string[]; fromByte?: number; fromRow?: number };

async function* inChunks(bytes: Uint8Array, cuts: readonly number[]): AsyncGenerator<Uint8Array> {
  let at = 0;
  for (let i = 0; at < bytes.length; i++) {
    const next = at + Math.max(1, cuts[i % Math.max(1, cuts.length)] ?? bytes.length);
    yield bytes.slice(at, next);
    at = next;
  }
}

async function all(rows: AsyncIterable<RowOrFault>): Promise<RowOrFault[]> {
  const list: RowOrFault[] = [];
  for await (const row of rows) list.push(row);
  return list;
}

const jsonl = (file: string | Uint8Array, options: Options = {}, cuts: number[] = []) =>
  all(readJsonl(inChunks(Buffer.from(file as string), cuts), { ...FORM, ...options }));
const csv = (file: string | Uint8Array, options: Options = {}, cuts: number[] = []) =>
  all(readCsv(inChunks(Buffer.from(file as string), cuts), { ...FORM, delimiter: ',', ...options }));
const cells = (rows: RowOrFault[]) => rows.map((row) => (row.kind === 'row' ? { ...row.cells } : row.reason));
const numbers = (rows: RowOrFault[]) => rows.map(({ row, kind }) => `${row}${kind === 'fault' ? '!' : ''}`).join(' ');

describe('JSON Lines', () => {
  test('gives each line with its number and the byte behind it', async () => {
    const file = '{"a":"ä"}\n\n{"a":2,"b":null}';
    expect(await jsonl(file)).toEqual([
      { kind: 'row', row: 1, after: 11, cells: { a: 'ä' } }, // ä is two bytes
      { kind: 'row', row: 3, after: Buffer.byteLength(file), cells: { a: 2, b: null } },
    ]);
  });

  test('flattens two levels, joins plain lists and keeps the rest as JSON', async () => {
    const [row] = await jsonl('{"a":{"b":{"c":{"d":1}}},"tags":["x","y"],"list":[{"id":1}]}');
    expect(row).toMatchObject({ cells: { 'a.b.c': '{"d":1}', tags: 'x, y', list: '[{"id":1}]' } });
  });

  test('a bad line is a fault and costs only itself', async () => {
    const rows = await jsonl('{"a":1}\n{"a":\nnull\n[1]\n\u0000\n{"a":2}\n');
    expect(numbers(rows)).toBe('1 2! 3! 4! 5! 6');
    expect(cells(rows)[1]).toBe('The line is not a whole JSON object: it seems to be cut off.');
  });

  test('a line of 5 MB is skipped, and a deep one does no harm', async () => {
    const rows = await jsonl(`{"a":"${'x'.repeat(5_000_000)}"}\n{"a":${'['.repeat(400_000)}\n{"a":1}`, {}, [65536]);
    expect(numbers(rows)).toBe('1! 2! 3');
    expect(cells(rows)[0]).toBe('The line is longer than 1 MB and was skipped.');
  });

  test('a line that is nested without end costs only itself, also where it is valid', async () => {
    const deep = (open: string, close: string) => `{"a":${open.repeat(100_000)}1${close.repeat(100_000)}}`;
    const rows = await jsonl(`${deep('[', ']')}\n${deep('{"b":', '}')}\n{"a":1}`);
    expect(numbers(rows)).toBe('1! 2! 3');
    expect(cells(rows)[0]).toBe('The line is nested more than 100 levels deep.');
  });

  test('a name is kept without what no database keeps', async () => {
    const [row] = await jsonl('{"a\\u0000b":1}');
    expect(row).toMatchObject({ cells: { ab: 1 } });
  });

  test('an overlong last line without an end is told too', async () => {
    expect(numbers(await jsonl(`{"a":1}\n${'x'.repeat(1_500_000)}`, {}, [65536]))).toBe('1 2!');
  });
});

describe('CSV', () => {
  test('reads quotes, line ends inside them and doubled marks', async () => {
    const rows = await csv('id,text\r\n1,"a ""b"", c\r\nd"\r\n2,e\r\n');
    expect(cells(rows)).toEqual([
      { id: '1', text: 'a "b", c\r\nd' },
      { id: '2', text: 'e' },
    ]);
    expect(numbers(rows)).toBe('2 3');
  });

  test('a quotation mark that is never closed costs one line', async () => {
    const rows = await csv('id,text\n1,"open\n2,fine\n3,also\n');
    expect(numbers(rows)).toBe('2! 3 4');
    expect(cells(rows)[0]).toContain('never closed');
  });

  test('one that is closed by the next row costs one line as well', async () => {
    const rows = await csv('id,text\n1,"open\n2,"fine"\n3,"also"\n');
    expect(numbers(rows)).toBe('2! 3 4');
  });

  test('too many and too few values are named', async () => {
    const rows = await csv('id,text\n1,a,b\n2\n3,c\n');
    expect(numbers(rows)).toBe('2! 3! 4');
    expect(cells(rows)[0]).toContain('3 values where the header names 2');
    expect(cells(rows)[1]).toContain('may be cut off');
  });

  test('empty and doubled names, empty rows, a column called __proto__', async () => {
    const rows = await csv('a,,a,__proto__\n,,,\n1,2,3,4\n');
    expect(numbers(rows)).toBe('3');
    expect(Object.entries((rows[0] as { cells: object }).cells)).toEqual([
      ['a', '1'],
      ['column 2', '2'],
      ['a (2)', '3'],
      ['__proto__', '4'],
    ]);
  });

  test('UTF-16 with its mark, Windows-1252, and old Macintosh line ends', async () => {
    const text = 'id,text\n1,größer\n';
    const little = Buffer.from(`\uFEFF${text}`, 'utf16le');
    const big = Buffer.from(little).swap16();
    const latin = Buffer.from(text, 'latin1');
    const mac = Buffer.from(text.replaceAll('\n', '\r'));
    for (const file of [little, big, latin, mac, Buffer.from(`\uFEFF${text}`)]) {
      const rows = await csv(file, sniff(file, 'a.csv'), [3]);
      expect(cells(rows)).toEqual([{ id: '1', text: 'größer' }]);
      expect(rows[0]?.after).toBe(file.length);
    }
  });
});

const part = fc.constantFrom(
  'a',
  '"',
  '""',
  ',',
  '\n',
  '\r',
  '\r\n',
  'ä',
  '𝔊',
  '{',
  '}',
  ':',
  '1',
  '{"a":1}\n',
  'x,"y"\n',
  '\0',
  '\uFEFF',
);
const file = fc.oneof(
  fc.array(part, { maxLength: 60 }).map((parts) => Buffer.from(parts.join(''))),
  fc.array(part, { maxLength: 40 }).map((parts) => Buffer.from(parts.join(''), 'utf16le')),
  fc.uint8Array({ maxLength: 80 }).map((bytes) => Buffer.from(bytes)),
);
const cuts = fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 1, maxLength: 5 });
const encoding = fc.constantFrom<Form['encoding'][]>('utf-8', 'utf-16le', 'utf-16be', 'windows-1252');

describe('on any bytes', () => {
  for (const [name, read] of Object.entries({ jsonl, csv })) {
    test(`${name}: never throws, and gives the same rows for any chunking`, async () => {
      await fc.assert(
        fc.asyncProperty(file, encoding, cuts, async (bytes, encoding, sizes) => {
          expect(await read(bytes, { encoding }, sizes)).toEqual(await read(bytes, { encoding }));
        }),
        { numRuns: 400 },
      );
    });

    test(`${name}: going on from behind any row gives the rest`, async () => {
      await fc.assert(
        fc.asyncProperty(file, encoding, cuts, async (bytes, encoding, sizes) => {
          const rows = await read(bytes, { encoding });
          const first = rows.find((row) => row.kind === 'row');
          const options = { ...FORM, encoding, delimiter: ',' };
          const columns = name === 'csv' ? await readHeader(inChunks(bytes, sizes), options) : [];
          for (const [i, { row, after }] of rows.entries()) {
            if (!first || row < first.row) continue; // the header may lie behind
            const rest = await read(bytes.subarray(after), { encoding, columns, fromByte: after, fromRow: row }, sizes);
            expect(rest).toEqual(rows.slice(i + 1));
          }
        }),
        { numRuns: 400 },
      );
    });
  }

  test('sniffing gives a form or a sentence', () => {
    fc.assert(
      fc.property(file, (bytes) => {
        try {
          expect(sniff(bytes, 'a.csv').format).toMatch(/^(jsonl|csv|tsv)$/);
        } catch (error) {
          expect((error as Error).name).toBe('Unreadable');
        }
      }),
    );
  });
});
