import { expect, test } from 'vitest';
import { queryOf, readCopiesSearch } from './copies-search.ts';

const SOURCE = '0b6f1d0e-3a34-4f0c-9b52-0d6a4c1d7e01';

test('an address is read as far as it is understood', () => {
  expect(readCopiesSearch({ kind: 'flood', source: SOURCE, sort: 'largest' })).toEqual({
    kind: 'flood',
    source: SOURCE,
    sort: 'largest',
  });
  expect(readCopiesSearch({ kind: 'robots', source: 'Play Store', sort: ['newest'] })).toEqual({});
});

test('phrases are left out until they are asked for', () => {
  expect(queryOf({})).toMatchObject({ shape: ['campaign', 'flood', 'copies'], sort: 'newest' });
  expect(queryOf({ kind: 'phrase' }).shape).toEqual(['phrase']);
  expect(queryOf({ kind: 'all' }).shape).toBeUndefined();
});
