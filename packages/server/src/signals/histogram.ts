/** Bars over time: few enough to see, wide enough to mean something. Pure. */

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** Widths of a bar. Each divides the next but for the week and beyond, which start on Mondays. */
export const BUCKETS_MS = [
  1,
  5,
  15,
  60,
  3 * 60,
  6 * 60,
  12 * 60,
  24 * 60,
  7 * 24 * 60,
  4 * 7 * 24 * 60,
  13 * 7 * 24 * 60,
  52 * 7 * 24 * 60,
].map((minutes) => minutes * MINUTE);

export const BUCKETS_MAX = 120;

/** The first Monday of 1970, from which all bars are counted. */
const MONDAY = 4 * DAY;

export interface Bar {
  readonly at: Date;
  readonly count: number;
}

export interface Histogram {
  readonly bucketMs: number;
  /** Without gaps, oldest first; empty when there is nothing to show. */
  readonly bars: Bar[];
}

/** The narrowest width that needs at most `BUCKETS_MAX` bars from `from` to `to`; never below `atLeastMs`. */
export function bucketFor(from: Date, to: Date, atLeastMs = 0): number {
  const fits = (ms: number) => startOf(to, ms) - startOf(from, ms) < BUCKETS_MAX * ms;
  return BUCKETS_MS.find((ms) => ms >= atLeastMs && fits(ms)) ?? BUCKETS_MS.at(-1)!;
}

/** Puts counts into bars. `from` and `to` are the first and the last moment that shall have one. */
export function histogram(counts: readonly Bar[], from: Date, to: Date, bucketMs: number): Histogram {
  const sums = new Map<number, number>();
  for (const { at, count } of counts) {
    const start = startOf(at, bucketMs);
    sums.set(start, (sums.get(start) ?? 0) + count);
  }
  const bars: Bar[] = [];
  for (let start = startOf(from, bucketMs); start <= to.getTime(); start += bucketMs) {
    bars.push({ at: new Date(start), count: sums.get(start) ?? 0 });
  }
  return { bucketMs, bars };
}

const startOf = (at: Date, ms: number): number => Math.floor((at.getTime() - MONDAY) / ms) * ms + MONDAY;
