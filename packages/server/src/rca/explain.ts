/** From signals that are alike to columns that can be explained, and back to what a person can open. Pure. */
import {
  type Column,
  type ExplainOptions,
  type Explanation,
  type Exposure,
  encodeColumn,
  type Rows,
} from '@groundswell/analytics';
import type { SignalExplanation, SignalFilter } from '@groundswell/contract';

/** Signals that have the same dimensions. */
interface Alike {
  readonly compartment: string;
  readonly dimensions: Readonly<Record<string, string>>;
  readonly language: string | null;
  readonly at: readonly number[];
}

/** What a value counts as. */
export type Called = (compartment: string, name: string, value: string) => string;

/** Dimensions that are compared, the most used first: each costs the product of the others. */
const MOST_DIMENSIONS = 8;
/** A dimension of more values than this names rows, not slices. */
const MOST_VALUES = 1_000;

interface Row {
  readonly values: Readonly<Record<string, string>>;
  readonly at: readonly number[];
}

/** The rows of both sides; `shiftMs` moves the baseline before the window where both are of the same time. */
export function rowsOf(
  window: readonly Alike[],
  baseline: readonly Alike[],
  called: Called,
  shiftMs: number,
): Rows & { readonly columns: readonly Column[] } {
  const valued = ({ compartment, dimensions, language, at }: Alike): Row => ({
    at,
    values: {
      ...(language !== null && { language }),
      ...Object.fromEntries(Object.entries(dimensions).map(([name, v]) => [name, called(compartment, name, v)])),
    },
  });
  const sides = [
    { rows: window.map(valued), shift: 0 },
    { rows: baseline.map(valued), shift: shiftMs },
  ];
  const all = sides.flatMap(({ rows }) => rows);
  const at = sides.flatMap(({ rows, shift }) => rows.flatMap((row) => row.at.map((moment) => moment - shift)));
  const columns = namesOf(all).map((name) =>
    encodeColumn(
      name,
      all.flatMap(({ values, at: times }) => times.map(() => values[name] ?? '')),
    ),
  );
  return { at: Float64Array.from(at), columns };
}

function namesOf(rows: readonly Row[]): string[] {
  const uses = new Map<string, { signals: number; values: Set<string> }>();
  let total = 0;
  for (const { values, at } of rows) {
    total += at.length;
    for (const [name, value] of Object.entries(values)) {
      const use = uses.get(name) ?? { signals: 0, values: new Set<string>() };
      use.signals += at.length;
      use.values.add(value);
      uses.set(name, use);
    }
  }
  return [...uses]
    .filter(([, { signals, values }]) => values.size <= MOST_VALUES && (values.size > 1 || signals < total))
    .sort(([a, x], [b, y]) => y.signals - x.signals || (a < b ? -1 : 1))
    .slice(0, MOST_DIMENSIONS)
    .map(([name]) => name);
}

/** The table of active users in the columns of the rows; null where they share none. */
export function exposureOf(
  cells: readonly { dimensions: Readonly<Record<string, string>>; base: number; current: number }[],
  compartment: string,
  columns: readonly Column[],
  called: Called,
): Exposure | null {
  const known = new Set(cells.flatMap(({ dimensions }) => Object.keys(dimensions)));
  const shared = columns.filter(({ name }) => known.has(name));
  if (shared.length === 0) return null;
  return {
    columns: shared.map(({ name }) =>
      encodeColumn(
        name,
        cells.map(({ dimensions }) => {
          const value = dimensions[name];
          return value === undefined ? '' : called(compartment, name, value);
        }),
      ),
    ),
    base: Float64Array.from(cells, ({ base }) => base),
    current: Float64Array.from(cells, ({ current }) => current),
  };
}

type Conditions = Explanation['slices'][number]['conditions'];

const MOST_OPENED = 20;

/** The search that finds exactly the signals of a slice; null where none can say it. */
function opens(selection: SignalFilter, conditions: Conditions): SignalFilter | null {
  const dimension = [selection.dimension ?? []].flat();
  let language = selection.language;
  for (const one of conditions) {
    if (one.values.length === 0 || one.values.includes('')) return null;
    // what was asked for already is narrowed down by another list of the same name only into "either"
    if (dimension.some((said) => said.startsWith(`${one.dimension}:`))) return null;
    if (one.dimension === 'language') {
      if (one.values.length > 1) return null;
      language = one.values[0];
    } else dimension.push(...one.values.map((value) => `${one.dimension}:${value}`));
  }
  if (dimension.length > MOST_OPENED) return null;
  return { ...selection, ...(language && { language }), ...(dimension.length > 0 && { dimension }) };
}

type Estimate = Explanation['overall']['growth'];
const finite = (value: number): number | null => (Number.isFinite(value) ? value : null);
const estimate = ({ value, low, high }: Estimate, by = 1) => ({
  value: finite(value * by),
  low: finite(low * by),
  high: finite(high * by),
});
const said = (conditions: Conditions) => conditions.map(({ dimension, form, said }) => ({ dimension, form, said }));

/** Counts of a sample are scaled up to all that it stands for. */
export function viewOf(
  found: Explanation,
  about: Pick<SignalExplanation, 'against' | 'window' | 'baseline' | 'dimensions'>,
  selection: SignalFilter,
): SignalExplanation {
  const up = about.window.looked > 0 ? about.window.signals / about.window.looked : 1;
  const scaled = (table: readonly (readonly number[])[]) => table.map((row) => row.map((n) => n * up));
  const { exposure, unknown, sameHours, borrowed, unrest } = found.assumed;
  const { grid } = found;
  return {
    ...about,
    verdict: found.verdict,
    slices: found.slices.map((slice) => ({
      conditions: said(slice.conditions),
      observed: slice.observed * up,
      expected: slice.expected * up,
      past: slice.past,
      excess: estimate(slice.excess, up),
      ratio: estimate(slice.ratio),
      shareOfExcess: slice.shareOfExcess,
      qValue: slice.qValue,
      equivalents: slice.equivalents.map(said),
      nearly: slice.nearly.map(said),
      since: slice.since === null ? null : new Date(slice.since).toISOString(),
      opens: opens(selection, slice.conditions),
    })),
    overall: {
      observed: found.overall.observed * up,
      expected: found.overall.expected * up,
      growth: estimate(found.overall.growth),
    },
    spared: found.spared.map((one) => ({
      dimension: one.dimension,
      value: one.value,
      observed: one.observed * up,
      expected: one.expected * up,
      ratio: estimate(one.ratio),
    })),
    grid: grid && {
      rows: { dimension: grid.rows.dimension, values: [...grid.rows.values] },
      columns: { dimension: grid.columns.dimension, values: [...grid.columns.values] },
      observed: scaled(grid.observed),
      expected: scaled(grid.expected),
    },
    judged: found.judged,
    assumed: {
      exposure: about.against === 'others' ? 'others' : exposure,
      unknown,
      sameHours,
      borrowed: borrowed.map((one) => ({ ...one })),
      unrest,
    },
  };
}

/** What the thread is asked. */
export interface Question {
  readonly rows: Rows;
  readonly options: ExplainOptions;
}
