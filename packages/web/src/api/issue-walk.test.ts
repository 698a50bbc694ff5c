import { expect, test } from 'vitest';
import { issuePath, listOf, orderOf, stepAt, wordOf } from './issue-walk.ts';

test('a list comes through an address and back unchanged', () => {
  const search = { group: 'all', q: 'a & b = "c"', sort: 'ratio', order: 'asc' } as const;
  const path = new URL(`https://x${issuePath('IS-LEGAL-3', wordOf(search))}`);
  expect(path.pathname).toBe('/issues/IS-LEGAL-3');
  expect(JSON.parse(JSON.stringify(listOf(path.searchParams.get('list')!)))).toEqual(search);
  expect(wordOf({})).toBe('group=open');
  expect(issuePath('IS-1', undefined)).toBe('/issues/IS-1');
});

test('the way through is that of the table, stretch after stretch', () => {
  const row = (key: string, state: 'suspected' | 'confirmed', historical = false) => ({ key, state, historical });
  const rows = [row('a', 'confirmed'), row('b', 'suspected', true), row('c', 'suspected')];
  expect(orderOf(rows)).toEqual(['c', 'a', 'b']);
});

test('where one stands, and that the ends have no way on', () => {
  expect(stepAt(['a', 'b', 'c'], 'b')).toEqual({ at: 2, of: 3, back: 'a', next: 'c' });
  expect(stepAt(['a'], 'a')).toEqual({ at: 1, of: 1, back: null, next: null });
  expect(stepAt(['a'], 'x')).toBeNull();
});
