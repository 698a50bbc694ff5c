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
    for (const slice of slicesOf(data, hits)) {
      const inside = hits.filter((s) => slice.every((id) => data.store.dims[s].includes(id)));
      const share = usual * shareNow(data, slice);
      best = better(best, test(data, inside, radius, slice, share, before, threshold + SLICE_PRICE * slice.length));
    }
  }
  return best ?? scanWords(state, slot, threshold);
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
