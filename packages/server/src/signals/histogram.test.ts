import fc from 'fast-check';
import { expect, test } from 'vitest';
import { BUCKETS_MAX, BUCKETS_MS, bucketFor, histogram } from './histogram.ts';

const day = fc.date({ min: new Date('2000-01-01'), max: new Date('2030-01-01'), noInvalidDate: true });

test('never more bars than can be seen, none lost, and no gap', () => {
  fc.assert(
    fc.property(fc.array(day, { minLength: 1, maxLength: 50 }), (moments) => {
      const sorted = moments.toSorted((a, b) => a.getTime() - b.getTime());
      const [from, to] = [sorted[0]!, sorted.at(-1)!];
      const ms = bucketFor(from, to);
      const { bars } = histogram(
        moments.map((at) => ({ at, count: 1 })),
        from,
        to,
        ms,
      );
      expect(bars.length).toBeLessThanOrEqual(BUCKETS_MAX);
      expect(bars.reduce((sum, bar) => sum + bar.count, 0)).toBe(moments.length);
      const starts = bars.map((bar) => bar.at.getTime());
      expect(starts).toEqual(starts.map((_, i) => starts[0]! + i * ms));
      expect(BUCKETS_MS).toContain(ms);
    }),
  );
});

test('weeks begin on Monday', () => {
  const from = new Date('2026-03-04T12:00:00Z'); // a Wednesday
  const { bars } = histogram([{ at: from, count: 2 }], from, from, 7 * 24 * 3_600_000);
  expect(bars).toEqual([{ at: new Date('2026-03-02T00:00:00Z'), count: 2 }]);
});

test('a day is shown in quarters of an hour, a year in weeks', () => {
  expect(bucketFor(new Date('2026-03-01T00:00Z'), new Date('2026-03-01T23:59Z')) / 60_000).toBe(15);
  expect(bucketFor(new Date('2025-03-01T00:00Z'), new Date('2026-03-01T00:00Z')) / 86_400_000).toBe(7);
});
