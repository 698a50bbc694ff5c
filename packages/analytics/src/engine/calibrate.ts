import { poissonInterval } from '../stats/poisson.ts';
import type { Item } from './entry.ts';
import { checkBudget, createEngine } from './state.ts';
import { step } from './step.ts';

/**
 * Thresholds by replay on the deployment's own history: measured, not promised. The times of the texts are exchanged among
 * those of the same hour of the week, which destroys every burst and keeps season, subjects and authors; whatever the
 * engine then tells is false. The lowest shift of the threshold is taken at which it tells as little as was wished for.
 */

const HOUR = 3_600_000;
const HOURS = 168;
const WEEK = HOURS * HOUR;
const LEAST_ITEMS = 300;
const LEAST_WEEKS = 3; // one of them to learn from
const SHIFTS = [0, -1, -2, 1, 2, 3, 4, 6, 8]; // nats; downwards first, as long as that is quiet enough

export interface Wish {
  /** False alerts a week that are acceptable, > 0. */
  readonly falseAlertsPerWeek: number;
  /** Any integer: how the times are exchanged. */
  readonly seed?: number;
}

export interface Thresholds {
  /** Nats to add to the threshold of the budget. 0 where the history is too short to measure anything. */
  readonly shift: number;
  /** Weeks that were counted; 0 where nothing was measured. */
  readonly weeks: number;
  /** False alerts in them at that shift, and the exact 95 % range of their expectation. */
  readonly counted: number;
  readonly low: number;
  readonly high: number;
  /** Whether the wish was met in the replay. */
  readonly met: boolean;
}

/**
 * @param history signals in any order; revisions count as they stand
 * @param wish    the budget
 * @returns       thresholds for `createEngine({ shift })` and `settings`; O(replays · history), three to nine replays
 * @throws RangeError when the budget is not above 0
 *
 * @example
 * calibrate([], { falseAlertsPerWeek: 1 }).weeks; // 0: nothing to measure on
 */
export function calibrate(history: readonly Item[], { falseAlertsPerWeek, seed = 1 }: Wish): Thresholds {
  checkBudget(falseAlertsPerWeek);
  const items = exchanged(history, seed);
  const span = items.length === 0 ? 0 : items.at(-1)!.at - items[0].at;
  if (items.length < LEAST_ITEMS || span < LEAST_WEEKS * WEEK) return told(0, 0, 0, true);
  const from = items[0].at + Math.max(WEEK, span / 4);
  const weeks = (items.at(-1)!.at - from) / WEEK;
  const counts = new Map<number, number>();
  const isMet = (shift: number): boolean => {
    const counted = counts.get(shift) ?? surgesOf(items, from, falseAlertsPerWeek, shift);
    counts.set(shift, counted);
    return counted <= falseAlertsPerWeek * weeks;
  };
  let best: number | null = null;
  for (const shift of SHIFTS) {
    const meets = isMet(shift);
    if (meets) best = shift;
    if (meets ? shift > 0 || shift === -2 : best !== null) break;
  }
  const shift = best ?? SHIFTS.at(-1)!;
  return told(shift, weeks, counts.get(shift)!, best !== null);
}

function told(shift: number, weeks: number, counted: number, met: boolean): Thresholds {
  const { low, high } = poissonInterval(counted);
  return { shift, weeks, counted, low, high, met };
}

/** False alerts after the warm-up. */
function surgesOf(items: readonly Item[], from: number, falseAlertsPerWeek: number, shift: number): number {
  const state = createEngine({ falseAlertsPerWeek, shift, historical: true });
  const surges = new Set<string>();
  items.forEach((item, i) => {
    for (const output of step(state, { position: i + 1, kind: 'items', items: [item] })) {
      if (output.kind === 'surge' && !output.update && output.at >= from) surges.add(output.surge);
    }
  });
  return surges.size;
}

/**
 * The same texts, authors and dimensions with the times of others of the same hour of the week (Fisher–Yates on a seeded
 * xorshift32), in order of time.
 */
export function exchanged(history: readonly Item[], seed: number): Item[] {
  let word = seed | 0 || 1;
  const below = (n: number): number => {
    word ^= word << 13;
    word ^= word >>> 17;
    word ^= word << 5;
    return (word >>> 0) % n;
  };
  const cells = new Map<number, Item[]>();
  for (const item of history) {
    if (!Number.isFinite(item.at)) continue;
    const hour = ((Math.floor(item.at / HOUR) % HOURS) + HOURS) % HOURS;
    const cell = cells.get(hour);
    if (cell) cell.push(item);
    else cells.set(hour, [item]);
  }
  const out: Item[] = [];
  for (const cell of [...cells].sort((a, b) => a[0] - b[0]).map(([, items]) => items)) {
    const times = cell.map(({ at }) => at);
    for (let i = times.length - 1; i > 0; i--) {
      const j = below(i + 1);
      [times[i], times[j]] = [times[j], times[i]];
    }
    out.push(...cell.map((item, i) => ({ ...item, at: times[i], replaces: null })));
  }
  return out.sort((a, b) => a.at - b.at || (a.id < b.id ? -1 : 1));
}
