import { predictiveBand } from '../stats/predictive-band.ts';
import { hash32 } from '../text/hash.ts';
import type { ExpectedShare, Output } from './entry.ts';
import { fading, pastWeight } from './evidence.ts';
import { MOST_READ, nameOf } from './naming.ts';
import type { Neighbours } from './search.ts';
import type { Data, EngineState, Group } from './state.ts';
import { isUsed } from './store.ts';
import { voiceOf } from './voices.ts';

/** Extra variance of the counts of a group around its share; from the guide values in ../shared/reference/detection.md. */
const DISPERSION = 0.15;
const VOTERS = 5;
const MAJORITY = 3;
/** Cosine below which a neighbour has no vote. Measured in docs/lab.md. */
const JOIN = 0.18;

/** Follows merges to the group that lives on. */
export function resolve(data: Data, index: number): number {
  let at = index;
  while (at >= 0 && data.groups[at].into >= 0) at = data.groups[at].into;
  return at;
}

export function indexOfGroup(data: Data, id: string): number {
  return resolve(data, data.groupOf.get(id) ?? -1);
}

export function idFrom(letter: string, data: Data, seedText: string): string {
  const a = hash32(seedText, data.seed ^ 0x3c6ef372)
    .toString(36)
    .padStart(7, '0');
  const b = hash32(seedText, data.seed ^ 0x510e527f)
    .toString(36)
    .padStart(7, '0');
  return `${letter}${a}${b}`;
}

/** Adds a group without members. */
export function addGroup(data: Data, seedText: string, at: number): number {
  let id = idFrom('g', data, seedText);
  for (let n = 1; data.groupOf.has(id); n++) id = idFrom('g', data, `${seedText} ${n}`);
  return groupCalled(data, id, at);
}

/** The group of that name as it is, not what it was merged into; a new one without members where there is none. */
export function groupCalled(data: Data, id: string, at: number): number {
  const known = data.groupOf.get(id);
  if (known !== undefined) return known;
  const group: Group = {
    id,
    into: -1,
    label: '',
    phrases: [],
    medoid: '',
    firstAt: at,
    lastAt: at,
    members: 0,
    named: 0,
    core: [],
    toldAt: -Infinity,
    expected: { shape: 0.5, rate: 1, dispersion: DISPERSION },
    quietBelow: 0,
    surge: null,
    brought: null,
  };
  data.groups.push(group);
  data.groupOf.set(id, data.groups.length - 1);
  return data.groups.length - 1;
}

/** Puts a remembered item into a group and says so. A merged group keeps it as its own; it counts where the merge leads. */
export function assign(data: Data, slot: number, index: number, out: Output[]): void {
  const { store, groups } = data;
  if (store.group[slot] === index) return;
  if (store.group[slot] >= 0) groups[resolve(data, store.group[slot])].members--;
  store.group[slot] = index;
  const group = index < 0 ? null : groups[resolve(data, index)];
  if (group) {
    group.members++;
    group.firstAt = group.members === 1 ? store.at[slot] : Math.min(group.firstAt, store.at[slot]);
    group.lastAt = group.members === 1 ? store.at[slot] : Math.max(group.lastAt, store.at[slot]);
  }
  sayHome(data, slot, out);
}

export function sayHome(data: Data, slot: number, out: Output[]): void {
  const origin = data.store.group[slot];
  out.push({
    kind: 'assigned',
    item: data.store.ids[slot],
    group: origin < 0 ? null : data.groups[resolve(data, origin)].id,
    origin: origin < 0 ? null : data.groups[origin].id,
  });
}

/** The group that three of the five nearest belong to, or −1. Of merged groups, the one of the nearest that voted for it. */
export function vote(data: Data, near: Neighbours): number {
  const tally = new Map<number, { votes: number; own: number }>();
  for (let i = 0; i < Math.min(VOTERS, near.slots.length) && near.sims[i] >= JOIN; i++) {
    const own = data.store.group[near.slots[i]];
    const group = resolve(data, own);
    if (group < 0) continue;
    const said = tally.get(group) ?? { votes: 0, own };
    said.votes++;
    if (said.votes >= MAJORITY) return said.own;
    tally.set(group, said);
  }
  return -1;
}

/** Remembered rows of a group and of those that were merged into it, oldest first. O(remembered items). */
export function membersOf(data: Data, index: number): number[] {
  const { store } = data;
  const slots: number[] = [];
  for (let slot = 0; slot < store.size; slot++) {
    if (isUsed(store, slot) && resolve(data, store.group[slot]) === index) slots.push(slot);
  }
  return slots.sort((a, b) => store.at[a] - store.at[b] || a - b);
}

/** Share of the stream before `onsetAt`, from the group's remembered members. */
export function shareBefore(data: Data, members: readonly number[], onsetAt: number): ExpectedShare {
  const heard = new Set<number>();
  let weight = 0;
  for (const slot of members) {
    if (data.store.at[slot] >= onsetAt) continue;
    const voice = voiceOf(data, slot);
    if (voice !== 0 && heard.has(voice)) continue;
    heard.add(voice);
    weight += fading(data, data.store.at[slot]);
  }
  const { slots, head } = data.ring;
  let stream = pastWeight(data);
  for (let i = head; i < slots.length; i++) if (data.store.at[slots[i]] < onsetAt) stream++;
  return { shape: 0.5 + weight, rate: 1 + stream, dispersion: DISPERSION };
}

/** Observed, expected and the 95 % range over `total` stream items. */
export function expectation(expected: ExpectedShare, total: number): { mean: number; low: number; high: number } {
  const band = predictiveBand(expected, [total]);
  return { mean: band.mean[0], low: band.low[0], high: band.high[0] };
}

/** Says what a group is. Its name is that of its surge: it changes with `rename`, or when what it was made of is gone. */
export function describe(state: EngineState, index: number, out: Output[], rename = false): void {
  const { data } = state;
  const group = data.groups[index];
  if (rename || group.named === 0) {
    const slots = speakers(state, index);
    const silent = group.named > 0 && slots.every((slot) => data.store.texts[slot] === '');
    if (slots.length > 0 && !silent) Object.assign(group, nameOf(state, slots), { named: slots.length });
  }
  const { id, label, phrases, medoid, firstAt, lastAt, members, expected } = group;
  out.push({ kind: 'group', group: id, label, phrases: [...phrases], medoid, firstAt, lastAt, members, expected });
}

/** Rows that a name is made of, oldest first: those of the surge, or all members where none is open. */
function speakers({ data, index: { slotOf } }: EngineState, index: number): number[] {
  const { surge } = data.groups[index];
  const slots = surge ? surge.items.slice(0, MOST_READ).flatMap((id) => slotOf.get(id) ?? []) : [];
  return slots.length > 0 ? slots : membersOf(data, index).slice(-MOST_READ);
}
