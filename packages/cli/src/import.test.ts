import type { ImportView } from '@groundswell/contract';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { importFile, withTargets } from './import.ts';
import { described, progressOf, resultOf, tried } from './import-words.ts';

let said = '';
beforeEach(() => {
  said = '';
  const listen = (words: string) => {
    said += `${words}\n`;
  };
  vi.spyOn(console, 'log').mockImplementation(listen);
  vi.spyOn(console, 'error').mockImplementation(listen);
  vi.stubEnv('GROUNDSWELL_TOKEN', '');
});
afterEach(() => {
  vi.restoreAllMocks();
  vi.unstubAllEnvs();
});

test.each([
  [[], 'one file is needed'],
  [['a.csv', 'b.csv', '--token', 't'], 'one file is needed'],
  [['a.csv'], 'a token is needed'],
  [['a.csv', '--token', 't', '--url', 'nowhere'], 'no address'],
  [['a.csv', '--token', 't', '--map', 'Score=stars'], 'not COLUMN=TARGET'],
  [['a.csv', '--token', 't', '--fast'], '--fast'],
])('%j is wrong usage', async (args, words) => {
  expect(await importFile(args)).toBe(2);
  expect(said).toContain(words);
});

test('a missing file and a silent server are told in words', async () => {
  expect(await importFile(['/nowhere/a.csv', '--token', 't'])).toBe(1);
  expect(said).toContain('/nowhere/a.csv cannot be used');
  expect(await importFile([import.meta.filename, '--token', 't', '--url', 'http://127.0.0.1:9'])).toBe(1);
  expect(said).toContain('did not answer');
});

test('what a person says about a column takes the target from the column that had it', () => {
  const view = { columns: ['a', 'b', 'c'], suggested: { a: 'text', b: 'dimension', c: 'ts' } } as const;
  const asked = { columns: [...view.columns], suggested: { ...view.suggested } };
  expect(withTargets(asked, { b: 'text' })).toEqual({ a: 'ignore', b: 'text', c: 'ts' });
  expect(withTargets(asked, { nine: 'text' })).toBeNull();
  expect(said).toContain('no column "nine"');
});

const progress = {
  rowsRead: 12_000,
  bytesRead: 600,
  bytesTotal: 1_000,
  added: 11_000,
  revised: 5,
  unchanged: 993,
  refused: 2,
  rowsPerSecond: 4_321.4,
  secondsLeft: 130,
};

test('progress and result read like sentences', () => {
  expect(progressOf({ progress, error: null })).toBe('12,000 rows · 60 % · 4,321 rows/s · about 2 min left');
  const view = { state: 'done', error: null, progress, history: null } as unknown as ImportView;
  expect(resultOf(view, [{ row: 7, id: null, reason: 'The row has no text.' }])).toBe(
    '12,000 rows read: 11,000 added, 5 revised, 993 were here already, 2 refused.\n' +
      '  row 7: The row has no text.\n  … and 1 more; --refused FILE writes them all, and the Import screen lists them.',
  );
  const again = { ...view, progress: { ...progress, added: 0, revised: 0, unchanged: 12_000, refused: 0 } };
  expect(resultOf(again, [])).toContain('Nothing new');
  expect(resultOf({ ...view, state: 'failed', error: 'It rained.' }, [])).toMatch(/^It rained\./);
});

test('what waits says for what', () => {
  const error = 'The database cannot be reached.';
  expect(progressOf({ progress, error })).toBe('12,000 rows · 60 % · waiting: The database cannot be reached.');
});

test('a known export is called by its name, and a dry run counts what would become of the rows', () => {
  const view = { fileName: 'r.csv.gz', format: 'csv', packed: true, knownExport: 'google_play' } as ImportView;
  expect(described(view, { 'Review Text': 'text', at: 'ts' })).toBe(
    'r.csv.gz is CSV, packed with gzip, an export of Google Play, with these columns:\n  Review Text  text\n  at           ts',
  );
  const trial = { rows: 5_000, whole: false, added: 4_990, revised: 1, unchanged: 2, refused: 7, sample: [] };
  const words = tried({
    ...trial,
    refusedRows: [{ row: 7, id: null, reason: 'The row has no text.' }],
    redacted: { email: 3 },
    languages: [{ language: 'de', rows: 4_000 }],
    from: '2026-01-01T00:00:00Z',
    to: '2026-02-01T00:00:00Z',
  });
  expect(words).toContain(
    'The first 5,000 rows were tried: 4,990 would be added, 1 revised, 2 are here already, 7 would',
  );
  expect(words).toContain('replaced: 3 email.');
  expect(words).toContain('row 7: The row has no text.');
  expect(words).toMatch(/dry run: nothing was taken\.$/);
});
