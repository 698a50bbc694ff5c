import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Form, sniff } from './index.ts';
import { readingOf, rowsIn } from './made-chunks.ts';

const LIST: Form = { format: 'jsonl', list: true, delimiter: '', encoding: 'utf-8', lineEnd: '\n', packed: null };

const read = (text: string, sizes: number[] = []) => readingOf(rowsIn(Buffer.from(text), LIST, { sizes }));
const cells = async (text: string, sizes?: number[]) => {
  const { rows, stopped } = await read(text, sizes);
  const said = rows.map((row) => (row.kind === 'row' ? JSON.stringify(row.cells) : `! ${row.reason}`));
  return stopped ? [...said, `STOPPED ${stopped.slice(0, 40)}`] : said;
};

describe('a JSON list', () => {
  test.each([
    ['bare', '[{"a":1},{"a":"}],{"},{"a":"\\"]"}]', ['{"a":1}', '{"a":"}],{"}', '{"a":"\\"]"}']],
    [
      'in an answer',
      '{"count":2,"meta":{"x":[1,{"a":0}]},"tickets":[{"a":1}, {"a":2}],"next":null}',
      ['{"a":1}', '{"a":2}'],
    ],
    ['beside what goes with it', '{"users":[{"a":0}],"tickets":[{"a":1}],"groups":[{"a":3}]}', ['{"a":1}']],
    [
      'several, one after the other',
      '{"data":[{"a":1}]}\n{"data":[{"a":2}]}\n[{"a":3}]',
      ['{"a":1}', '{"a":2}', '{"a":3}'],
    ],
    ['with a mark and blanks', '\uFEFF [ \n {"a":1}\n,\n{"a":2}\n]\n', ['{"a":1}', '{"a":2}']],
    ['empty', '[]', []],
  ])('%s', async (_, text, want) => {
    expect(await cells(text)).toEqual(want);
    expect(await cells(text, [1])).toEqual(want);
  });

  test('what is no object is a fault and costs only itself', async () => {
    const said = await cells('[{"a":1},7,"x, y",[{"a":2}],null,{"a" 3},{"a":4}]', [2]);
    expect(said.map((one) => one.startsWith('!'))).toEqual([false, true, true, true, true, true, false]);
  });

  test('an object of 3 MB is skipped, however it is cut', async () => {
    const text = `[{"a":1},{"a":"${'x'.repeat(3_000_000)}"},{"a":3}]`;
    for (const sizes of [[], [65_536]]) {
      const { rows } = await read(text, sizes);
      expect(rows.map(({ row, kind }) => [row, kind])).toEqual([
        [1, 'row'],
        [2, 'fault'],
        [3, 'row'],
      ]);
      expect(rows[1]).toMatchObject({ reason: 'The object is longer than 1 MB and was skipped.' });
    }
  });

  test('nesting without end costs only its object', async () => {
    const deep = `${'['.repeat(100_000)}${']'.repeat(100_000)}`;
    expect(await cells(`[{"a":1},{"b":${deep}},{"a":2}]`, [4096])).toEqual([
      '{"a":1}',
      '! The line is nested more than 100 levels deep.',
      '{"a":2}',
    ]);
  });

  test.each([
    ['a mark that is missing', '{"a":"x}', '{"a":2}'],
    ['a bracket that is missing', '{"a":[1}', '{"a":2}'],
    ['a bracket too many', '{"a":1]}', '{"a":2}'],
  ])('%s costs one object where each has its line', async (_, broken, next) => {
    const text = `[\n  {"a":1},\n  ${broken},\n  ${next},\n  {"a":3}\n]`;
    for (const sizes of [[], [1], [7]]) {
      const said = await cells(text, sizes);
      expect(said.map((one) => one[0])).toEqual(['{', '!', '{', '{']);
      expect(said[3]).toBe('{"a":3}');
    }
  });

  test('an object that is not closed costs one, however many follow', async () => {
    const many = Array.from({ length: 90_000 }, (_, i) => `  {"a":${i}}`).join(',\n');
    const { rows, stopped } = await read(`[\n  {"a":1,\n${many}\n]`, [65_536]);
    expect(stopped).toBe(null);
    expect([rows.length, rows[0]?.kind, rows[1]?.kind]).toEqual([90_001, 'fault', 'row']);
  });

  test('on one line all before the mistake is read, and then it is said that the rest is not', async () => {
    expect(await cells('[{"a":1},{"a":[2},{"a":3}]')).toEqual([
      '{"a":1}',
      'STOPPED The list cannot be taken apart from here',
    ]);
  });

  test('a list that is cut off gives its whole objects and says so', async () => {
    for (const text of ['[{"a":1},{"a":2},{"a', '[{"a":1},{"a":2},', '{"data":[{"a":1},{"a":2}']) {
      const { rows, stopped } = await read(text, [3]);
      expect(rows).toHaveLength(2);
      expect(stopped).toContain('ends in the middle');
    }
  });

  test('what a file is, is told from its first bytes', () => {
    const list = (text: string) => sniff(Buffer.from(text), 'a.json').list;
    expect(list('[{"id":1}]')).toBe(true);
    expect(list('{"tickets":[{"id":1},{"id":2}],"count":2}')).toBe(true);
    expect(list('{\n  "count": 2,\n  "rows_of_mine": [\n    {\n "id": 1')).toBe(true);
    expect(list('{"tickets":[{"id":1}]}\n{"tickets":[{"id":2}]}\n')).toBe(true);
    expect(list('{"id":1,"lines":[{"x":1}]}\n{"id":2,"lines":[]}\n')).toBe(false);
    expect(list('{"id":1}')).toBe(false);
    expect(list('{"id":\n{"id":2}\n')).toBe(false);
    expect(() => list('{\n  "id": 1\n}\n')).toThrow('no list of objects');
    expect(() => list('[[1,2]]')).toThrow('not one of objects');
  });
});

const piece = fc.constantFrom(
  '{',
  '}',
  '[',
  ']',
  ',',
  ':',
  '"',
  '"a"',
  '\\',
  '\n',
  ' ',
  '1',
  '{"a":1}',
  ',\n  {"a":2}',
  '{"data":[',
  ']}',
  'ä',
  '\0',
);
const text = fc.oneof(
  fc.array(piece, { maxLength: 50 }).map((parts) => parts.join('')),
  fc.array(piece, { maxLength: 30 }).map((parts) => `[\n  {"a":0},\n  ${parts.join('')},\n  {"a":1}]`),
);
const sizes = fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 1, maxLength: 4 });
const encoding = fc.constantFrom<Form['encoding'][]>('utf-8', 'utf-16le');

describe('any text as a JSON list', () => {
  const bytesOf = (said: string, to: Form['encoding']) => Buffer.from(said, to === 'utf-8' ? 'utf8' : 'utf16le');

  test('is read alike however it is cut, and never throws but in words', async () => {
    await fc.assert(
      fc.asyncProperty(text, encoding, sizes, async (said, encoding, sizes) => {
        const file = bytesOf(said, encoding);
        const form = { ...LIST, encoding };
        expect(await readingOf(rowsIn(file, form, { sizes }))).toEqual(await readingOf(rowsIn(file, form)));
      }),
      { numRuns: 1500 },
    );
  });

  test('is read on from behind any row', async () => {
    await fc.assert(
      fc.asyncProperty(text, encoding, sizes, async (said, encoding, sizes) => {
        const file = bytesOf(said, encoding);
        const form = { ...LIST, encoding };
        const { rows, stopped } = await readingOf(rowsIn(file, form));
        for (const [i, { row, after }] of rows.entries()) {
          const rest = await readingOf(rowsIn(file, form, { fromByte: after, fromRow: row, sizes }));
          expect(rest).toEqual({ rows: rows.slice(i + 1), stopped });
        }
      }),
      { numRuns: 1500 },
    );
  });

  test('holds every object that a parser finds in it', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.dictionary(fc.string(), fc.jsonValue())),
        fc.integer({ min: 0, max: 3 }),
        sizes,
        async (list, indent, sizes) => {
          const { rows, stopped } = await read(JSON.stringify(list, null, indent), sizes);
          expect(rows.length).toBe(list.length);
          expect(rows.every(({ kind }) => kind === 'row')).toBe(true);
          expect(stopped).toBe(null);
        },
      ),
    );
  });
});
