import type { Output } from './entry.ts';
import { type Alarm, LEAST_HITS } from './evidence.ts';
import { addGroup, assign, describe, expectation, idFrom, membersOf, resolve, shareBefore } from './groups.ts';
import { centroidCosine, kinOf, withoutStrays } from './kin.ts';
import { MOST_READ } from './naming.ts';
import { neighboursOf } from './search.ts';
import { standingSlice } from './slices.ts';
import type { Data, EngineState, Group, Surge } from './state.ts';
import { voiceOf } from './voices.ts';

/** From an alarm to a group: into the group that already holds a third of it, else into a new one. */

const DAY = 86_400_000;
const OVERLAP = 0.34;
const MOST_SEEDS = 24;
const NARROWEST_FILL = 0.16; // a wider neighbourhood is good enough for counting, not for naming who belongs to it
const MOST_NAMED_ITEMS = 2000;
const QUIET_AFTER = 3 * DAY; // an open surge without a new member for that long is over
const SAME = 0.3; // cosine with its first surge that a new surge of a group needs, else it is another subject
const LEAST_CORE = 3;
const FRESH = 30 * DAY; // within that time of the last surge it is taken to be the same subject
const LONGEST = 14 * DAY; // after that it is the new usual, and its items become baseline
const LOUDER = 2; // a dismissed group speaks again at twice the odds (not share, which cannot double above one half)

/** @param slot the item that completed the alarm */
export function raise(state: EngineState, slot: number, rough: Alarm, out: Output[]): void {
  const { data } = state;
  const alarm = { ...rough, slots: [...withoutStrays(state, rough.slots, LEAST_HITS)] };
  const held = homeOf(state, alarm.slots);
  const home = held >= 0 ? held : kinOf(state, alarm.slots);
  if (home >= 0) {
    const group = data.groups[home];
    for (const other of alarm.slots) if (isLoose(data, other)) enlist(data, other, home, out);
    if (held < 0) backfill(state, home, alarm, out); // its own words lead to others who use them
    if (group.surge) {
      group.surge.logEvidence = Math.max(group.surge.logEvidence, alarm.logEvidence);
      report(state, home, false, out);
    } else open(state, home, slot, alarm, out);
    return;
  }
  // Rows of several open surges have been told of already; a group made of them would have nobody in it.
  const free = alarm.slots.filter((other) => isFree(data, other));
  if (free.length < LEAST_HITS) return;
  const index = addGroup(data, data.store.ids[slot], data.store.at[slot]);
  for (const other of free) assign(data, other, index, out);
  backfill(state, index, alarm, out);
  open(state, index, slot, alarm, out);
}

/** In no group, and not because people wanted it so. */
const isLoose = (data: Data, slot: number): boolean => data.store.group[slot] < 0 && !data.placed.has(slot);

/** In no group, or in one that nothing is told of at present; and not where people have put it. */
function isFree(data: Data, slot: number): boolean {
  if (data.placed.has(slot)) return false;
  const holder = resolve(data, data.store.group[slot]);
  return holder < 0 || data.groups[holder].surge === null;
}

/** The group that holds most of these rows, if it holds a third and is about the same thing. */
function homeOf(state: EngineState, slots: readonly number[]): number {
  const { data } = state;
  const tally = new Map<number, number>();
  for (const slot of slots) {
    const group = resolve(data, data.store.group[slot]);
    if (group >= 0) tally.set(group, (tally.get(group) ?? 0) + 1);
  }
  const [best] = [...tally].sort((a, b) => b[1] - a[1] || a[0] - b[0]);
  if (!best || best[1] < OVERLAP * slots.length) return -1;
  return data.groups[best[0]].surge || isAbout(state, best[0], slots) ? best[0] : -1;
}

/** A group that has gathered this and that over the years does not lend its name to another subject. */
function isAbout(state: EngineState, group: number, slots: readonly number[]): boolean {
  const { core: ids, toldAt } = state.data.groups[group];
  if (state.data.now - toldAt < FRESH) return true;
  const core = ids.flatMap((id) => state.index.slotOf.get(id) ?? []);
  if (core.length < LEAST_CORE) return true;
  return centroidCosine(state, core, slots.slice(-MOST_SEEDS)) > SAME;
}

/** An item joins a group, and counts for the surge that is open where the group has been merged into. */
export function enlist(data: Data, slot: number, index: number, out: Output[]): void {
  assign(data, slot, index, out);
  const { surge } = data.groups[resolve(data, index)];
  if (surge) count(data, surge, slot);
}

function count(data: Data, surge: Surge, slot: number): void {
  if (data.store.at[slot] < surge.onsetAt || data.store.position[slot] < 0) return;
  const voice = voiceOf(data, slot);
  if (voice !== 0 && surge.voices.has(voice)) return;
  surge.voices.add(voice);
  if (surge.items.length < MOST_NAMED_ITEMS) surge.items.push(data.store.ids[slot]);
  surge.lastGrowthAt = Math.max(surge.lastGrowthAt, data.store.at[slot]);
}

/** All remembered items that at least two seeds have as neighbours within the radius, recent and past. */
function backfill(state: EngineState, index: number, alarm: Alarm, out: Output[]): void {
  const { data } = state;
  const seeds = alarm.slots.slice(-MOST_SEEDS);
  const radius = Math.max(alarm.radius, NARROWEST_FILL);
  const tally = new Map<number, number>();
  for (const seed of seeds) {
    for (const other of neighboursOf(state.index, data.store, seed, radius).slots) {
      tally.set(other, (tally.get(other) ?? 0) + 1);
    }
  }
  const enough = Math.max(2, Math.ceil(0.25 * seeds.length));
  for (const [other, n] of [...tally].sort((a, b) => a[0] - b[0])) {
    if (n >= enough && isLoose(data, other)) assign(data, other, index, out);
  }
}

function open(state: EngineState, index: number, slot: number, alarm: Alarm, out: Output[]): void {
  const { data } = state;
  const { store } = data;
  const group = data.groups[index];
  const first = alarm.slots[0];
  const members = membersOf(data, index);
  const onsetAt = Math.min(...alarm.slots.map((s) => store.at[s]));
  group.expected = shareBefore(data, members, onsetAt);
  if (isQuiet(data, group, alarm)) return;
  group.quietBelow = 0;
  const named = Object.fromEntries(alarm.slice.map((id) => [data.dimensions.names[id], data.dimensions.values[id]]));
  group.surge = {
    id: idFrom('s', data, `${group.id} ${store.ids[slot]}`),
    pattern: group.expected.shape < 3 ? 'new' : 'growing',
    onsetAt,
    onsetPosition: store.position[first],
    slice: standingSlice(data, alarm.slots) ?? (alarm.slice.length > 0 ? named : null),
    radius: alarm.radius,
    items: [],
    voices: new Set(),
    logEvidence: alarm.logEvidence,
    threshold: alarm.threshold,
    lastGrowthAt: data.now,
    reported: 0,
  };
  data.open.push(index);
  for (const member of members) count(data, group.surge, member);
  if (group.core.length === 0) group.core = group.surge.items.slice(0, MOST_SEEDS);
  report(state, index, true, out);
}

function isQuiet(data: Data, group: Group, alarm: Alarm): boolean {
  if (group.quietBelow === 0) return false;
  const span = data.position - data.store.position[alarm.slots[0]];
  return alarm.slots.length / Math.max(1, span) < group.quietBelow;
}

/** Tells of an open surge: at once when it is new, then whenever it has grown by a tenth. */
export function report(state: EngineState, index: number, first: boolean, out: Output[]): void {
  const { data } = state;
  const group = data.groups[index];
  const { surge } = group;
  if (!surge) return;
  const observed = surge.items.length;
  if (!first && observed < surge.reported + Math.max(1, 0.1 * surge.reported)) return;
  surge.reported = observed;
  group.toldAt = data.now;
  describe(state, index, out, first || (group.named < MOST_READ && observed >= 1.25 * group.named));
  const { mean, low, high } = expectation(group.expected, data.position - surge.onsetPosition);
  out.push({
    kind: 'surge',
    surge: surge.id,
    group: group.id,
    update: !first,
    at: data.now,
    onsetAt: surge.onsetAt,
    pattern: surge.pattern,
    observed,
    expected: mean,
    low,
    high,
    logEvidence: surge.logEvidence,
    threshold: surge.threshold,
    slice: surge.slice,
    items: [...surge.items],
    expectedShare: group.expected,
  });
}

/** Ends surges that went quiet or have lasted so long that they are the new usual. */
export function closeQuiet(data: Data): void {
  data.open = data.open.filter((index) => {
    const { surge } = data.groups[index];
    if (!surge) return false;
    if (data.now - surge.lastGrowthAt < QUIET_AFTER && data.now - surge.onsetAt < LONGEST) return true;
    data.groups[index].surge = null;
    return false;
  });
}

/** People said "not news". */
export function silence(data: Data, index: number): void {
  const group = data.groups[index];
  const mean = group.expected.shape / group.expected.rate;
  const { surge } = group;
  const span = surge ? Math.max(1, data.position - surge.onsetPosition) : 1;
  const share = Math.min(0.95, Math.max(mean, surge ? surge.items.length / span : 0));
  group.quietBelow = (LOUDER * share) / (1 - share + LOUDER * share);
  group.surge = null;
}
