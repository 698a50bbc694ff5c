import fc from 'fast-check';
import { expect, test } from 'vitest';
import { parseAddress, writeAddress } from './address.ts';

test('reads like a sentence and not like JSON', () => {
  expect(writeAddress({ q: 'stuck', d: ['app:1', 'country:BR'], open: undefined, sort: '' })).toBe(
    '?q=stuck&d=app%3A1&d=country%3ABR',
  );
  expect(writeAddress({})).toBe('');
});

test('what is written is what is read, in any script', () => {
  const word = fc.string({ minLength: 1, unit: 'grapheme' }).filter((said) => said.isWellFormed());
  const value = fc.oneof(word, fc.array(word, { minLength: 2, maxLength: 4 }));
  fc.assert(
    fc.property(fc.dictionary(fc.constantFrom('q', 'd', 'from', 'sort'), value), (search) => {
      expect(parseAddress(writeAddress(search))).toEqual({ ...search });
    }),
  );
});
