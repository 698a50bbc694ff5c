import { featuresOf } from '../text/features.ts';
import { hash32 } from '../text/hash.ts';
import { simhash } from '../text/simhash.ts';
import type { Item, Output } from './entry.ts';
import { assign, resolve, vote } from './groups.ts';
import { age, enterPast, enterRing, forget, keepPace } from './memory.ts';
import { RADII, scan } from './scan.ts';
import { enter, neighboursOf } from './search.ts';
import { dimsOf } from './slices.ts';
import type { EngineState } from './state.ts';
import { MOST_TEXT, putRow, STRIDE } from './store.ts';
import { closeQuiet, enlist, raise, report } from './surges.ts';
import { learn, weigh } from './vocabulary.ts';

const LATE = 48 * 3_600_000;

/** One item: remember it, find its neighbours, join, test, learn. */
export function takeIn(state: EngineState, item: Item, out: Output[]): void {
  const { data, index } = state;
  if (!Number.isFinite(item.at) || index.slotOf.has(item.id)) return; // the same item twice is one item
  data.now = Math.max(data.now, item.at);
  age(state);
  closeQuiet(data);
  const former = withdrawFormer(state, item, out);
  const isLate = !data.historical && item.at < data.now - LATE;
  const counts = !isLate && item.replaces === null;
  const features = featuresOf(item.text, STRIDE);
  const row = {
    id: item.id,
    text: item.covered ? '' : shortened(item.text),
    at: former ? former.at : item.at,
    position: counts ? data.position++ : former ? former.position : -1,
    author: item.author === null ? 0 : hash32(item.author) | 0 || 1,
    print: simhash(features.terms.subarray(0, features.stems)),
    dims: dimsOf(data, item.dimensions),
  };
  const slot = putRow(data.store, row, features);
  weigh(data, slot);
  enter(index, data.store, data.common, slot);
  if (counts || former?.recent) enterRing(data, slot);
  else enterPast(data, slot);
  keepPace(data, item.at);
  if (former?.placed) settleWhere(state, slot, former.group, out);
  else settle(state, slot, counts, out);
  learn(state, features, item.at);
}

function settle(state: EngineState, slot: number, counts: boolean, out: Output[]): void {
  const { data } = state;
  const near = neighboursOf(state.index, data.store, slot, RADII[0]);
  const home = vote(data, near);
  if (home >= 0) {
    enlist(data, slot, home, out);
    if (counts) report(state, resolve(data, home), false, out);
  }
  if (!counts) return;
  const alarm = scan(state, slot, near);
  if (alarm) raise(state, slot, alarm, out);
}

/** People have put the former revision there: that holds for its words as they are now. */
function settleWhere({ data }: EngineState, slot: number, group: number, out: Output[]): void {
  data.placed.add(slot);
  if (group >= 0) assign(data, slot, group, out);
}

interface Former {
  /** The group that it was in, or −1, and whether people put it there. */
  readonly group: number;
  readonly placed: boolean;
  readonly at: number;
  readonly position: number;
  readonly recent: boolean;
}

/** An older revision leaves; its place in time and evidence is what the new one keeps. */
function withdrawFormer(state: EngineState, item: Item, out: Output[]): Former | null {
  const { data, index } = state;
  const slot = item.replaces === null ? undefined : index.slotOf.get(item.replaces);
  if (slot === undefined) return null;
  const former = {
    group: data.store.group[slot],
    placed: data.placed.has(slot),
    at: data.store.at[slot],
    position: data.store.position[slot],
    recent: data.store.recent[slot] === 1,
  };
  const home = resolve(data, data.store.group[slot]);
  if (home >= 0) {
    assign(data, slot, -1, out);
    const { surge } = data.groups[home];
    if (surge) surge.items = surge.items.map((id) => (id === item.replaces ? item.id : id));
  }
  forget(state, slot);
  return former;
}

/** A copy that does not hold on to the long original. */
function shortened(text: string): string {
  if (text.length <= MOST_TEXT) return text;
  return String.fromCharCode(...Array.from({ length: MOST_TEXT }, (_, i) => text.charCodeAt(i)));
}
