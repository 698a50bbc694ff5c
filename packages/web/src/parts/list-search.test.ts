import { describe, expect, test } from 'vitest';
import { arrange, readListSearch } from './list-search.ts';

const rows = [
  { name: 'Play store', count: 10 },
  { name: 'App store', count: 200 },
  { name: 'Help desk', count: null },
];
const keys = { name: (row: (typeof rows)[0]) => row.name, count: (row: (typeof rows)[0]) => row.count };
const names = (search: Parameters<typeof arrange<(typeof rows)[0], 'name' | 'count'>>[1]['search']) =>
  arrange(rows, { search, first: 'count', keys, words: (row) => row.name }).map(({ name }) => name);

describe('a list that comes whole', () => {
  test('puts the largest first, turns around, and keeps what is not known last either way', () => {
    expect(names({})).toEqual(['App store', 'Play store', 'Help desk']);
    expect(names({ order: 'asc' })).toEqual(['Play store', 'App store', 'Help desk']);
    expect(names({ sort: 'name', order: 'asc' })).toEqual(['App store', 'Help desk', 'Play store']);
  });

  test('is narrowed down by words in any case', () => {
    expect(names({ q: 'STORE' })).toEqual(['App store', 'Play store']);
    expect(names({ q: 'nothing' })).toEqual([]);
  });

  test('takes from the address only what it knows', () => {
    expect(readListSearch({ q: 'a', sort: 'count', order: 'asc', x: 1 }, ['name', 'count'])).toEqual({
      q: 'a',
      sort: 'count',
      order: 'asc',
    });
    expect(readListSearch({ q: 4, sort: 'drop table', order: 'up' }, ['name', 'count'])).toEqual({});
  });
});
