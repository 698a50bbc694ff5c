/** The slices that together explain the growth: greedy with residuals, then each one reconsidered beside the others. */
import { type Box, holds, keyOf } from './box.ts';
import { fairOf, type Sums } from './evidence.ts';
import { fitJoint, type Joint } from './joint.ts';
import { adjusted, boxAt, type Candidate, type Field, scan, widthOf } from './scan.ts';

export interface SearchOptions {
  /** Chance of any slice at all where nothing happened. */
  readonly chance: number;
  /** Nats to reach besides: what past days reached by themselves. 0 asks for none. */
  readonly least: number;
  readonly mostSlices: number;
}

export interface Found {
  readonly boxes: readonly Box[];
  /** Each slice beside the others; shape [slices]. */
  readonly evidence: readonly number[];
  /** Slices judged. */
  readonly judged: number;
  /** Nats that a slice of one, two and three conditions had to reach. */
  readonly thresholds: readonly number[];
  /** Evidence of every slice of the first look, in nats, where there was any. */
  readonly all: Float64Array;
  /** Other slices that would do almost as well in its place; shape [slices][…], best first. */
  readonly near: readonly (readonly Candidate[])[];
}

/** A slice with less evidence than this part of the strongest is an echo of it. */
const ECHO = 0.06;
const ROUNDS = 2;
/** Nats within which two slices are told apart by nothing. */
const NEAR = 2;
/** Several causes hide one another: so many that do not pass yet are tried, and let go if they do not pass in the end. */
const TENTATIVE = 2;
/** Nats that an interval has to bring beyond a single value, which is the simpler thing to say. */
const PRICE = { value: 0, prefix: 1, from: 1, to: 2, between: 2 };
/** Nats that every further condition has to bring beyond its threshold, for the same reason. */
const PER_CONDITION = 0.5;

/**
 * The share of the chance that a slice may use: a third for each number of conditions, spread evenly over the slices of
 * that many conditions that had enough items (Bonferroni, weighted as in C. Genovese et al., Biometrika 93, 2006).
 */
function thresholdsOf(field: Field, { chance, least }: SearchOptions): { thresholds: number[]; judged: number } {
  const perWidth = [1, 1, 1];
  const single = field.cuboids.map((cuboid) => ({ ...field, cuboids: [cuboid] }));
  let judged = 0;
  field.cuboids.forEach((cuboid, i) => {
    const here = scan(
      single[i],
      field.total,
      () => cuboid.expected,
      () => undefined,
    );
    perWidth[widthOf(cuboid) - 1] += here;
    judged += here;
  });
  return { thresholds: perWidth.map((m) => Math.max(least, Math.log((perWidth.length * m) / chance))), judged };
}

export function search(field: Field, options: SearchOptions): Found {
  const { thresholds, judged } = thresholdsOf(field, options);
  const all: number[] = [];
  let look = lookAgain(field, fitJoint(field.cells, []), thresholds, all);
  let boxes: Box[] = [];
  let doubtful = 0;
  while (look.best && boxes.length < options.mostSlices + TENTATIVE) {
    const { best } = look;
    if (best.margin < 0 && ++doubtful > TENTATIVE) break;
    if (best.margin < -thresholds[0] / 2 || boxes.some((box) => keyOf(box) === keyOf(best.box))) break;
    boxes = [...boxes, best.box];
    look = lookAgain(field, fitJoint(field.cells, boxes), thresholds);
  }
  boxes = reconsider(field, boxes, thresholds).slice(0, options.mostSlices);
  const last = boxes.map((box, i) => lookAgain(field, fitJoint(field.cells, without(boxes, i)), thresholds, null, box));
  return {
    boxes,
    evidence: last.map(({ own }) => own?.evidence ?? 0),
    judged,
    thresholds,
    all: Float64Array.from(all),
    near: last.map(({ near }) => near),
  };
}

const without = <T>(list: readonly T[], at: number): T[] => list.filter((_, i) => i !== at);

/**
 * Each slice is let go and found again with the others in place: it may come back with a condition more, less or another.
 * Then the weakest goes until all that are left pass beside each other. Strongest first.
 */
function reconsider(field: Field, start: readonly Box[], thresholds: readonly number[]): Box[] {
  let boxes = [...start];
  for (let round = 0; round < ROUNDS && boxes.length > 1; round++) {
    const before = boxes.map(keyOf).join('|');
    for (let i = 0; i < boxes.length; i++) {
      const others = without(boxes, i);
      const { best } = lookAgain(field, fitJoint(field.cells, others), thresholds);
      if (best && !others.some((box) => keyOf(box) === keyOf(best.box))) boxes[i] = best.box;
    }
    if (boxes.map(keyOf).join('|') === before) break;
  }
  for (;;) {
    const judged = boxes.map((box, i) => {
      const { own } = lookAgain(field, fitJoint(field.cells, without(boxes, i)), thresholds, null, box);
      return { box, margin: own?.margin ?? -Infinity, evidence: own?.evidence ?? 0 };
    });
    const strongest = Math.max(...judged.map(({ evidence }) => evidence));
    const weakest = judged.reduce((a, b) => (b.margin < a.margin ? b : a), judged[0]);
    if (!weakest || (weakest.margin >= 0 && weakest.evidence >= ECHO * strongest)) {
      return judged.sort((a, b) => b.evidence - a.evidence).map(({ box }) => box);
    }
    boxes = boxes.filter((box) => box !== weakest.box);
  }
}

interface Look {
  readonly best: Candidate | null;
  /** The slice asked for. */
  readonly own: Candidate | null;
  readonly near: readonly Candidate[];
}

interface Seen {
  readonly score: number;
  readonly margin: number;
  readonly evidence: number;
  readonly at: readonly [cuboid: number, group: number, interval: number];
  readonly sums: Sums;
}

/** One scan with the given slices taken as they are. The score is what the evidence has beyond its threshold. */
function lookAgain(
  field: Field,
  joint: Joint,
  thresholds: readonly number[],
  all: number[] | null = null,
  wanted: Box | null = null,
): Look {
  const { cells, cuboids } = field;
  const seen: { best: Seen | null } = { best: null };
  const kept: Seen[] = [];
  const expectedOf = (i: number): Float64Array =>
    joint.affected.length === 0 ? cuboids[i].expected : adjusted(cells, cuboids[i], joint.affected, joint.expected);
  scan(field, joint.total, expectedOf, (cuboid, group, interval, sums, evidence) => {
    if (all) all.push(evidence);
    const { axis } = cuboids[cuboid];
    const price = axis < 0 ? 0 : PRICE[cells.columns[axis].intervals[interval].form];
    const more = widthOf(cuboids[cuboid]) - 1;
    const margin = evidence - thresholds[more];
    const score = margin - price - PER_CONDITION * more;
    const isBest = !seen.best || score > seen.best.score;
    if (!wanted && !isBest && score < seen.best!.score / 3 - NEAR) return;
    const one: Seen = { score, margin, evidence, at: [cuboid, group, interval], sums };
    kept.push(one);
    if (isBest) seen.best = one;
  });
  const whole = ({ at, sums, score, margin, evidence }: Seen): Candidate => {
    return { ...sums, box: boxAt(field, ...at), evidence, margin, score };
  };
  if (!wanted) {
    const best = seen.best && amongRelatives(field, joint.total, whole(seen.best), kept.map(whole));
    return { best, own: null, near: [] };
  }
  const key = keyOf(wanted);
  const own = kept.map(whole).find(({ box }) => keyOf(box) === key) ?? null;
  const near = own ? kept.filter(({ score }) => score >= own.score - NEAR).map(whole) : [];
  return { best: null, own, near: near.filter(({ box }) => keyOf(box) !== key).sort((a, b) => b.score - a.score) };
}

/**
 * The best of a slice's wider and narrower relatives. Days that differ move all of them alike, so what that takes from
 * the evidence is the same for all here; taken from each by its own size it would favour the narrow ones.
 */
function amongRelatives({ rules }: Field, total: Sums, best: Candidate, all: readonly Candidate[]): Candidate {
  const doubt = (one: Sums): number => 1 + rules.dispersion * fairOf(one, total);
  const common = doubt(best);
  const score = (one: Candidate): number => one.score + one.evidence * (doubt(one) / common - 1);
  return all
    .filter((one) => one.margin >= 0 && (holds(one.box, best.box) || holds(best.box, one.box)))
    .reduce((a, b) => (score(b) > score(a) ? b : a), best);
}
