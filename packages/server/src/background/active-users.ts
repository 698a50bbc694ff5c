/** How many people were active on a day, in all or in a slice. Pure. */
import { NewActiveUsers } from '@groundswell/contract';
import { dimensionsOf, reasonOf, type Verdict } from './judged.ts';

export interface ActiveUsers {
  /** `2026-03-01`: a day of the sender's own calendar. */
  readonly day: string;
  readonly users: number;
  readonly dimensions: Readonly<Record<string, string>>;
}

const WANTED = {
  day: 'a date such as 2026-03-01',
  users: 'a whole number of people, 0 or more',
  dimensions: 'an object of names, each with text, a number, true or false',
};

export function readActiveUsersRow(value: unknown): Verdict<ActiveUsers> {
  const parsed = NewActiveUsers.safeParse(value);
  if (!parsed.success) return { reason: reasonOf(parsed.error, value, WANTED) };
  const { day, users } = parsed.data;
  if (day < '2000-01-01') return { reason: '"day" is before the year 2000, which looks like a wrong date.' };
  const dimensions = dimensionsOf(parsed.data.dimensions);
  return 'reason' in dimensions ? dimensions : { value: { day, users, dimensions: dimensions.value } };
}

export const keyOfActiveUsers = ({ day, dimensions }: ActiveUsers): string => JSON.stringify([day, dimensions]);

/** The rows that share a set of names: each day of a cut is divided by these names and no others. */
export interface Cut {
  readonly names: readonly string[];
  readonly rows: number;
  readonly from: string;
  readonly to: string;
}

/**
 * The cut that a series is made of: the one that was sent for just this question, else the coarsest that knows the name.
 * @returns null when nothing that was sent can answer; `summed` when names that nobody asked for are added up
 */
export function cutFor(
  cuts: readonly Cut[],
  by: string | undefined,
): { names: readonly string[]; summed: boolean } | null {
  const asked = by === undefined ? [] : [by];
  const able = cuts.filter(({ names }) => asked.every((name) => names.includes(name)));
  const best = [...able].sort((a, b) => a.names.length - b.names.length || b.rows - a.rows)[0];
  return best ? { names: best.names, summed: best.names.length > asked.length } : null;
}

/** Drawn apart; the others are one, as are the values of a dictionary that were too many. */
export const SERIES_SHOWN = 8;
export const OTHERS = 'other';

export interface DayCount {
  readonly value: string | null;
  readonly day: string;
  readonly users: number;
}

/** One series per value, the largest first, all that are small in one called "other". */
export function seriesOf(counts: readonly DayCount[]) {
  const totals = new Map<string | null, number>();
  for (const { value, users } of counts) totals.set(value, (totals.get(value) ?? 0) + users);
  const shown = new Set(
    [...totals]
      .filter(([value]) => value !== OTHERS)
      .sort((a, b) => b[1] - a[1])
      .slice(0, SERIES_SHOWN)
      .map(([value]) => value),
  );
  const series = new Map<string | null, Map<string, number>>();
  for (const { value, day, users } of counts) {
    const name = shown.has(value) ? value : OTHERS;
    const days = series.get(name) ?? new Map<string, number>();
    days.set(day, (days.get(day) ?? 0) + users);
    series.set(name, days);
  }
  const order = [...shown, OTHERS];
  return [...series]
    .sort(([a], [b]) => order.indexOf(a) - order.indexOf(b))
    .map(([value, days]) => ({
      value,
      days: [...days].sort(([a], [b]) => (a < b ? -1 : 1)).map(([day, users]) => ({ day, users })),
    }));
}
