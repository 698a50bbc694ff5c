import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { rowReader } from '../signals/index.ts';
import {
  advance,
  begin,
  cancel,
  fail,
  finish,
  handOver,
  type Import,
  openMoves,
  secondsLeft,
  takeUp,
} from './import.ts';

const at = (seconds: number) => new Date(Date.UTC(2026, 0, 5) + seconds * 1000);
const MAPPING = { when: 'ts', what: 'text', extra: 'dimension' } as const;
const START = { sourceId: 's', compartment: 'open', mapping: MAPPING };

const anImport = (over: Partial<Import> = {}): Import => ({
  id: 'i',
  version: 1,
  compartment: null,
  createdBy: 'ana',
  sourceId: null,
  sourceName: null,
  state: 'uploaded',
  fileName: 'a.csv',
  fileSha256: '0',
  fileBytes: 1_000,
  mapping: null,
  createdAt: at(0),
  startedAt: null,
  finishedAt: null,
  preview: {
    form: { format: 'csv', delimiter: ',', encoding: 'utf-8', lineEnd: '\n', packed: null },
    columns: ['when', 'what', 'extra'],
    suggested: {},
  },
  rowsRead: 0,
  lastRow: 0,
  bytesRead: 0,
  fileBytesRead: 0,
  added: 0,
  revised: 0,
  unchanged: 0,
  refused: 0,
  oldRows: 0,
  rowsPerSecond: null,
  runner: null,
  beatAt: null,
  error: null,
  rowsSha256: null,
  rowsBytes: null,
  fileKeptUntil: null,
  fileGone: false,
  tries: 0,
  retryAt: null,
  resumable: true,
  ...over,
});
const aChunk = {
  rows: 10,
  lastRow: 11,
  bytesRead: 100,
  fileBytesRead: 100,
  added: 9,
  revised: 0,
  unchanged: 0,
  refused: [],
  oldRows: 9,
};
const running = (seconds = 0) => takeUp(begin(anImport(), START, at(seconds)), 'me', at(seconds))!;

describe('the life of an import', () => {
  test('starts, stops, goes on with the same mapping only, and ends', () => {
    const stopped = cancel(advance(running(), aChunk, at(1)), at(2));
    expect(stopped).toMatchObject({ state: 'cancelled', runner: null, rowsRead: 10, bytesRead: 100 });
    expect(openMoves(stopped)).toEqual(['resume']);
    const other = { ...START, mapping: { ...MAPPING, extra: 'ignore' } as const };
    expect(() => begin(stopped, other, at(3))).toThrow('another source or mapping');
    const again = begin(stopped, START, at(3));
    expect(again).toMatchObject({ state: 'running', rowsRead: 10, startedAt: at(0) });
    const done = finish(again, at(4));
    expect(openMoves(done)).toEqual([]);
    expect(() => cancel(done, at(5))).toThrow(expect.objectContaining({ code: 'import.wrong_state' }));
  });

  test('a failure says what was kept', () => {
    expect(fail(advance(running(), aChunk, at(1)), 'It rained.', at(2)).error).toBe(
      'It rained. The first 10 rows are taken and kept. Resume to go on from there.',
    );
  });

  test('what a mapping lacks is named', () => {
    const start = (mapping: Record<string, 'ts' | 'text'>) => () => begin(anImport(), { ...START, mapping }, at(0));
    expect(start({ when: 'ts' })).toThrow('say which one holds the text');
    expect(start({ elsewhere: 'ts', what: 'text' })).toThrow('say which one holds the time');
    expect(start({ when: 'ts', what: 'text', extra: 'text' })).toThrow('Two columns are mapped to "text"');
  });

  test('is taken up between two turns only', () => {
    const mine = running();
    expect(takeUp(mine, 'other', at(99))).toBeNull();
    expect(takeUp(handOver(mine, at(1)), 'other', at(2))).toMatchObject({ runner: 'other', beatAt: at(2) });
    expect(takeUp(cancel(mine, at(1)), 'other', at(99))).toBeNull();
  });
});

describe('progress', () => {
  test('rate and time left come from what was seen', () => {
    const first = advance(running(), aChunk, at(2)); // 10 rows in 2 s
    expect(first.rowsPerSecond).toBe(5);
    expect(secondsLeft(first)).toBe(18); // 900 bytes at 5 rows/s of 10 bytes
    const second = advance(first, { ...aChunk, bytesRead: 200, fileBytesRead: 200, rows: 20 }, at(4)); // 10/s: a third of the way from 5
    expect(second.rowsPerSecond).toBeCloseTo(6.667, 3);
    expect(secondsLeft(finish(second, at(5)))).toBeNull();
  });

  test('counts add up, however the rows are cut into chunks', () => {
    fc.assert(
      fc.property(fc.array(fc.record({ added: fc.nat(9), unchanged: fc.nat(9), revised: fc.nat(9) })), (chunks) => {
        let one = running();
        for (const chunk of chunks) {
          const rows = chunk.added + chunk.unchanged + chunk.revised;
          one = advance(one, { ...aChunk, ...chunk, rows, bytesRead: one.bytesRead + rows }, at(1));
        }
        expect(one.added + one.unchanged + one.revised + one.refused).toBe(one.rowsRead);
        expect(one.bytesRead).toBe(one.rowsRead);
      }),
    );
  });
});

describe('a row as a signal', () => {
  const read = rowReader({
    n: 'id',
    t: 'ts',
    x: 'text',
    h: 'title',
    a: 'author',
    r: 'rating',
    l: 'language',
    v: 'dimension',
  });
  const row = { n: ' 7 ', t: '2024-03-05', x: 'slow', h: 'Hm', a: 'u1', r: '4.0', l: 'pt_BR', v: '1.2', z: 'dropped' };

  test('takes what is mapped', () => {
    expect(read(row)).toEqual({
      at: new Date('2024-03-05T00:00:00Z'),
      value: {
        id: '7',
        ts: '2024-03-05T00:00:00.000Z',
        text: 'slow',
        title: 'Hm',
        author: 'u1',
        rating: 4,
        language: 'pt-BR',
        dimensions: { v: '1.2' },
      },
    });
  });

  test('says what is wrong', () => {
    expect(read({ ...row, t: 'soon' })).toMatchObject({ id: '7', reason: expect.stringContaining('not a time') });
    expect(read({ ...row, x: ' ', h: null })).toMatchObject({ reason: 'The row has no text.' });
    expect(read({ ...row, r: '9' })).toMatchObject({ reason: expect.stringContaining('rating') });
  });

  test('without an id, it is known by time, author and text', () => {
    const idOf = (over: object) => (read({ ...row, n: '', ...over }) as { value: { id: string } }).value.id;
    expect(idOf({})).toBe(idOf({ t: '2024-03-05T00:00:00Z', r: '1', v: '9' }));
    expect(new Set([idOf({}), idOf({ x: 'other' }), idOf({ a: 'u2' }), idOf({ t: '2024-03-06' })]).size).toBe(4);
  });
});
