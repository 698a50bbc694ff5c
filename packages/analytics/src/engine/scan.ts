import {
  type Alarm,
  beforeWeight,
  better,
  counts,
  LEAST_HITS,
  pastWeight,
  test,
  thresholdOf,
  usualShare,
} from './evidence.ts';
import type { Neighbours } from './search.ts';
import { shareNow } from './slices.ts';
import type { Data, EngineState } from './state.ts';
import { voicesOf } from './voices.ts';
import { scanWords } from './word-scan.ts';

/**
 * The density scan: around every new item, at several radii, is the share of its neighbours in the stream of the last
 * days above the share they had before? No clustering comes first, so a new trouble cannot be lost between clusters.
 */

/** Radii as cosines, widest first; each is one hypothesis. Measured in docs/lab.md. */
export const RADII = [0.11, 0.16, 0.22, 0.28, 0.36];
/** Past neighbours that a neighbourhood needs before its slices are looked at. */
const KNOWN = 2;
const SLICE_PRICE = Math.log(8); // slices are further hypotheses: each level costs as many looks as a dimension has values

/** @returns the alarm with the largest margin, or null; O(neighbours + slices · hits) */
export function scan(state: EngineState, slot: number, near: Neighbours): Alarm | null {
  const { data } = state;
  const threshold = thresholdOf(data);
  let best: Alarm | null = null;
  for (const radius of RADII) {
    const within = near.slots.filter((_, i) => near.sims[i]! >= radius);
    const hits = voicesOf(data, [slot, ...within.filter((s) => counts(data, s))]);
    if (hits.length < LEAST_HITS) break;
    const before = beforeWeight(data, within);
    const usual = usualShare(before, pastWeight(data));
    best = better(best, test(data, hits, { radius, slice: [], usual, before, threshold }));
    if (before < KNOWN) continue; // of a subject without a past nobody knows where it usually comes from
    for (const slice of slicesOf(data, hits)) {
      const inside = hits.filter((s) => isIn(data, s, slice));
      const price = threshold + SLICE_PRICE * slice.length;
      const now = shareNow(data, slice);
      const look = { radius, slice, before, threshold: price };
      const roughly = { shape: usual.shape, rate: usual.rate / now };
      if (!test(data, inside, { ...look, usual: roughly })) continue;
      const affinity = affinityOf(data, within, slice, before);
      const exactly = { shape: usual.shape, rate: usual.rate / affinity };
      best = better(best, test(data, inside, { ...look, usual: exactly, places: placesIn(data, inside, slice) }));
    }
  }
  return best ?? scanWords(state, slot, threshold);
}

const isIn = (data: Data, slot: number, slice: readonly number[]): boolean =>
  slice.every((id) => data.store.dims[slot]!.includes(id));

/**
 * Hits in the slice's own clock: how many items of the slice came before each. A release that is rolled out moves that
 * clock, not the share of a subject in it. O(items of the last days); asked only where the stream's clock has alarmed.
 */
function placesIn(data: Data, hits: readonly number[], slice: readonly number[]) {
  const { slots, head } = data.ring;
  const of = new Float64Array(hits.length);
  let n = 0;
  let at = 0;
  for (let i = head; i < slots.length; i++) {
    const slot = slots[i]!;
    if (!counts(data, slot) || !isIn(data, slot, slice)) continue;
    n++;
    if (at < hits.length && slot === hits[at]) of[at++] = n;
  }
  // a new revision stands later in the ring than its place in the stream is
  for (; at < hits.length; at++) of[at] = ++n;
  return { of, from: 0, now: n };
}

/**
 * How many times as often as from the whole stream a subject comes from a slice, by its past neighbours and as if two more
 * had come from there as often as all do; at least once. Of several values the one that it clings to most counts: a new
 * version has no past of its own, but it is one of a platform that has.
 */
function affinityOf(data: Data, within: readonly number[], slice: readonly number[], before: number): number {
  const parts = slice.length > 1 ? [slice, ...slice.map((id) => [id])] : [slice];
  return Math.max(
    1,
    ...parts.map((part) => {
      const now = shareNow(data, part);
      const there = beforeWeight(
        data,
        within.filter((s) => isIn(data, s, part)),
      );
      return (there / now + KNOWN) / (before + KNOWN);
    }),
  );
}

/** Values, then pairs of values, that at least four hits share and that are more frequent here than in the stream. */
function slicesOf(data: Data, hits: readonly number[]): number[][] {
  const { dims } = data.store;
  const ids = new Int32Array(data.dimensions.names.length);
  for (const slot of hits) for (const id of dims[slot]) ids[id]++;
  const singles: number[] = [];
  ids.forEach((n, id) => {
    if (n >= LEAST_HITS && n < hits.length && n / hits.length > 1.2 * shareNow(data, [id])) singles.push(id);
  });
  const out = singles.map((id) => [id]);
  for (const a of singles) {
    for (const b of singles) {
      if (a < b && data.dimensions.names[a] !== data.dimensions.names[b]) out.push([a, b]);
    }
  }
  return out.slice(0, 24);
}
