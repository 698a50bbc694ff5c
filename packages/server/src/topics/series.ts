/** A topic over time against what was expected of it: windows, bands, and where it is heading. Pure. */
import { type ExpectedShare, predictiveBand } from '@groundswell/analytics';
import type { Alert } from './topic.ts';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

export interface Window {
  readonly topicId: string;
  readonly compartment: string;
  /** The stream that it is measured against: of one source in a history run, else of the whole compartment. */
  readonly sourceId: string | null;
  /** On a full hour, as the totals are kept by the hour. */
  readonly from: Date;
  /** Whole hours. */
  readonly bucketMs: number;
  readonly buckets: number;
  readonly share: ExpectedShare;
  /** The engine's clock: what is later is not known yet. */
  readonly until: Date;
}

export interface Point {
  readonly at: Date;
  readonly count: number;
  /** Signals of the stream in that time. */
  readonly total: number;
  /** Expected count and its 95 % range. */
  readonly mean: number;
  readonly low: number;
  readonly high: number;
}

export function withBand(window: Window, counts: ArrayLike<number>, totals: ArrayLike<number>): Point[] {
  const { mean, low, high } = predictiveBand(window.share, totals);
  return Array.from({ length: window.buckets }, (_, i) => ({
    at: new Date(window.from.getTime() + i * window.bucketMs),
    count: counts[i]!,
    total: totals[i]!,
    mean: mean[i]!,
    low: low[i]!,
    high: high[i]!,
  }));
}

/** Where and against what an alert is shown. */
export interface Shown {
  readonly alert: Alert;
  readonly sourceId: string | null;
  readonly engineAt: Date;
}

const floor = (at: Date, step: number): number => Math.floor(at.getTime() / step) * step;

const SPARK = 14;
const BEFORE = 4; // buckets before the onset of a past surge: enough to see what was usual

/** Live: the last 14 days, the present one included. History: 14 buckets of whole days around the surge. */
export function sparkWindow({ alert, sourceId, engineAt }: Shown): Window {
  const { topicId, compartment, share } = alert;
  const about = { topicId, compartment, sourceId, share, until: engineAt, buckets: SPARK };
  if (!alert.historical) {
    return { ...about, from: new Date(floor(engineAt, DAY_MS) - (SPARK - 1) * DAY_MS), bucketMs: DAY_MS };
  }
  const days = (alert.updatedAt.getTime() - alert.onsetAt.getTime()) / DAY_MS;
  const bucketMs = Math.max(1, Math.ceil(days / 6)) * DAY_MS;
  return { ...about, from: new Date(floor(alert.onsetAt, DAY_MS) - BEFORE * bucketMs), bucketMs };
}

const WIDTHS = [1, 2, 3, 6, 12, 24, 48, 168].map((hours) => hours * HOUR_MS);
const MOST_POINTS = 120;

/** The picture of one issue: from well before the onset to the end of the surge (past) or to now (live). */
export function seriesWindow({ alert, sourceId, engineAt }: Shown): Window {
  const { topicId, compartment, share } = alert;
  const onset = alert.onsetAt.getTime();
  const lasted = Math.max(2 * DAY_MS, alert.updatedAt.getTime() - onset);
  const start = onset - Math.max(7 * DAY_MS, lasted);
  const end = alert.historical ? Math.min(engineAt.getTime(), onset + 2 * lasted + 3 * DAY_MS) : engineAt.getTime();
  const span = Math.max(DAY_MS, end - start);
  const bucketMs = WIDTHS.find((width) => span / width <= MOST_POINTS) ?? WIDTHS.at(-1)!;
  const from = floor(new Date(start), bucketMs);
  const buckets = Math.min(520, Math.max(1, Math.ceil((end + 1 - from) / bucketMs)));
  return { topicId, compartment, sourceId, share, until: engineAt, from: new Date(from), bucketMs, buckets };
}

type Trend = 'growing' | 'level' | 'falling' | 'over';

/** Buckets on each side of the comparison. */
const SIDE = 3;

/**
 * Where it is heading, by share of the stream: the last three buckets with signals in the stream against the three
 * before. Over when the last three lie within what was expected. Steps below 1.64 standard errors are called level.
 */
export function trendOf(points: readonly Point[], until: Date): Trend {
  const known = points.filter(({ at, total }) => at <= until && total > 0);
  const recent = known.slice(-SIDE);
  const before = known.slice(-2 * SIDE, -SIDE);
  if (recent.length === SIDE && recent.every(({ count, high }) => count <= high)) return 'over';
  const [a, b] = [sum(recent), sum(before)];
  if (b.total === 0) return a.count > 0 ? 'growing' : 'level';
  const usual = (b.count * a.total) / b.total; // what the recent time would have brought at the former share
  const step = (a.count - usual) / Math.sqrt(Math.max(1, a.count + usual));
  if (step > 1.64) return 'growing';
  return step < -1.64 ? 'falling' : 'level';
}

function sum(points: readonly Point[]): { count: number; total: number } {
  return points.reduce((all, { count, total }) => ({ count: all.count + count, total: all.total + total }), {
    count: 0,
    total: 0,
  });
}

/** A past surge is over as soon as its run has read on for three buckets without another word on it. */
export function trendOfShown({ alert, engineAt }: Shown, window: Window, points: readonly Point[]): Trend {
  const silence = engineAt.getTime() - alert.updatedAt.getTime();
  if (alert.historical && silence >= SIDE * window.bucketMs) return 'over';
  return trendOf(points, engineAt);
}
