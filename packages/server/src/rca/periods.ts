/** Which stretch of time is explained, and which it is held against. Pure. */
import type { Period } from '@groundswell/analytics';
import { type Against, Refusal } from '@groundswell/contract';

const DAY = 86_400_000;
const HOUR = 3_600_000;
const USUAL = 7 * DAY;
/** A longer window is no event any more that has a before. */
const LONGEST = 400 * DAY;

export interface Asking {
  readonly against: Against;
  readonly from?: string | undefined;
  readonly to?: string | undefined;
  readonly againstFrom?: string | undefined;
  readonly againstTo?: string | undefined;
}

export interface Periods {
  readonly window: Period;
  readonly baseline: Period;
  /** What is taken from the times of the baseline so that it lies before the window; whole days. */
  readonly shiftMs: number;
}

/** @param reach hours of the first and the last signal; what lies before the first is no baseline */
export function periodsOf(asked: Asking, reach: { from: Date; to: Date } | null, now: Date): Periods {
  const window = windowOf(asked, reach, now);
  if (asked.against === 'others') {
    const shiftMs = Math.ceil((window.to - window.from) / DAY) * DAY;
    return { window, baseline: window, shiftMs };
  }
  const wished = baselineOf(asked, window);
  const first = reach?.from.getTime() ?? wished.from;
  const baseline = { from: Math.max(wished.from, Math.min(first, wished.to)), to: wished.to };
  if (baseline.to - baseline.from < Math.min(HOUR, window.to - window.from)) {
    throw new Refusal(
      'request.invalid',
      'There are no signals from before that time, so there is nothing to compare with. Choose a later time, or compare with the other signals of the same time.',
    );
  }
  if (baseline.from < window.to && window.from < baseline.to) {
    throw new Refusal(
      'request.invalid',
      'The two times overlap. Choose a time to compare with that lies wholly before or after.',
    );
  }
  return { window, baseline, shiftMs: 0 };
}

function windowOf({ from, to }: Asking, reach: { from: Date; to: Date } | null, now: Date): Period {
  const end = to ? Date.parse(to) : Math.min(now.getTime() + 1, reach?.to.getTime() ?? Infinity);
  const start = from ? Date.parse(from) : end - USUAL;
  if (!(end > start)) throw new Refusal('request.invalid', 'The time ends before it begins. Choose another one.');
  if (end - start > LONGEST)
    throw new Refusal('request.invalid', 'More than 400 days cannot be explained at once. Choose a shorter time.');
  return { from: start, to: end };
}

function baselineOf({ against, againstFrom, againstTo }: Asking, window: Period): Period {
  const length = window.to - window.from;
  if (against === 'range') {
    if (!againstFrom || !againstTo)
      throw new Refusal('request.invalid', 'Say what to compare with: "againstFrom" and "againstTo".');
    const range = { from: Date.parse(againstFrom), to: Date.parse(againstTo) };
    if (!(range.to > range.from) || range.to - range.from > LONGEST)
      throw new Refusal('request.invalid', 'The time to compare with must have 1 to 400 days. Choose another one.');
    return range;
  }
  if (against === 'previous') return { from: window.from - length, to: window.from };
  const weeks = Math.ceil(length / (7 * DAY)) * 7 * DAY; // the same days of the week, wholly before
  return { from: window.from - weeks, to: window.to - weeks };
}
