import { fading, pastWeight } from './evidence.ts';
import { leave } from './search.ts';
import { type Data, draw, type EngineState } from './state.ts';
import { freeRow, MOST_ITEMS } from './store.ts';

/**
 * The last days (ring) and a bounded sample of what came before (reservoir).
 * Memory: 100,000 items of at most 384 bytes of terms, 280 characters of text and 60 bytes beside, some 70 MB, and 30 MB
 * of tables over the hashed vocabulary; measured as a whole process in docs/lab.md.
 */

const DAY = 86_400_000;
const SHORTEST = 3 * DAY;
const LONGEST = 7 * DAY;
const RING_SHARE = 0.6; // of the memory at most
const WANTED = 60; // items that a window should hold: thin streams get a longer one

/** Length of "the last days": 72 h, up to 7 days in thin streams (below 20 items a day). */
function windowOf(data: Data): number {
  const days = Math.max(1, Math.min(14, (data.now - data.pace.from) / DAY));
  const perDay = Math.max(0.1, data.pace.items / days);
  return Math.min(LONGEST, Math.max(SHORTEST, (WANTED / perDay) * DAY));
}

/** Counts an item into the pace: items of about the last 14 days. */
export function keepPace(data: Data, at: number): void {
  const { pace } = data;
  if (pace.from === 0) pace.from = pace.at = at;
  if (at > pace.at) {
    pace.items *= Math.exp(-(at - pace.at) / (14 * DAY));
    pace.at = at;
  }
  pace.items++;
}

export function enterRing(data: Data, slot: number): void {
  data.ring.slots.push(slot);
  data.store.recent[slot] = 1;
  for (const id of data.store.dims[slot]) data.dimensions.recent[id]++;
}

/** Moves what is older than the window into the past, and lets go of the past at random when memory is full. */
export function age(state: EngineState): void {
  const { data } = state;
  const { ring, store } = data;
  const before = data.now - windowOf(data);
  while (ring.head < ring.slots.length && (store.at[ring.slots[ring.head]] < before || isCrowded(data))) {
    const slot = ring.slots[ring.head++];
    leaveRing(data, slot);
    enterPast(data, slot);
  }
  while (data.past.slots.length > 0 && isFull(data)) forgetOne(state);
  if (ring.head > 4096 && ring.head * 2 > ring.slots.length) {
    ring.slots = ring.slots.slice(ring.head);
    ring.head = 0;
  }
}

/** A stream too fast for memory gets shorter "last days": without a past to compare with, nothing could be said. */
function isCrowded({ ring }: Data): boolean {
  return ring.slots.length - ring.head >= RING_SHARE * MOST_ITEMS;
}

function isFull(data: Data): boolean {
  return data.store.size - data.store.free.length >= MOST_ITEMS;
}

function leaveRing(data: Data, slot: number): void {
  data.store.recent[slot] = 0;
  for (const id of data.store.dims[slot]) data.dimensions.recent[id]--;
}

export function enterPast(data: Data, slot: number): void {
  data.past.weight = pastWeight(data) + fading(data, data.store.at[slot]);
  data.past.at = data.now;
  data.past.slots.push(slot);
  if (data.store.group[slot] < 0) data.store.texts[slot] = ''; // names are made of the last days and of members
}

function forgetOne(state: EngineState): void {
  const { data } = state;
  const at = draw(data, data.past.slots.length);
  const slot = data.past.slots[at];
  dropFromPast(data, at);
  leave(state.index, data.store, slot);
  freeRow(data.store, slot);
  data.placed.delete(slot);
}

function dropFromPast(data: Data, at: number): void {
  const { past } = data;
  past.weight = Math.max(0, pastWeight(data) - fading(data, data.store.at[past.slots[at]]));
  past.at = data.now;
  const end = past.slots.pop();
  if (end !== undefined && at < past.slots.length) past.slots[at] = end;
}

/** Takes one item out of ring or past, index and store. O(remembered items), for rare use. */
export function forget(state: EngineState, slot: number): void {
  const { data, index } = state;
  if (data.store.recent[slot] === 1) {
    leaveRing(data, slot);
    const at = data.ring.slots.indexOf(slot, data.ring.head);
    if (at >= 0) data.ring.slots.splice(at, 1);
  } else {
    const at = data.past.slots.indexOf(slot);
    if (at >= 0) dropFromPast(data, at);
  }
  leave(index, data.store, slot);
  freeRow(data.store, slot);
  data.placed.delete(slot);
}
