import { expect, test } from 'vitest';
import { isOpen, isSeenLongAgo, type Session } from './session.ts';

const HOUR = 3_600_000;
const at = (hours: number) => new Date(Date.UTC(2026, 2, 2) + hours * HOUR);

const aSession = (over: Partial<Session> = {}): Session => ({
  id: 's1',
  personId: 'p1',
  seenAt: at(0),
  expiresAt: at(30 * 24),
  endedAt: null,
  name: 'Ana',
  email: 'ana@example.org',
  lastSeenAt: null,
  deactivatedAt: null,
  roles: ['viewer'],
  capabilities: ['issue.read'],
  compartments: ['open'],
  ...over,
});

test('a session is open until half a day without a sign of life', () => {
  expect(isOpen(aSession(), at(11.99))).toBe(true);
  expect(isOpen(aSession(), at(12))).toBe(false);
});

test('a session ends after thirty days however busy it is', () => {
  const busy = (hours: number) => aSession({ seenAt: at(hours - 1) });
  expect(isOpen(busy(719), at(719))).toBe(true);
  expect(isOpen(busy(720), at(720))).toBe(false);
});

test('an ended session and a deactivated person are refused at once', () => {
  expect(isOpen(aSession({ endedAt: at(0) }), at(0))).toBe(false);
  expect(isOpen(aSession({ deactivatedAt: at(0) }), at(0))).toBe(false);
});

test('a sign of life is written at most once a minute', () => {
  expect(isSeenLongAgo(aSession(), at(59 / 3600))).toBe(false);
  expect(isSeenLongAgo(aSession(), at(60 / 3600))).toBe(true);
});
