import { describe, expect, test } from 'vitest';
import { filterOf, isOn, readSignalSearch, sortOf, toggled } from './signal-search.ts';

describe('the address of a search', () => {
  test('takes what it understands and leaves the rest', () => {
    const search = readSignalSearch({ q: 'stuck', rating: '9', sort: 'loudest', from: 'soon', d: ['a:1', 'nonsense'] });
    expect(JSON.parse(JSON.stringify(search))).toEqual({ q: 'stuck', d: ['a:1'] });
  });

  test('one dimension and several arrive alike', () => {
    expect(readSignalSearch({ d: 'country:BR' }).d).toEqual(['country:BR']);
    expect(filterOf({ d: ['country:BR', 'app:1'], rating: '2' })).toMatchObject({
      dimension: ['country:BR', 'app:1'],
      rating: 2,
    });
  });

  test('sorts by relevance only where words are searched', () => {
    expect(sortOf({ sort: 'relevance' })).toBe('newest');
    expect(sortOf({ sort: 'relevance', q: 'stuck' })).toBe('relevance');
  });
});

describe('facets', () => {
  test('a source, language or rating replaces the one before, and goes off when pressed again', () => {
    const en = toggled({ open: 'x' }, 'language', 'en');
    expect(en).toMatchObject({ language: 'en', open: undefined });
    const pt = toggled(en, 'language', 'pt');
    expect(isOn(pt, 'language', 'en')).toBe(false);
    expect(toggled(pt, 'language', 'pt').language).toBeUndefined();
  });

  test('values of dimensions add up', () => {
    const two = toggled(toggled({}, 'country', 'BR'), 'country', 'PT');
    expect(two.d).toEqual(['country:BR', 'country:PT']);
    expect(toggled(toggled(two, 'country', 'BR'), 'country', 'PT').d).toBeUndefined();
  });
});
