import type { Features } from '../text/features.ts';
import { loadState } from './checkpoint.ts';
import type { Entry, Output } from './entry.ts';
import { assign, describe, indexOfGroup, resolve } from './groups.ts';
import { enterPast, forget } from './memory.ts';
import { dropFromSurge, settleShare } from './regroup.ts';
import { enter } from './search.ts';
import { dimsOf } from './slices.ts';
import { checkBudget, checkShift, type Data, type EngineState } from './state.ts';
import { BUCKET_SHIFT, byArrival, COUNT_SHIFT, MOST_ITEMS, putRow, STRIDE, type Store } from './store.ts';
import { silence } from './surges.ts';
import { learnFrom, unlearn, weighAll } from './vocabulary.ts';

/** What people say about groups and items, and the folding in of a finished history run. */

/** What is not said stays as it is. */
export function setBudget(
  data: Data,
  { falseAlertsPerWeek, shift = data.shift }: Extract<Entry, { kind: 'settings' }>,
) {
  checkBudget(falseAlertsPerWeek);
  checkShift(shift);
  data.falseAlertsPerWeek = falseAlertsPerWeek;
  data.shift = shift;
}

export function dismiss(state: EngineState, group: string): void {
  const at = indexOfGroup(state.data, group);
  if (at >= 0) silence(state.data, at);
}

/** Items leave the stream: counts, memory, groups, and what was said of them. */
export function withdraw(state: EngineState, items: readonly string[], out: Output[]): void {
  const { data, index } = state;
  const gone = new Set(items);
  const touched = new Set<number>();
  for (const id of gone) {
    const slot = index.slotOf.get(id);
    if (slot === undefined) {
      out.push({ kind: 'assigned', item: id, group: null, origin: null });
      continue;
    }
    const home = resolve(data, data.store.group[slot]);
    if (home >= 0) touched.add(home);
    unlearn(data, slot);
    if (home >= 0) assign(data, slot, -1, out);
    else out.push({ kind: 'assigned', item: id, group: null, origin: null });
    forget(state, slot);
  }
  data.groups.forEach((group, i) => {
    if (gone.has(group.medoid)) touched.add(i);
    group.core = group.core.filter((id) => !gone.has(id));
  });
  for (const home of touched) {
    dropFromSurge(data, home, gone);
    data.groups[home].named = 0; // its words may have come from them
    settleShare(data, home);
    if (data.groups[home].members > 0) describe(state, home, out);
    else Object.assign(data.groups[home], { label: '', phrases: [], medoid: '', surge: null });
  }
}

/** What a finished history run learnt becomes this run's past. Its open surges are over: they were history. */
export function fold(state: EngineState, basis: Uint8Array, out: Output[]): void {
  const { data } = state;
  const other = loadState(basis).data;
  learnFrom(data.vocabulary, other.vocabulary);
  if (data.now === -Infinity) Object.assign(data, { now: other.now, pace: { ...other.pace } });
  const groupAt = other.groups.map((group) => {
    const known = data.groupOf.get(group.id);
    if (known !== undefined) return known;
    data.groups.push({ ...group, into: -1, surge: null, brought: null, members: 0 });
    data.groupOf.set(group.id, data.groups.length - 1);
    return data.groups.length - 1;
  });
  const copies = copyRows(state, other, groupAt, out);
  other.groups.forEach((group, i) => {
    if (group.into >= 0) data.groups[groupAt[i]].into = groupAt[group.into];
    else data.groups[groupAt[i]].members += Math.max(0, group.members - (copies.get(groupAt[i]) ?? 0));
  });
  weighAll(state);
  other.groups.forEach((group, i) => {
    if (group.into < 0 && data.groups[groupAt[i]].members > 0) describe(state, groupAt[i], out);
  });
}

function copyRows(state: EngineState, other: Data, groupAt: readonly number[], out: Output[]): Map<number, number> {
  const { data, index } = state;
  const copies = new Map<number, number>();
  const from = other.store;
  for (const row of byArrival(from)) {
    if (index.slotOf.has(from.ids[row])) continue;
    if (data.store.size - data.store.free.length >= MOST_ITEMS) break;
    const features = featuresAt(from, row);
    const names = from.dims[row].map((id) => [other.dimensions.names[id], other.dimensions.values[id]]);
    const slot = putRow(
      data.store,
      {
        id: from.ids[row],
        text: from.texts[row],
        at: from.at[row],
        position: -1,
        author: from.author[row],
        print: from.print[row],
        dims: dimsOf(data, Object.fromEntries(names)),
      },
      features,
    );
    enter(index, data.store, data.common, slot);
    const group = from.group[row] < 0 ? -1 : groupAt[resolve(other, from.group[row])];
    if (group >= 0) {
      assign(data, slot, group, out);
      copies.set(group, (copies.get(group) ?? 0) + 1);
    }
    enterPast(data, slot); // in this order: only members keep their texts, and people may divide what is of history
  }
  return copies;
}

function featuresAt({ terms, length, stems, pairs }: Store, row: number): Features {
  const words = terms.subarray(row * STRIDE, row * STRIDE + length[row]);
  return {
    terms: words.map((word) => word >>> BUCKET_SHIFT),
    counts: Uint8Array.from(words, (word) => ((word >>> COUNT_SHIFT) & 3) + 1),
    stems: stems[row],
    pairs: pairs[row],
  };
}
