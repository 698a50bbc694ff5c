import { surgeEvidence, type Usual } from '../stats/e-detector.ts';
import type { Data } from './state.ts';

/** The test that every series gets: is the share of these rows in the stream of the last days above what it was before? */

const DAY = 86_400_000;
const HALF_LIFE_DAYS = 84; // measured in docs/lab.md: what is rare in a thin stream is known by its long past only
const HALF_LIFE = HALF_LIFE_DAYS * DAY;
export const LEAST_HITS = 4;
const LIFT = 1.5; // observed over expected since onset: below it most of the alarm would be the usual
const LOOKS = 30; // four radii, each whole and in about six slices
/** Weight of a past item by its age in days, at the middle of the day: a sum over a list needs no power per item. */
const FADED = Float64Array.from({ length: 2048 }, (_, day) => 0.5 ** ((day + 0.5) / HALF_LIFE_DAYS));

export interface Alarm {
  /** Rows since the onset, oldest first. */
  readonly slots: number[];
  readonly radius: number;
  /** Ids of dimension values it was seen in; empty for the whole neighbourhood. */
  readonly slice: readonly number[];
  readonly logEvidence: number;
  readonly threshold: number;
  /** Decayed number of neighbours before the last days. */
  readonly before: number;
}

/** Weight of a past item now: half after 84 days. */
export function fading(data: Data, at: number): number {
  return 0.5 ** (Math.max(0, data.now - at) / HALF_LIFE);
}

/** Decayed number of items before the last days. */
export function pastWeight(data: Data): number {
  return data.past.weight * 0.5 ** (Math.max(0, data.now - data.past.at) / HALF_LIFE);
}

/** Items a week at the present pace. */
function perWeekOf(data: Data): number {
  const days = Math.max(1, Math.min(14, (data.now - data.pace.from) / DAY));
  return Math.max(7, (data.pace.items / days) * 7);
}

/** ln of the threshold: that of the budget by the number of series looked at, and what a replay has added to it. */
export function thresholdOf(data: Data): number {
  const recent = data.ring.slots.length - data.ring.head;
  const series = Math.max(60, recent / 4) * LOOKS;
  return Math.log((series * perWeekOf(data)) / data.falseAlertsPerWeek) + data.shift;
}

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

/** How a series is looked at. */
export interface Look {
  readonly radius: number;
  readonly slice: readonly number[];
  readonly usual: Usual;
  readonly before: number;
  readonly threshold: number;
  readonly lift?: number;
  /** Place of each hit among the items that are looked at, ascending, and the place before the first; else the stream's. */
  readonly places?: { readonly of: ArrayLike<number>; readonly from: number; readonly now: number };
}

export function test(data: Data, hits: readonly number[], look: Look): Alarm | null {
  const { usual, threshold, lift = LIFT } = look;
  if (hits.length < LEAST_HITS) return null;
  const places = look.places ?? placesOf(data, hits);
  const { log, onset } = surgeEvidence(places.of, places.from, usual);
  if (log < threshold) return null;
  const slots = hits.slice(onset);
  const span = places.now - places.of[onset]!;
  if (slots.length < LEAST_HITS || slots.length < (lift * span * usual.shape) / usual.rate) return null;
  const { radius, slice, before } = look;
  return { slots, radius, slice, logEvidence: log, threshold, before };
}

function placesOf(data: Data, hits: readonly number[]) {
  const of = Float64Array.from(hits, (s) => data.store.position[s]!);
  return { of, from: Math.min(ringStart(data), of[0]! - 1), now: data.position };
}

/** What these rows weighed before the last days. An open surge does not become its own baseline. */
export function beforeWeight(data: Data, slots: ArrayLike<number>, from = 0, to = slots.length): number {
  const { store, groups, now } = data;
  const { recent, group, at } = store;
  let sum = 0;
  for (let i = from; i < to; i++) {
    const slot = slots[i];
    if (recent[slot] === 1) continue;
    const surge = group[slot] >= 0 ? groups[group[slot]].surge : null;
    if (surge && at[slot] >= surge.onsetAt) continue;
    const days = Math.floor((now - at[slot]) / DAY);
    if (days < FADED.length) sum += FADED[days];
  }
  return sum;
}

/** What is known of a share that was seen `hits` times in `total` (Jeffreys' prior). */
export function usualShare(hits: number, total: number): Usual {
  return { shape: hits + 0.5, rate: total + 1 };
}
