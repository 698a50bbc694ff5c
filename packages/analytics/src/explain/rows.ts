/** From rows with times to cells with expectations. */
import { type Cells, CellTable } from './cells.ts';
import { type Column, type Ranked, rankColumn } from './column.ts';
import { dispersionOf } from './dispersion.ts';
import { type Exposure, evenWeights, exposureWeights, type Weights } from './exposure.ts';

/** Half open. */
export interface Period {
  /** ms since 1970, included. */
  readonly from: number;
  /** ms since 1970, not included. */
  readonly to: number;
}

/** What happened, one row each, column by column; no order is asked for. */
export interface Rows {
  /** ms since 1970; shape [rows]. */
  readonly at: ArrayLike<number>;
  readonly columns: readonly Column[];
}

export interface Prepared {
  readonly cells: Cells;
  /** tau² of shares between blocks of the past as long as the window, or a day. */
  readonly dispersion: number;
  readonly weights: Weights;
  /** Rows of the window, and those of the past that were compared with. */
  readonly observed: number;
  readonly past: number;
  /** Share of these rows that the exposure table does not know, in [0, 1]. */
  readonly unknown: number;
  /** Whether only the window's hours of the day were compared. */
  readonly sameHours: boolean;
}

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const MOST_BLOCKS = 60;

const NEITHER = 0;
const PAST = 1;
const NOW = 2;

export interface PrepareOptions {
  readonly baseline: Period;
  readonly window: Period;
  readonly exposure?: Exposure;
  /** Multiplies what each past row lets expect. */
  readonly pastScale?: number;
  readonly leastItems: number;
}

export function prepare(rows: Rows, options: PrepareOptions): Prepared {
  const { baseline, window, exposure, pastScale = 1 } = options;
  const sameHours = !exposure && window.to - window.from <= DAY / 2 && baseline.to - baseline.from >= 3 * DAY;
  const phase = phasesOf(rows.at, baseline, window, sameHours);
  const weights = exposure
    ? exposureWeights(rows.columns, exposure)
    : evenWeights(evenWeight(baseline, window, sameHours));
  const ranked = rows.columns.map((column) => rank(column, phase, options.leastItems));
  const { cells, unknown, observed, past } = collapse(rows.columns, ranked, phase, weights, pastScale);
  const dispersion = dispersionOf(...dailyCounts(rows, ranked, phase, options));
  return { cells, dispersion, weights, observed, past, unknown, sameHours };
}

function phasesOf(at: ArrayLike<number>, baseline: Period, window: Period, sameHours: boolean): Uint8Array {
  const phase = new Uint8Array(at.length);
  for (let row = 0; row < at.length; row++) {
    const time = at[row];
    if (time >= window.from && time < window.to) phase[row] = NOW;
    else if (time >= baseline.from && time < baseline.to && (!sameHours || isInHours(time, window))) phase[row] = PAST;
    else phase[row] = NEITHER;
  }
  return phase;
}

/** Whether a moment falls into the window when only the clock is looked at (UTC). */
const isInHours = (time: number, { from, to }: Period): boolean => (((time - from) % DAY) + DAY) % DAY < to - from;

function evenWeight(baseline: Period, window: Period, sameHours: boolean): number {
  const length = baseline.to - baseline.from;
  return sameHours ? DAY / length : (window.to - window.from) / length;
}

function rank(column: Column, phase: Uint8Array, leastItems: number): Ranked {
  const all = new Float64Array(column.values.length);
  const now = new Float64Array(column.values.length);
  for (let row = 0; row < phase.length; row++) {
    if (phase[row] === NEITHER) continue;
    all[column.codes[row]]++;
    if (phase[row] === NOW) now[column.codes[row]]++;
  }
  return rankColumn(column, all, now, leastItems);
}

function collapse(
  columns: readonly Column[],
  ranked: readonly Ranked[],
  phase: Uint8Array,
  weights: Weights,
  scale: number,
) {
  const table = new CellTable(ranked);
  const { key } = table;
  const count = { unknown: 0, observed: 0, past: 0 };
  for (let row = 0; row < phase.length; row++) {
    if (phase[row] === NEITHER) continue;
    for (let d = 0; d < columns.length; d++) key[d] = ranked[d].rankOf[columns[d].codes[row]];
    if (!weights.isKnown(row)) count.unknown++;
    if (phase[row] === NOW) {
      count.observed++;
      table.addObserved(1);
      continue;
    }
    count.past++;
    table.addPast(1, scale * weights.weightOf(row));
    for (const { code, weight } of weights.borrowersOf(row)) {
      key[weights.versions] = ranked[weights.versions].rankOf[code];
      table.addPast(1, scale * weight);
    }
  }
  const rows = count.observed + count.past;
  return { cells: table.done(), ...count, unknown: rows > 0 ? count.unknown / rows : 0 };
}

function dailyCounts(
  { at, columns }: Rows,
  ranked: readonly Ranked[],
  phase: Uint8Array,
  { baseline, window }: PrepareOptions,
): [Float64Array[], number] {
  const length = Math.max(Math.max(DAY, window.to - window.from), (baseline.to - baseline.from) / MOST_BLOCKS);
  const days = Math.floor((baseline.to - baseline.from) / length);
  const counts = ranked.map(({ members }) => new Float64Array(members.length * Math.max(1, days)));
  if (days < 4) return [counts, days];
  for (let row = 0; row < phase.length; row++) {
    if (phase[row] !== PAST) continue;
    const day = Math.floor((at[row] - baseline.from) / length);
    if (day >= days) continue;
    for (let d = 0; d < columns.length; d++) counts[d][ranked[d].rankOf[columns[d].codes[row]] * days + day]++;
  }
  return [counts, days];
}
