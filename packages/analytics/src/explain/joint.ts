/**
 * Several slices at once: each adds its part to what is expected inside it, and all are fitted together, so that what two
 * of them share is not counted twice. Parts add up because the reasons behind two slices bring their items independently.
 *
 * Source: the expectation–maximisation of a sum of Poisson means (L. Shepp, Y. Vardi, IEEE Trans. Med. Imaging 1, 1982).
 * Cells are first added up by which slices they lie in: at most 2^slices sums.
 */
import { type Box, cellsIn } from './box.ts';
import type { Cells } from './cells.ts';
import type { Sums } from './evidence.ts';
import { totalOf } from './scan.ts';

export interface Joint {
  /** Growth of everything outside. */
  readonly growth: number;
  /** What each slice adds, as a multiple of what is expected in it; Infinity where nothing is; shape [slices]. */
  readonly adds: Float64Array;
  /** Cells inside any slice. */
  readonly affected: readonly number[];
  /** What is expected of a cell before overall growth, with what its slices add; shape [cells]. */
  readonly expected: Float64Array;
  /** Sums of all cells with these expectations. */
  readonly total: Sums;
}

const ROUNDS = 60;
/** A slice of which less than this is expected has no factor: what was seen is taken as it is. */
const LEAST_EXPECTED = 0.5;

export function fitJoint(cells: Cells, boxes: readonly Box[]): Joint {
  const inside = boxes.map((box) => cellsIn(cells, box));
  const mask = new Map<number, number>();
  inside.forEach((found, i) => {
    for (const cell of found) mask.set(cell, (mask.get(cell) ?? 0) | (1 << i));
  });
  const patterns = new Map<number, { observed: number; expected: number }>([[0, { observed: 0, expected: 0 }]]);
  const all = totalOf(cells);
  for (const [cell, bits] of mask) {
    const sums = patterns.get(bits) ?? { observed: 0, expected: 0 };
    sums.observed += cells.observed[cell];
    sums.expected += cells.expected[cell];
    patterns.set(bits, sums);
  }
  const outside = patterns.get(0)!;
  outside.observed = all.observed;
  outside.expected = all.expected;
  for (const [bits, sums] of patterns) {
    if (bits === 0) continue;
    outside.observed -= sums.observed;
    outside.expected -= sums.expected;
  }
  const { growth, adds } = fit([...patterns], boxes.length);
  const expected = cells.expected.slice();
  for (const [cell, bits] of mask) {
    const factor = added(adds, bits);
    expected[cell] = Number.isFinite(factor) ? expected[cell] * factor : cells.observed[cell] / growth;
  }
  return { growth, adds, affected: [...mask.keys()], expected, total: totalOf(cells, expected) };
}

type Pattern = [number, { observed: number; expected: number }];

function fit(patterns: readonly Pattern[], slices: number): { growth: number; adds: Float64Array } {
  const [, outside] = patterns[0];
  const all = patterns.reduce((sum, [, p]) => ({ o: sum.o + p.observed, e: sum.e + p.expected }), { o: 0, e: 0 });
  const known = outside.expected > 0 && outside.observed > 0;
  const growth = known ? outside.observed / outside.expected : all.e > 0 && all.o > 0 ? all.o / all.e : 1;
  const adds = new Float64Array(slices);
  const own = adds.map((_, i) => patterns.reduce((sum, [bits, p]) => sum + (bits & (1 << i) ? p.expected : 0), 0));
  own.forEach((expected, i) => {
    adds[i] = expected * growth < LEAST_EXPECTED ? Infinity : 1;
  });
  const usable = patterns.filter(([bits]) => bits !== 0 && Number.isFinite(added(adds, bits)));
  for (let round = 0; round < ROUNDS; round++) {
    const step = new Float64Array(slices);
    for (const [bits, { observed, expected }] of usable) {
      const part = (observed / added(adds, bits)) * Number(expected > 0);
      for (let i = 0; i < slices; i++) if (bits & (1 << i)) step[i] += part;
    }
    for (let i = 0; i < slices; i++) if (adds[i] !== Infinity) adds[i] *= step[i] / (own[i] * growth);
  }
  return { growth, adds };
}

function added(adds: Float64Array, bits: number): number {
  let sum = 1;
  for (let i = 0; i < adds.length; i++) if (bits & (1 << i)) sum += adds[i];
  return sum;
}
