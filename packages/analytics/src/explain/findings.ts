/** What the search found, in numbers with intervals and in the values of the data. */
import { normalCdf } from '../stats/normal.ts';
import { type Box, type Condition, cellsIn, conditionsOf } from './box.ts';
import type { Cells } from './cells.ts';
import type { ExplainOptions } from './events.ts';
import { type Estimate, excessOf } from './intervals.ts';
import { fitJoint, type Joint } from './joint.ts';
import { type Grid, gridOf, type Spared, sparedBy } from './places.ts';
import type { Prepared, Rows } from './rows.ts';
import { totalOf } from './scan.ts';
import type { Found } from './search.ts';
import { onsetOf, samplesOf } from './when.ts';

/** One slice that grew beyond the rest. Intervals are of 95 %. */
export interface Slice {
  readonly conditions: readonly Condition[];
  /** Items of the window inside it. */
  readonly observed: number;
  /** Items expected there, with the growth of the rest and of other slices that share cells with it. */
  readonly expected: number;
  /** Past items that the expectation stands on; 0 says that it has no past. */
  readonly past: number;
  readonly excess: Estimate;
  /** Observed / expected. */
  readonly ratio: Estimate;
  /** Its excess as a share of everything beyond the expectation of an even growth, in [0, 1]. */
  readonly shareOfExcess: number;
  /** Nats, beside the other slices. */
  readonly evidence: number;
  /** One-sided, of this slice alone. */
  readonly pValue: number;
  /** Corrected for every slice that was judged (Benjamini–Hochberg). */
  readonly qValue: number;
  /** Other ways to say exactly the same items. */
  readonly equivalents: readonly (readonly Condition[])[];
  /** Other slices that fit almost as well: nothing here tells which of them it is. */
  readonly nearly: readonly (readonly Condition[])[];
  /** Beginning of the hour since which it is raised, ms since 1970; null without items. */
  readonly since: number | null;
  /** Rows of the window inside it, earliest first, a few. */
  readonly samples: readonly number[];
}

export interface Explanation {
  /** `slices`: some grew beyond the rest. `even`: everything grew or shrank together. `nothing`: no growth to explain. `too_few`: too few items to say anything. */
  readonly verdict: 'slices' | 'even' | 'nothing' | 'too_few';
  /** Strongest first. */
  readonly slices: readonly Slice[];
  readonly overall: {
    readonly observed: number;
    /** By the past and the exposure alone. */
    readonly expected: number;
    /** Growth of everything outside the slices. */
    readonly growth: Estimate;
  };
  /** Common values that have less than their part of it: where it is not. What they spare most comes first. */
  readonly spared: readonly Spared[];
  /** Two dimensions against each other: those of the strongest slice; null where there are not two. */
  readonly grid: Grid | null;
  /** Slices that had enough items to be judged. */
  readonly judged: number;
  readonly assumed: {
    /** `even`: the same number of users before and now, everywhere. */
    readonly exposure: 'given' | 'even';
    /** Share of the rows that the exposure table does not know. */
    readonly unknown: number;
    readonly sameHours: boolean;
    /** Values without a past, and whose past stands in for it. */
    readonly borrowed: readonly { readonly dimension: string; readonly value: string; readonly from: string }[];
    /** How much shares differ between past days beyond chance: coefficient of variation. */
    readonly unrest: number;
    /** Nats that the calibration asked for; 0 when there was none. */
    readonly calibrated: number;
  };
}

const LEAST_ITEMS = 6;

/** Puts the findings together; see `Explanation`. */
export function explanationOf(rows: Rows, options: ExplainOptions, prepared: Prepared, found: Found): Explanation {
  const { cells, dispersion } = prepared;
  const joint = fitJoint(cells, found.boxes);
  const all = totalOf(cells);
  const outside = outsideOf(cells, joint);
  const growth = excessOf(outside.observed, outside.expected, outside.past, dispersion).ratio;
  const fair = Math.max(0, all.observed - all.expected * joint.growth);
  const slices = found.boxes.map((box, i) => sliceOf(rows, options, prepared, found, joint, box, i, fair));
  const moved = growth.low > 1 || growth.high < 1;
  const verdict = slices.length > 0 ? 'slices' : all.observed < LEAST_ITEMS ? 'too_few' : moved ? 'even' : 'nothing';
  return {
    verdict,
    slices,
    overall: { observed: all.observed, expected: all.expected, growth },
    spared: sparedBy(cells, found.boxes, dispersion),
    grid: gridOf(cells, found.boxes, joint.growth),
    judged: found.judged,
    assumed: {
      exposure: options.exposure ? 'given' : 'even',
      unknown: prepared.unknown,
      sameHours: prepared.sameHours,
      borrowed: prepared.weights.borrowed,
      unrest: Math.sqrt(dispersion),
      calibrated: options.least ?? 0,
    },
  };
}

function outsideOf(cells: Cells, { affected }: Joint) {
  const { observed, expected, past } = totalOf(cells);
  const inside = { observed: 0, expected: 0, past: 0 };
  for (const cell of affected) {
    inside.observed += cells.observed[cell];
    inside.expected += cells.expected[cell];
    inside.past += cells.past[cell];
  }
  return {
    observed: observed - inside.observed,
    expected: Math.max(0, expected - inside.expected),
    past: Math.max(0, past - inside.past),
  };
}

function sliceOf(
  rows: Rows,
  { window }: ExplainOptions,
  { cells, dispersion }: Prepared,
  found: Found,
  joint: Joint,
  box: Box,
  i: number,
  fair: number,
): Slice {
  const inside = cellsIn(cells, box);
  const sum = (of: (cell: number) => number): number => inside.reduce((total, cell) => total + of(cell), 0);
  const observed = sum((cell) => cells.observed[cell]);
  const past = sum((cell) => cells.past[cell]);
  const own = joint.adds[i];
  const expected = Number.isFinite(own)
    ? joint.growth * sum((cell) => Math.max(0, joint.expected[cell] - own * cells.expected[cell]))
    : 0;
  const { excess, ratio } = excessOf(observed, expected, past, dispersion);
  const pValue = tailOf(found.evidence[i]);
  const key = inside.join();
  const near = found.near[i].map((one) => ({ one, same: cellsIn(cells, one.box).join() === key }));
  const said = (list: typeof near) => list.map(({ one }) => conditionsOf(cells.columns, one.box));
  return {
    conditions: conditionsOf(cells.columns, box),
    observed,
    expected,
    past,
    excess,
    ratio,
    shareOfExcess: fair > 0 ? Math.min(1, Math.max(0, excess.value / fair)) : 0,
    evidence: found.evidence[i],
    pValue,
    qValue: qValueOf(pValue, found),
    equivalents: said(near.filter(({ same }) => same)).slice(0, 5),
    nearly: said(near.filter(({ same }) => !same)).slice(0, 5),
    since: onsetOf(rows, cells.columns, box, window, observed > 0 ? Math.max(1.01, ratio.value) : 1),
    samples: samplesOf(rows, cells.columns, box, window),
  };
}

/** The signed root of a likelihood ratio is close to normal. */
const tailOf = (nats: number): number => normalCdf(-Math.sqrt(2 * Math.max(0, nats)));

/** Step-up over all slices that were judged; those that brought no evidence have p-values of a half and more. */
function qValueOf(pValue: number, { all, judged }: Found): number {
  const others = Array.from(all, tailOf).sort((a, b) => a - b);
  let q = Math.min(1, pValue * judged);
  others.forEach((p, i) => {
    if (p >= pValue) q = Math.min(q, (p * judged) / (i + 1));
  });
  return q;
}
