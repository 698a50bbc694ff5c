import fc from 'fast-check';
import { expect, test } from 'vitest';
import { at, HOUR, wallClock, ZONES } from './calendar.fixture.ts';
import { instantOf, isZone, offsetAt, spanAt } from './zone.ts';

test('knows the offset on both sides of a change, to the second', () => {
  // Berlin 2026: forward on 29 March at 01:00 UTC, back on 25 October at 01:00 UTC
  const forward = at('2026-03-29T01:00Z');
  const back = at('2026-10-25T01:00Z');
  expect(offsetAt('Europe/Berlin', forward - 1)).toBe(HOUR);
  expect(offsetAt('Europe/Berlin', forward)).toBe(2 * HOUR);
  expect(offsetAt('Europe/Berlin', back - 1)).toBe(2 * HOUR);
  expect(offsetAt('Europe/Berlin', back)).toBe(HOUR);
});

test('knows half hours of summer time, offsets with seconds, and a whole day that was skipped', () => {
  expect(offsetAt('Australia/Lord_Howe', at('2026-07-01T00:00Z'))).toBe(10.5 * HOUR);
  expect(offsetAt('Australia/Lord_Howe', at('2026-01-01T00:00Z'))).toBe(11 * HOUR);
  expect(offsetAt('Africa/Monrovia', at('1970-06-01T00:00Z'))).toBe(-(44 * 60 + 30) * 1000);
  // Samoa went from UTC-10 to UTC+14 at the end of 29 December 2011 and had no 30 December
  expect(offsetAt('Pacific/Apia', at('2011-12-30T09:59Z'))).toBe(-10 * HOUR);
  expect(offsetAt('Pacific/Apia', at('2011-12-30T10:00Z'))).toBe(14 * HOUR);
});

test('sees all four changes of a year with Ramadan in its summer time', () => {
  // Morocco 2023: back on 19 March 02:00 UTC, forward on 23 April 02:00 UTC; hour by hour against the platform
  const read = wallClock('Africa/Casablanca');
  for (let ms = at('2023-01-01T00:00Z'); ms < at('2024-01-01T00:00Z'); ms += HOUR) {
    const wall = new Date(ms + offsetAt('Africa/Casablanca', ms)).toISOString().slice(0, 16);
    if (wall !== read(ms).text) expect.fail(`${new Date(ms).toISOString()}: ${wall}, not ${read(ms).text}`);
  }
});

test('a span ends where the offset changes or the year does', () => {
  const from = at('2026-03-28T12:00Z');
  expect(spanAt('Europe/Berlin', from, at('2027-06-01T00:00Z')).to).toBe(at('2026-03-29T01:00Z'));
  expect(spanAt('Europe/Berlin', at('2026-12-01T00:00Z'), at('2027-06-01T00:00Z')).to).toBe(at('2027-01-01T00:00Z'));
});

test('a wall time that is skipped means as long after the gap, one that is repeated the first', () => {
  const berlin = (text: string) => instantOf('Europe/Berlin', at(`${text}Z`));
  expect(berlin('2026-03-29T02:30')).toBe(at('2026-03-29T01:30Z')); // 02:30 is skipped: 03:30 summer time
  expect(berlin('2026-10-25T02:30')).toBe(at('2026-10-25T00:30Z')); // first of two
  expect(berlin('2026-07-01T12:00')).toBe(at('2026-07-01T10:00Z'));
});

test('any wall time that a clock can show leads back to an instant that shows it', () => {
  const moment = fc.record({ zone: fc.constantFrom(...ZONES), minute: fc.integer({ min: 0, max: 525_600 }) });
  fc.assert(
    fc.property(moment, ({ zone, minute }) => {
      const ms = Date.UTC(2026, 0, 2) + minute * 60_000;
      const found = instantOf(zone, ms + offsetAt(zone, ms));
      expect(found + offsetAt(zone, found)).toBe(ms + offsetAt(zone, ms));
      expect(found).toBeLessThanOrEqual(ms);
    }),
  );
});

test('refuses what is no zone and no instant, and says so', () => {
  expect(isZone('Europe/Berlin')).toBe(true);
  for (const name of ['Mars/Olympus', '+02:00', '', 'Europe/Berlin\n', 'x'.repeat(100)])
    expect(isZone(name)).toBe(false);
  expect(() => offsetAt('Mars/Olympus', 0)).toThrow('"Mars/Olympus" is no time zone');
  for (const wrong of [Number.NaN, 1.5, -1, Infinity]) expect(() => offsetAt('UTC', wrong)).toThrow(RangeError);
});
