/** Since when a slice is raised, and which rows show it. */
import type { Box } from './box.ts';
import type { Ranked } from './column.ts';
import type { Period, Rows } from './rows.ts';

const HOUR = 3_600_000;
const SAMPLES = 5;

function rowsIn({ at, columns }: Rows, ranked: readonly Ranked[], box: Box, { from, to }: Period): number[] {
  const found: number[] = [];
  for (let row = 0; row < at.length; row++) {
    if (at[row] < from || at[row] >= to) continue;
    const inside = box.every(({ dimension, low, high }) => {
      const rank = ranked[dimension].rankOf[columns[dimension].codes[row]];
      return rank >= low && rank <= high;
    });
    if (inside) found.push(row);
  }
  return found;
}

export function samplesOf(rows: Rows, ranked: readonly Ranked[], box: Box, window: Period): number[] {
  return rowsIn(rows, ranked, box, window)
    .sort((a, b) => rows.at[a] - rows.at[b] || a - b)
    .slice(0, SAMPLES);
}

/**
 * The hour from which on the rise is most likely: the start that maximises the Poisson likelihood of "from here on `times`
 * as much", as the start of a CUSUM's excursion (E. Page, Biometrika 41, 1954). Hours are expected to be alike.
 */
export function onsetOf(rows: Rows, ranked: readonly Ranked[], box: Box, window: Period, times: number): number | null {
  const inside = rowsIn(rows, ranked, box, window);
  if (inside.length === 0) return null;
  const hours = Math.max(1, Math.ceil((window.to - window.from) / HOUR));
  const counts = new Float64Array(hours);
  for (const row of inside) counts[Math.floor((rows.at[row] - window.from) / HOUR)]++;
  const factor = Math.min(times, 1e6);
  const perHour = inside.length / factor / hours;
  let best = 0;
  let bestGain = -Infinity;
  let gain = 0;
  for (let hour = hours - 1; hour >= 0; hour--) {
    gain += counts[hour] * Math.log(factor) - perHour * (factor - 1);
    if (gain > bestGain) {
      bestGain = gain;
      best = hour;
    }
  }
  return window.from + best * HOUR;
}
