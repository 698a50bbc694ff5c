import { ISSUE_STATES } from '@groundswell/contract';
import { expect, test } from 'vitest';
import { queryOf, readIssueSearch, stretchesOf } from './issue-search.ts';

test('every issue stands in exactly one stretch of the table, live or from history', () => {
  const rows = ISSUE_STATES.flatMap((state) => [true, false].map((historical) => ({ state, historical })));
  const shown = stretchesOf(rows).flatMap((stretch) => stretch.rows);
  expect(shown).toHaveLength(rows.length);
  expect(new Set(shown).size).toBe(rows.length);
});

test('what was found in history never stands among what emerges now', () => {
  const stretches = stretchesOf([{ state: 'suspected', historical: true }]);
  expect(stretches.map(({ stretch }) => stretch.name)).toEqual(['past']);
});

test('a board asks for every state, whatever the table was narrowed to', () => {
  expect(queryOf({ group: 'emerging' })).toMatchObject({ group: 'emerging' });
  expect(queryOf({ group: 'emerging', view: 'board' })).toMatchObject({ group: 'all' });
});

test('live and historical are asked for in the server’s words', () => {
  expect(queryOf({ kind: 'history' }).historical).toBe('true');
  expect(queryOf({ kind: 'live' }).historical).toBe('false');
  expect(queryOf({}).historical).toBeUndefined();
});

test('an address with unknown words still opens', () => {
  expect(JSON.parse(JSON.stringify(readIssueSearch({ group: 'mine', sort: 'luck', q: '', view: 'board' })))).toEqual({
    view: 'board',
  });
});
