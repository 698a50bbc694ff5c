import { describe, expect, test } from 'vitest';
import { isNews, spread } from './findings.ts';
import { type Point, seriesWindow, sparkWindow, trendOf, trendOfShown } from './series.ts';
import type { Alert } from './topic.ts';

const DAY_MS = 86_400_000;
const day = (n: number, hours = 0) => new Date(Date.UTC(2026, 1, 1) + n * DAY_MS + hours * 3_600_000);

const anAlert = (over: Partial<Alert> = {}): Alert => ({
  id: 'a1',
  compartment: 'open',
  topicId: 't1',
  historical: false,
  at: day(10, 6),
  updatedAt: day(11),
  onsetAt: day(10, 3),
  pattern: 'new',
  observed: 30,
  expected: 2,
  low: 0,
  high: 5,
  logEvidence: 20,
  threshold: 11,
  slice: null,
  samples: [],
  share: { shape: 2, rate: 100, dispersion: 0.1 },
  ...over,
});

const points = (counts: number[], { total = 100, high = 5 } = {}): Point[] =>
  counts.map((count, i) => ({ at: day(i), count, total, mean: 2, low: 0, high }));

describe('the window of a picture', () => {
  test('live: the last 14 days, today included', () => {
    const window = sparkWindow({ alert: anAlert(), sourceId: null, engineAt: day(13, 15) });
    expect(window).toMatchObject({ from: day(0), bucketMs: DAY_MS, buckets: 14 });
  });

  test('past: 14 buckets of whole days, four of them before the onset and the whole surge within', () => {
    const alert = anAlert({ historical: true, onsetAt: day(10, 3), updatedAt: day(23) });
    const window = sparkWindow({ alert, sourceId: 's1', engineAt: day(900) });
    expect(window).toMatchObject({ bucketMs: 3 * DAY_MS, buckets: 14, from: day(-2), sourceId: 's1' });
    expect(window.from.getTime() + 14 * window.bucketMs).toBeGreaterThan(alert.updatedAt.getTime());
  });

  test('of the issue: begins before the onset, ends with what the engine knows, and has no more than a chart can show', () => {
    for (const [onset, until] of [
      [10, 10.01],
      [10, 12],
      [10, 60],
      [10, 500],
    ] as const) {
      const alert = anAlert({ onsetAt: day(onset), updatedAt: day(until) });
      const { from, bucketMs, buckets } = seriesWindow({ alert, sourceId: null, engineAt: day(until) });
      expect(from <= day(onset - 6)).toBe(true);
      expect(from.getTime() + buckets * bucketMs).toBeGreaterThan(day(until).getTime());
      expect(buckets).toBeLessThanOrEqual(180);
      expect(from.getTime() % 3_600_000).toBe(0);
    }
  });
});

describe('where a surge is heading', () => {
  // by hand: 60 against 30 seen before: (60 − 30) / √90 = 3.2 standard errors; 33 against 30: 0.4
  test.each([
    ['growing', [2, 2, 2, 10, 10, 10, 20, 20, 20]],
    ['level', [2, 2, 2, 10, 10, 10, 11, 11, 11]],
    ['falling', [2, 2, 2, 20, 20, 20, 10, 10, 10]],
    ['over', [2, 20, 30, 20, 5, 2, 1]],
    ['growing', [0, 0, 0, 0, 0, 12]],
  ] as const)('%s: %j', (trend, counts) => {
    expect(trendOf(points([...counts]), day(counts.length))).toBe(trend);
  });

  test('half a day is not a fall, and a time without any signal is no end', () => {
    const whole = points([2, 2, 2, 12, 12, 12, 12, 12]);
    const half = { ...points([6], { total: 50 })[0]!, at: day(8) };
    expect(trendOf([...whole, half], day(9))).toBe('level');
    const silent = points([0, 0, 0, 0], { total: 0 }).map((point, i) => ({ ...point, at: day(8 + i) }));
    expect(trendOf([...whole, ...silent], day(12))).toBe('level');
  });

  test('a past surge is over once its run has read on without another word on it', () => {
    const shown = { alert: anAlert({ historical: true }), sourceId: 's1', engineAt: day(400) };
    expect(trendOfShown(shown, sparkWindow(shown), points([2, 2, 2, 20, 20, 20]))).toBe('over');
    const atEnd = { ...shown, engineAt: day(11, 12) };
    expect(trendOfShown(atEnd, sparkWindow(atEnd), points([2, 2, 2, 20, 20, 20]))).toBe('growing');
  });
});

test('growth is told when it is half as much again, or more and a day later', () => {
  const told = { observed: 10, at: day(0) };
  const at = (observed: number, when: Date) => isNews(told, { observed, at: when });
  expect([at(14, day(0, 23)), at(15, day(0, 1)), at(11, day(1)), at(10, day(9))]).toEqual([false, true, true, false]);
});

test('samples are spread evenly, ends included', () => {
  expect(spread([1, 2, 3, 4, 5, 6, 7, 8, 9], 3)).toEqual([1, 5, 9]);
  expect(spread([1, 2], 3)).toEqual([1, 2]);
});
