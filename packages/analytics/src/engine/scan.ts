import { surgeEvidence } from '../stats/e-detector.ts';
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
const DAY = 86_400_000;
const HALF_LIFE = 28 * DAY;
const LEAST_HITS = 4;

export interface Alarm {
  /** Rows since the onset, oldest first. */
  readonly slots: number[];
  readonly radius: number;
  /** Ids of dimension values it was seen in; empty for the whole neighbourhood. */
  readonly slice: readonly number[];
  readonly logEvidence: number;
  readonly threshold: number;
  readonly usual: number;
  /** Decayed number of neighbours before the last days. */
  readonly before: number;
}

/** Weight of a past item now: half after 28 days. */
export function fading(data: Data, at: number): number {
  return 0.5 ** (Math.max(0, data.now - at) / HALF_LIFE);
}

/** Decayed number of items before the last days. */
export function pastWeight(data: Data): number {
  return data.past.weight * 0.5 ** (Math.max(0, data.now - data.past.at) / HALF_LIFE);
}

/** ln of the threshold: union bound over the series looked at, see `Alarm`. */
export function thresholdOf(data: Data): number {
  const days = Math.max(1, Math.min(14, (data.now - data.pace.from) / DAY));
  const perWeek = Math.max(7, (data.pace.items / days) * 7);
  const recent = data.ring.slots.length - data.ring.head;
  const series = Math.max(60, recent / 4) * LOOKS;
  return Math.log((series * perWeek) / data.falseAlertsPerWeek);
}

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

const LIFT = 1.5; // observed over expected since onset: below it most of the alarm would be the usual
const LOOKS = 30; // four radii, each whole and in about six slices
const SLICE_PRICE = Math.log(8); // slices are further hypotheses: each level costs as many looks as a dimension has values

export function better(a: Alarm | null, b: Alarm | null): Alarm | null {
  if (!a || !b) return a ?? b;
  return b.logEvidence - b.threshold > a.logEvidence - a.threshold ? b : a;
}

export function counts(data: Data, slot: number): boolean {
  return data.store.recent[slot] === 1 && data.store.position[slot] >= 0;
}

/** Stream position before the items of the last days. */
export function ringStart(data: Data): number {
  return data.position - (data.ring.slots.length - data.ring.head) - 1;
}

export function test(
  data: Data,
  hits: readonly number[],
  radius: number,
  slice: readonly number[],
  usual: number,
  before: number,
  threshold: number,
  lift = LIFT,
): Alarm | null {
  if (hits.length < LEAST_HITS || usual >= 0.5) return null;
  const positions = hits.map((s) => data.store.position[s]);
  const { log, onset } = surgeEvidence(positions, Math.min(ringStart(data), positions[0] - 1), usual);
  if (log < threshold) return null;
  const slots = hits.slice(onset);
  const span = data.position - data.store.position[slots[0]];
  if (slots.length < lift * span * usual) return null;
  return slots.length < LEAST_HITS ? null : { slots, radius, slice, logEvidence: log, threshold, usual, before };
}

/** What the neighbourhood weighed before the last days. An open surge does not become its own baseline. */
export function beforeWeight(data: Data, slots: readonly number[]): number {
  const { store, groups } = data;
  let sum = 0;
  for (const slot of slots) {
    if (store.recent[slot] === 1) continue;
    const surge = store.group[slot] >= 0 ? groups[store.group[slot]].surge : null;
    if (surge && store.at[slot] >= surge.onsetAt) continue;
    sum += fading(data, store.at[slot]);
  }
  return sum;
}

/**
 * Upper 90 % bound of a share seen `hits` times in `total` (Jeffreys' prior, Gamma posterior; Wilson–Hilferty cube).
 */
export function upperShare(hits: number, total: number): number {
  const shape = hits + 0.5;
  const cube = 1 - 1 / (9 * shape) + 1.2816 / (3 * Math.sqrt(shape));
  return Math.min(1, (shape * cube ** 3) / (total + 1));
}

/** Values, then pairs of values, that at least four hits share and that are more frequent here than in the stream. */
function slicesOf(data: Data, hits: readonly number[]): number[][] {
  const { dims } = data.store;
  const tally = new Map<number, number>();
  for (const slot of hits) for (const id of dims[slot]) tally.set(id, (tally.get(id) ?? 0) + 1);
  const singles = [...tally.keys()]
    .filter((id) => {
      const n = tally.get(id) ?? 0;
      return n >= LEAST_HITS && n / hits.length > 1.2 * shareNow(data, [id]) && n < hits.length;
    })
    .sort((a, b) => a - b);
  const out = singles.map((id) => [id]);
  for (const a of singles) {
    for (const b of singles) {
      if (a < b && data.dimensions.names[a] !== data.dimensions.names[b]) out.push([a, b]);
    }
  }
  return out.slice(0, 24);
}
