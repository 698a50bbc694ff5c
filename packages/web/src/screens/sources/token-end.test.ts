import { expect, test } from 'vitest';
import { endingSoon, endOf } from './token-end.ts';

const NOW = new Date('2026-03-02T09:00:00Z');

test.each([
  [null, 'never'],
  ['2027-03-02T09:00:00Z', 'far'],
  ['2026-03-16T09:00:01Z', 'far'],
  ['2026-03-16T09:00:00Z', 'soon'],
  ['2026-03-02T09:00:01Z', 'soon'],
  ['2026-03-02T09:00:00Z', 'over'],
])('a token until %s is %s', (expiresAt, end) => expect(endOf({ expiresAt }, NOW)).toBe(end));

test('whoever revoked a token is not asked to replace it', () => {
  const expiresAt = '2026-03-05T00:00:00Z';
  const revoked = { expiresAt, revokedAt: '2026-03-01T00:00:00Z' };
  expect(endingSoon([{ expiresAt, revokedAt: null }, revoked], NOW)).toHaveLength(1);
});
