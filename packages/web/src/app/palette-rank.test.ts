import { expect, test } from 'vitest';
import { fit, ranked } from './palette-rank.ts';

const labels = (typed: string, all: string[]) =>
  ranked(
    typed,
    all.map((label) => ({ label })),
  ).map(({ label }) => label);

test('the start of a label comes before the start of a word, that before the middle, that before single letters', () => {
  expect(labels('iss', ['Dismiss', 'Import sources sorted', 'All issues', 'Issues'])).toEqual([
    'Issues',
    'All issues',
    'Dismiss',
    'Import sources sorted',
  ]);
});

test('all words must be found, in any order', () => {
  expect(labels('csv export', ['Export CSV', 'Export', 'CSV'])).toEqual(['Export CSV']);
});

test('marks and capitals do not matter, in any script', () => {
  expect(fit('ete', 'Été')).toBeGreaterThan(0);
  expect(fit('ÉTÉ', 'ete')).toBeGreaterThan(0);
  expect(fit('إعدادات', 'الإعدادات')).toBeGreaterThan(0);
  expect(fit('設定', '通知の設定')).toBeGreaterThan(0);
});

test('an abbreviation begins where a word begins', () => {
  expect(fit('gts', 'Go to signals')).toBeGreaterThan(0);
  expect(fit('zz', 'Go to signals')).toBe(0);
  expect(fit('o', 'xo')).toBeGreaterThan(0);
});

test('of equals the order stays, and of two alike the shorter one comes first', () => {
  expect(labels('', ['b', 'a'])).toEqual(['b', 'a']);
  expect(labels('keys', ['Keys of all screens', 'Keys'])).toEqual(['Keys', 'Keys of all screens']);
});
