import { describe, expect, test } from 'vitest';
import { cutFor, readActiveUsersRow, seriesOf } from './active-users.ts';

const reasonFor = (value: unknown) => {
  const verdict = readActiveUsersRow(value);
  return 'reason' in verdict ? verdict.reason : null;
};

test('a row is spelt as signals are', () => {
  const dimensions = { 'App Version': 'v7.3.0', country: 'Germany', empty: ' ' };
  expect(readActiveUsersRow({ day: '2026-03-01', users: 12, dimensions })).toEqual({
    value: { day: '2026-03-01', users: 12, dimensions: { app_version: '7.3.0', country: 'DE' } },
  });
});

test.each([
  [{ users: 1 }, '"day" is missing. Give a date such as 2026-03-01.'],
  [{ day: '2026-02-30', users: 1 }, '"day" cannot be used. Give a date such as 2026-03-01.'],
  [{ day: '1970-01-01', users: 1 }, '"day" is before the year 2000, which looks like a wrong date.'],
  [{ day: '2026-03-01', users: -1 }, '"users" cannot be used. Give a whole number of people, 0 or more.'],
  [{ day: '2026-03-01', users: 1.5 }, '"users" cannot be used. Give a whole number of people, 0 or more.'],
  [
    { day: '2026-03-01', users: 1, country: 'DE' },
    '"country" is not a field here. Put it under "dimensions" or leave it out.',
  ],
  [null, 'This is no row. Give an object.'],
  [[1], 'This is no row. Give an object.'],
])('%j is refused in words', (value, reason) => expect(reasonFor(value)).toBe(reason));

describe('the cut that answers', () => {
  const cut = (...names: string[]) => ({ names, rows: 7, from: '2026-03-01', to: '2026-03-07' });

  test('is the one that was sent for the question', () => {
    const cuts = [cut(), cut('country'), cut('country', 'platform')];
    expect(cutFor(cuts, undefined)).toEqual({ names: [], summed: false });
    expect(cutFor(cuts, 'country')).toEqual({ names: ['country'], summed: false });
  });

  test('is else the coarsest that knows the name, and says that it is summed', () => {
    const cuts = [cut('country', 'platform', 'version'), cut('country', 'platform')];
    expect(cutFor(cuts, 'platform')).toEqual({ names: ['country', 'platform'], summed: true });
    expect(cutFor(cuts, undefined)).toEqual({ names: ['country', 'platform'], summed: true });
  });

  test('is none where nobody sent the name', () => expect(cutFor([cut('country')], 'platform')).toBeNull());
});

test('small values are one series, and nobody is lost', () => {
  const values = [...'abcdefghij'];
  const counts = values.flatMap((value, i) =>
    ['2026-03-01', '2026-03-02'].map((day) => ({ value, day, users: 100 - i })),
  );
  const series = seriesOf(counts);
  expect(series.map(({ value }) => value)).toEqual([...'abcdefgh', 'other']);
  expect(series.at(-1)!.days).toEqual([
    { day: '2026-03-01', users: 92 + 91 },
    { day: '2026-03-02', users: 92 + 91 },
  ]);
  const all = series.flatMap(({ days }) => days).reduce((sum, { users }) => sum + users, 0);
  expect(all).toBe(counts.reduce((sum, { users }) => sum + users, 0));
});
