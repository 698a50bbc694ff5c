import { expect, test } from 'vitest';
import { arrangeDimensions, effectOf, readDimensionsSearch, readValuesSearch } from './dimension-search.ts';

test('an address keeps what it knows and forgets what it does not', () => {
  expect(readDimensionsSearch({ q: 'app', sort: 'values', order: 'asc', in: 'legal', x: 1 })).toEqual({
    q: 'app',
    sort: 'values',
    order: 'asc',
    in: 'legal',
  });
  expect(readValuesSearch({ q: 7, sort: 'size', page: '0', source: '' })).toEqual({});
  expect(readValuesSearch({ sort: 'newest', page: '3' })).toMatchObject({ sort: 'newest', page: 3 });
  expect(readValuesSearch({ page: '1e9' }).page).toBeUndefined();
});

test('a dimension is found by how it is said and by how it is written', () => {
  const one = (name: string, rows: number) => ({
    name,
    rows,
    values: 1,
    firstAt: '2026-01-01T00:00:00Z',
    lastAt: '2026-01-01T00:00:00Z',
    sources: [],
  });
  const rows = [one('os_version', 1), one('country', 5)];
  const names = (q?: string) =>
    arrangeDimensions(rows, { q }, (name) => ({ os_version: 'system version' })[name] ?? name).map(({ name }) => name);
  expect(names()).toEqual(['country', 'os_version']);
  expect(names('system')).toEqual(['os_version']);
  expect(names('OS_')).toEqual(['os_version']);
});

test('the effect of a merge counts each row once, also when the target is among the chosen', () => {
  const chosen = new Map([
    ['ios', 100],
    ['I-OS', 7],
    ['IOS', 3],
  ]);
  const rowsOf = (value: string) => (value === 'apple' ? 50 : 0);
  expect(effectOf(chosen, 'ios', rowsOf)).toEqual({ values: 2, rows: 10, total: 110 });
  expect(effectOf(chosen, 'apple', rowsOf)).toEqual({ values: 3, rows: 110, total: 160 });
  expect(effectOf(chosen, 'new', rowsOf)).toEqual({ values: 3, rows: 110, total: 110 });
});
