import type { Output } from './entry.ts';
import { assign, describe, groupCalled, indexOfGroup, membersOf, resolve, sayHome, shareBefore } from './groups.ts';
import type { Data, EngineState, Surge } from './state.ts';
import { isUsed } from './store.ts';
import { enlist, report } from './surges.ts';
import { voiceOf } from './voices.ts';

/** How people put groups together and apart. A merge is a pointer, so that it can be taken back at any later time. */

/**
 * The name of the surge that goes with a split: known beforehand to whoever asks for the split.
 *
 * @example
 * surgeOfSplit('mine'); // 'mine.split'
 */
export const surgeOfSplit = (group: string): string => `${group}.split`;

const MOST_APART = 500;
const MOST_CORE = 24;

const copied = (surge: Surge): Surge => ({ ...surge, items: [...surge.items], voices: new Set(surge.voices) });

/** Two groups become one; the older name keeps leading to it. Unknown names change nothing. */
export function join(state: EngineState, from: string, into: string, out: Output[]): void {
  const { data } = state;
  const a = indexOfGroup(data, from);
  const b = indexOfGroup(data, into);
  if (a < 0 || b < 0 || a === b) return;
  const [gone, stays] = [data.groups[a], data.groups[b]];
  gone.into = b;
  data.apart = data.apart.filter(([x, y]) => resolve(data, x) !== resolve(data, y)); // people have changed their mind
  stays.members += Math.max(0, gone.members); // with those no longer remembered one by one
  stays.firstAt = Math.min(stays.firstAt, gone.firstAt);
  stays.lastAt = Math.max(stays.lastAt, gone.lastAt);
  gone.brought = gone.surge && copied(gone.surge);
  if (gone.surge && stays.surge) {
    stays.surge.items = [...new Set([...stays.surge.items, ...gone.surge.items])];
    for (const voice of gone.surge.voices) stays.surge.voices.add(voice);
  } else if (gone.surge) {
    stays.surge = gone.surge;
    data.open.push(b);
  }
  gone.surge = null;
  settleShare(data, b);
  sayAll(data, (origin) => origin >= 0 && passes(data, origin, a), out);
  describe(state, b, out, stays.surge !== null);
  report(state, b, false, out); // what both have counted is told at once
}

/** A merged group is one of its own again. What came after the merge has gone to whichever of the two it is nearer to. */
export function part(state: EngineState, group: string, out: Output[]): void {
  const { data } = state;
  const a = data.groupOf.get(group) ?? -1;
  if (a < 0 || data.groups[a].into < 0) return;
  const b = resolve(data, a);
  const [back, left] = [data.groups[a], data.groups[b]];
  back.into = -1;
  putApart(data, a, b);
  shareSurge(state, a, b);
  back.brought = null;
  const [mine, theirs] = [membersOf(data, a), membersOf(data, b)];
  back.members = Math.max(back.members, mine.length);
  left.members = Math.max(left.members - back.members, theirs.length);
  for (const [one, slots] of [
    [back, mine],
    [left, theirs],
  ] as const) {
    if (slots.length > 0) one.lastAt = Math.max(...slots.map((slot) => data.store.at[slot]));
  }
  settleShare(data, a);
  settleShare(data, b);
  for (const slot of mine) sayHome(data, slot, out);
  for (const one of [a, b]) tell(state, one, out, true);
}

/** What has been counted since the merge goes where it belongs; a surge that is over stays over. */
function shareSurge({ data, index }: EngineState, a: number, b: number): void {
  const [back, left] = [data.groups[a], data.groups[b]];
  const { surge } = left;
  if (!surge || !back.brought) return;
  const isMine = (id: string) => {
    const slot = index.slotOf.get(id);
    return slot === undefined ? back.brought!.items.includes(id) : resolve(data, data.store.group[slot]) === a;
  };
  const mine = surge.items.filter(isMine);
  const rest = surge.items.filter((id) => !isMine(id));
  if (mine.length > 0) {
    const { lastGrowthAt } = surge;
    const voices = new Set(surge.voices);
    back.surge = { ...back.brought, items: mine, voices, lastGrowthAt, reported: mine.length };
    data.open.push(a);
  }
  // The one that only took over a surge has none without it; were it to grow by itself, that would be noticed anew.
  if (surge.id === back.brought.id || rest.length === 0) left.surge = null;
  else Object.assign(surge, { items: rest, reported: Math.min(surge.reported, rest.length) });
}

interface Split {
  readonly group: string;
  readonly items: readonly string[];
  readonly into: string;
}

/** Items leave their group for a new one; what they count for in its surge they take along. */
export function takeOut(state: EngineState, { group, items, into }: Split, out: Output[]): void {
  const { data, index } = state;
  const from = indexOfGroup(data, group);
  const surge = from < 0 ? null : data.groups[from].surge;
  const going = new Set(items);
  const counted = surge ? surge.items.filter((id) => going.has(id)) : [];
  const fresh = putAll(state, items, into, true, out);
  const made = data.groups[resolve(data, fresh)];
  putApart(data, from, resolve(data, fresh));
  if (surge && counted.length > 0 && made.surge === null) {
    const slots = counted.flatMap((id) => index.slotOf.get(id) ?? []);
    const voices = new Set(slots.map((slot) => voiceOf(data, slot)).filter((voice) => voice !== 0));
    made.surge = { ...surge, id: surgeOfSplit(into), items: counted, voices, reported: 0 };
    made.core = counted.slice(0, MOST_CORE);
    data.open.push(resolve(data, fresh));
    settleShare(data, fresh);
    report(state, resolve(data, fresh), true, out);
  } else tell(state, resolve(data, fresh), out);
}

/** Of a group without anybody who is remembered there is nothing to say. */
function tell(state: EngineState, index: number, out: Output[], rename = false): void {
  if (membersOf(state.data, index).length > 0) describe(state, index, out, rename);
}

/** What people divide stays divided: an alarm that is nearer to the one is not joined to the other. */
function putApart(data: Data, one: number, other: number): void {
  if (one < 0 || other < 0 || one === other) return;
  if (data.groups[one].core.length === 0) data.groups[one].core = coreOf(data, one);
  if (data.groups[other].core.length === 0) data.groups[other].core = coreOf(data, other);
  data.apart.push([one, other]);
  if (data.apart.length > MOST_APART) data.apart.shift();
}

const coreOf = (data: Data, index: number): string[] =>
  membersOf(data, index)
    .slice(0, MOST_CORE)
    .map((slot) => data.store.ids[slot]);

interface Move {
  readonly items: readonly string[];
  readonly into: string | null;
  readonly keep: boolean;
}

/** Items go where people want them, and count there. */
export function place(state: EngineState, { items, into, keep }: Move, out: Output[]): void {
  const index = putAll(state, items, into, keep, out);
  if (index >= 0) tell(state, resolve(state.data, index), out);
}

/** An item that is not remembered any more is only said to be there. Returns the group, or −1. */
function putAll(
  state: EngineState,
  items: readonly string[],
  into: string | null,
  keep: boolean,
  out: Output[],
): number {
  const { data, index } = state;
  const slots = items.map((id) => index.slotOf.get(id));
  const times = slots.flatMap((slot) => (slot === undefined ? [] : [data.store.at[slot]]));
  const start = times.length > 0 ? Math.min(...times) : data.now;
  const home = into === null ? -1 : groupCalled(data, into, start);
  const said = home < 0 ? null : data.groups[resolve(data, home)].id;
  const left = new Set<number>();
  slots.forEach((slot, i) => {
    if (slot === undefined) {
      out.push({ kind: 'assigned', item: items[i], group: said, origin: into });
      return;
    }
    if (keep) data.placed.add(slot);
    else data.placed.delete(slot);
    const before = resolve(data, data.store.group[slot]);
    if (before >= 0 && before !== resolve(data, home)) left.add(before);
    if (home < 0 || before === resolve(data, home)) assign(data, slot, home, out);
    else enlist(data, slot, home, out);
  });
  const gone = new Set(items);
  for (const one of left) {
    dropFromSurge(data, one, gone);
    settleShare(data, one);
    tell(state, one, out, true); // it may be about something else without them
  }
  if (home >= 0) settleShare(data, resolve(data, home));
  return home;
}

export function settleShare(data: Data, index: number): void {
  const { surge } = data.groups[index];
  data.groups[index].expected = shareBefore(data, membersOf(data, index), surge ? surge.onsetAt : data.now);
}

export function dropFromSurge(data: Data, index: number, items: ReadonlySet<string>): void {
  const { surge } = data.groups[index];
  if (!surge) return;
  surge.items = surge.items.filter((id) => !items.has(id));
  surge.reported = Math.min(surge.reported, surge.items.length);
}

/** Whether the way from one group along its merges leads over another. */
function passes(data: Data, from: number, over: number): boolean {
  for (let at = from; at >= 0; at = data.groups[at].into) if (at === over) return true;
  return false;
}

function sayAll(data: Data, which: (origin: number) => boolean, out: Output[]): void {
  const { store } = data;
  const slots: number[] = [];
  for (let slot = 0; slot < store.size; slot++) if (isUsed(store, slot) && which(store.group[slot])) slots.push(slot);
  slots.sort((x, y) => store.at[x] - store.at[y] || x - y);
  for (const slot of slots) sayHome(data, slot, out);
}
