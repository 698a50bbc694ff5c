/** A stretch of time that a person picked, and its two ways in: dragged over bars, or typed into two fields. */

export interface TimeRange {
  from: string;
  to: string;
}

export interface Bucket {
  at: string;
  count: number;
}

/**
 * The range that a drag from one bar to another means: whole bars, in either direction.
 * @example
 * rangeOfBars(bars, 3_600_000, 4, 2); // from the start of bar 2 to the end of bar 4
 */
export function rangeOfBars(bars: readonly Bucket[], bucketMs: number, one: number, other: number): TimeRange | null {
  const first = bars[Math.min(one, other)];
  const last = bars[Math.max(one, other)];
  if (!first || !last) return null;
  return {
    from: new Date(first.at).toISOString(),
    to: new Date(Date.parse(last.at) + bucketMs).toISOString(),
  };
}

/** A moment as one types it, `2026-11-22 14:30`: in the reader's zone, to the minute. */
export function toField(iso: string): string {
  const moment = new Date(iso);
  return new Date(moment.getTime() - moment.getTimezoneOffset() * 60_000).toISOString().slice(0, 16).replace('T', ' ');
}

/** What was typed, in the reader's zone; a day without a time is its start. Null when it is no moment. */
export function momentOfField(typed: string): Date | null {
  const [, day, time = '00:00'] = /^(\d{4}-\d{2}-\d{2})(?:[ T]+(\d{1,2}:\d{2}))?$/.exec(typed.trim()) ?? [];
  if (day === undefined) return null;
  const moment = new Date(`${day}T${time.padStart(5, '0')}`);
  // 30 February would silently become 2 March
  return Number.isNaN(moment.getTime()) || moment.getDate() !== Number(day.slice(8)) ? null : moment;
}

/** What two typed fields mean, or null while they do not make a range. */
export function rangeOfFields(from: string, to: string): TimeRange | null {
  const start = momentOfField(from);
  const end = momentOfField(to);
  if (start === null || end === null || start >= end) return null;
  return { from: start.toISOString(), to: end.toISOString() };
}
