import { expect, test } from 'vitest';
import type { Output } from './entry.ts';
import { addGroup, assign } from './groups.ts';
import { createEngine } from './state.ts';
import { step } from './step.ts';
import { raise } from './surges.ts';

/** Eight groups of four: none holds a third of an alarm over all, and none is like the whole of it. */
const GROUPS = 8;
const SIZE = 4;

test('an alarm made of rows that open surges have told of already makes no group without members', () => {
  const state = createEngine();
  const { data } = state;
  const items = Array.from({ length: GROUPS * SIZE }, (_, i) => ({
    id: `i${i}`,
    at: 1_760_000_000_000 + i * 1000,
    text: `w${i}a w${i}b w${i}c w${i}d`,
    author: null,
    rating: null,
    dimensions: {},
    replaces: null,
  }));
  step(state, { position: 1, kind: 'items', items });
  const slots = items.map(({ id }) => state.index.slotOf.get(id)!);
  for (let n = 0; n < GROUPS; n++) {
    const [from, to] = [n * SIZE, (n + 1) * SIZE];
    const group = addGroup(data, `g${n}`, items[0]!.at);
    for (const slot of slots.slice(from, to)) assign(data, slot, group, []);
    data.groups[group]!.surge = {
      ...{ id: `s${n}`, pattern: 'new', onsetAt: items[0]!.at, onsetPosition: 0, slice: null, radius: 0.2 },
      ...{ items: items.slice(from, to).map(({ id }) => id), voices: new Set<number>() },
      ...{ logEvidence: 20, threshold: 10, lastGrowthAt: data.now, reported: SIZE },
    };
    data.open.push(group);
  }
  const out: Output[] = [];
  raise(state, slots.at(-1)!, { slots, radius: 0.2, slice: [], logEvidence: 30, threshold: 10, before: 0 }, out);
  expect(out).toEqual([]);
  expect(data.groups).toHaveLength(GROUPS);
});
