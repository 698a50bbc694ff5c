/** What a clock says at a moment: the one definition behind badge, queue, report and export. */
import { type CalendarOf, type ClockState, look, type Mark, momentOf, type Phase, spentAt } from './clock.ts';

export interface Reading {
  readonly phase: Phase;
  readonly spentMs: number;
  readonly targetMs: number | null;
  /** Counted time left, below zero when late: the number of the badge, in the same time as the target. */
  readonly remainingMs: number | null;
  /** When the target is or was reached; null while paused, and when nothing is promised. */
  readonly dueAt: number | null;
  /** Of the version that holds now. */
  readonly breachedAt: number | null;
  /** Of any version: a later change does not wash it away. */
  readonly everBreached: boolean;
  /** Null as long as it is open, was cancelled, or nothing is promised. */
  readonly met: boolean | null;
  readonly marks: readonly Mark[];
}

/**
 * Reads a clock.
 *
 * @param now not before the last event; after the end of the clock it makes no difference
 * @example
 * readClock(state, now, calendarOf).remainingMs; // 5_400_000: an hour and a half of working time left
 */
export function readClock(before: ClockState, now: number, calendarOf: CalendarOf): Reading {
  const state = look(before, now, calendarOf);
  const { phase, pin, marks, version } = state;
  const targetMs = pin?.targetMs ?? null;
  const spentMs = spentAt(state, now, calendarOf);
  const breachedAt = marks.find((mark) => mark.version === version && mark.share === 1)?.at ?? null;
  return {
    phase,
    spentMs,
    targetMs,
    remainingMs: targetMs === null ? null : targetMs - spentMs,
    dueAt: targetMs === null ? null : (breachedAt ?? momentOf(state, 1, calendarOf)),
    breachedAt,
    everBreached: marks.some(({ share }) => share === 1),
    met: phase === 'fulfilled' && targetMs !== null ? breachedAt === null : null,
    marks,
  };
}

/**
 * Of marks that were found together, the one worth telling somebody: the furthest, unless it was told before.
 *
 * @param found marks that are not yet recorded
 * @example
 * worthTelling(found)?.share; // .9 after a night without a scheduler, not .5, .75 and .9
 */
export function worthTelling(found: readonly Mark[]): Mark | null {
  const fresh = found.filter(({ carried }) => !carried);
  return fresh.reduce<Mark | null>((best, mark) => {
    const isFurther =
      !best || mark.version > best.version || (mark.version === best.version && mark.share > best.share);
    return isFurther ? mark : best;
  }, null);
}
