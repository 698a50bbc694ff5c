import {
  type Alarm,
  beforeWeight,
  better,
  counts,
  LEAST_HITS,
  pastWeight,
  test,
  thresholdOf,
  upperShare,
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
export const RADII = [0.16, 0.22, 0.28, 0.36];
/** Past neighbours that a neighbourhood needs before its slices are looked at. */
const KNOWN = 2;
const SLICE_PRICE = Math.log(8); // slices are further hypotheses: each level costs as many looks as a dimension has values

/** @returns the alarm with the largest margin, or null; O(neighbours + slices · hits) */
export function scan(state: EngineState, slot: number, near: Neighbours): Alarm | null {
  const { data } = state;
  const threshold = thresholdOf(data);
  let best: Alarm | null = null;
  for (const radius of RADII) {
    const within = near.slots.filter((_, i) => near.sims[i] >= radius);
    const hits = voicesOf(data, [slot, ...within.filter((s) => counts(data, s))]);
    if (hits.length < LEAST_HITS) break;
    const before = beforeWeight(data, within);
    const usual = upperShare(before, pastWeight(data));
    best = better(best, test(data, hits, radius, [], usual, before, threshold));
    if (before < KNOWN) continue; // of a subject without a past nobody knows where it usually comes from
    for (const slice of slicesOf(data, hits)) {
      const inside = hits.filter((s) => isIn(data, s, slice));
      const price = threshold + SLICE_PRICE * slice.length;
      const look = (share: number) => test(data, inside, radius, slice, usual * share, before, price);
      const now = shareNow(data, slice);
      if (look(now)) best = better(best, look(ownShare(data, within, slice, before, now)));
    }
  }
  return best ?? scanWords(state, slot, threshold);
}

const isIn = (data: Data, slot: number, slice: readonly number[]): boolean =>
  slice.every((id) => data.store.dims[slot].includes(id));

/**
 * Share of a slice among past neighbours, drawn towards its share of the whole stream as if two more had been seen there;
 * never less than that share now, which a release shifts within days. A subject that has always come from one place is
 * no news there: with the stream's share alone every area and every country of a language was eleven times too many.
 */
function ownShare(
  data: Data,
  within: readonly number[],
  slice: readonly number[],
  before: number,
  now: number,
): number {
  const there = beforeWeight(
    data,
    within.filter((s) => isIn(data, s, slice)),
  );
  return Math.max(now, (there + KNOWN * now) / (before + KNOWN));
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
