import { describe, expect, test } from 'vitest';
import { createEngine, type Entry, loadState, saveState, step } from '../index.ts';
import type { Output } from './entry.ts';
import { surgeOfSplit } from './regroup.ts';
import type { EngineState } from './state.ts';
import { aStream, moreOfIt } from './stream.fixture.ts';

type Unplaced = Entry extends infer E ? (E extends Entry ? Omit<E, 'position'> : never) : never;

/** An engine with its log: what was told it, in order. */
function aLog() {
  const entries: Unplaced[] = [];
  let state = createEngine();
  const homes = new Map<string, { group: string | null; origin: string | null }>();
  const tell = (entry: Unplaced): Output[] => {
    entries.push(entry);
    const out = step(state, { position: entries.length, ...entry } as Entry);
    for (const one of out) if (one.kind === 'assigned') homes.set(one.item, { group: one.group, origin: one.origin });
    return out;
  };
  return {
    tell,
    homes,
    entries,
    state: (): EngineState => state,
    restart: () => {
      state = loadState(saveState(state));
    },
    inside: (group: string) => [...homes].filter(([, home]) => home.group === group).map(([id]) => id),
  };
}

const outage = { day: 10, items: 20, hours: 12 };

/** The outage has been noticed; the first five that spoke of it are in a group of their own, called "mine". */
function divided() {
  const log = aLog();
  const [surge] = log.tell({ kind: 'items', items: aStream({ days: 11, outage }) }).filter((o) => o.kind === 'surge');
  const group = surge!.group;
  const before = log.inside(group);
  const out = log.tell({ kind: 'split', group, items: before.slice(0, 5), into: 'mine' });
  return { ...log, group, before, out };
}

describe('a split', () => {
  test('puts the chosen items into a group of the given name, and its part of the surge goes along', () => {
    const { group, before, out, inside, state } = divided();
    expect(inside('mine')).toEqual(before.slice(0, 5));
    expect(inside(group)).toEqual(before.slice(5));
    const surge = out.find((o) => o.kind === 'surge');
    expect(surge).toMatchObject({ surge: surgeOfSplit('mine'), group: 'mine', update: false });
    const held = state().data.groups.find(({ id }) => id === group)!.surge!;
    expect(held.items.filter((id) => before.slice(0, 5).includes(id))).toEqual([]);
  });

  test('names items that the engine has forgotten too, so that a second reading of the log says the same', () => {
    const { tell, group } = divided();
    const out = tell({ kind: 'split', group, items: ['long ago'], into: 'old' });
    expect(out).toEqual([{ kind: 'assigned', item: 'long ago', group: 'old', origin: 'old' }]);
  });
});

describe('a merge', () => {
  test('leads the older name to the group that lives on, and every item says where it came from', () => {
    const { tell, group, before, homes, inside } = divided();
    tell({ kind: 'merge', from: 'mine', into: group });
    expect(inside(group).sort()).toEqual([...before].sort());
    expect(homes.get(before[0]!)).toEqual({ group, origin: 'mine' });
    expect(homes.get(before[7]!)).toEqual({ group, origin: group });
  });

  test('is taken back after a restart and after growth: each gets its own back, and what came since stays with the nearest', () => {
    const { tell, group, before, inside, restart, homes } = divided();
    tell({ kind: 'merge', from: group, into: 'mine' });
    restart();
    const grown = moreOfIt(6, 11, 1);
    tell({ kind: 'items', items: grown });
    expect(grown.every(({ id }) => homes.get(id)!.group === 'mine')).toBe(true);
    restart();
    tell({ kind: 'part', group });
    expect(inside('mine')).toEqual(expect.arrayContaining(before.slice(0, 5)));
    expect(inside(group)).toEqual(expect.arrayContaining(before.slice(5)));
    expect(grown.filter(({ id }) => homes.get(id)!.group === group).length).toBeGreaterThan(0);
    expect([...homes.values()].every((home) => home.group === home.origin)).toBe(true);
  });

  test('of unknown names, of one with itself, or taken back twice changes nothing', () => {
    const { tell, group } = divided();
    expect(tell({ kind: 'merge', from: 'nobody', into: group })).toEqual([]);
    expect(tell({ kind: 'merge', from: group, into: group })).toEqual([]);
    expect(tell({ kind: 'part', group: 'mine' })).toEqual([]);
  });

  test('in a chain taken back in the middle leaves the rest of the chain as it is', () => {
    const { tell, group, before, inside } = divided();
    tell({ kind: 'split', group, items: before.slice(5, 8), into: 'third' });
    tell({ kind: 'merge', from: 'third', into: 'mine' });
    tell({ kind: 'merge', from: 'mine', into: group });
    tell({ kind: 'part', group: 'mine' });
    expect(inside('mine').sort()).toEqual(before.slice(0, 8).sort());
    tell({ kind: 'part', group: 'third' });
    expect(inside('third').sort()).toEqual(before.slice(5, 8).sort());
  });
});

describe('items that people have put somewhere', () => {
  test('stay there when the subject grows, until people take them out', () => {
    const { tell, group, before, homes, state } = divided();
    const out = before.slice(8, 14);
    tell({ kind: 'move', items: out, into: null, keep: true });
    tell({ kind: 'items', items: moreOfIt(25, 11, 4) });
    expect(out.map((id) => homes.get(id)!.group)).toEqual(out.map(() => null));
    tell({ kind: 'move', items: out, into: group, keep: false });
    expect(out.map((id) => homes.get(id)!.group)).toEqual(out.map(() => group));
    expect(state().data.placed.size).toBe(5);
  });

  test('hold for a later revision of the same', () => {
    const { tell, homes, before } = divided();
    const [first] = moreOfIt(1, 11, 1);
    tell({ kind: 'items', items: [{ ...first!, id: 'again', replaces: before[0]! }] });
    expect(homes.get('again')!.group).toBe('mine');
    expect(homes.get(before[0]!)!.group).toBeNull();
  });
});

test('what a history run found keeps its name when it is merged and divided, and a part of it is named by its own words', () => {
  const past = createEngine({ historical: true });
  const [surge] = step(past, { position: 1, kind: 'items', items: aStream({ days: 11, outage }) }).filter(
    (o) => o.kind === 'surge',
  );
  const live = aLog();
  live.tell({ kind: 'basis', basis: saveState(past) });
  const inside = live.inside(surge!.group);
  const out = live.tell({ kind: 'split', group: surge!.group, items: inside.slice(0, 6), into: 'mine' });
  const labels = out.flatMap((o) => (o.kind === 'group' ? [o.label] : []));
  expect(labels).toHaveLength(2);
  for (const label of labels) expect(label).toMatch(/fingerprint|login/);
});

test('the same log read again says the same, word for word', () => {
  const { tell, group, before, entries } = divided();
  const said: Output[][] = [];
  tell({ kind: 'merge', from: group, into: 'mine' });
  tell({ kind: 'items', items: moreOfIt(6, 11, 1) });
  tell({ kind: 'move', items: before.slice(2, 4), into: group, keep: true });
  tell({ kind: 'part', group });
  tell({ kind: 'items', items: moreOfIt(6, 12, 1) });
  for (let round = 0; round < 2; round++) {
    let state = createEngine();
    said.push(
      entries.flatMap((entry, i) => {
        if (round === 1) state = loadState(saveState(state));
        return step(state, { position: i + 1, ...entry } as Entry);
      }),
    );
  }
  expect(said[1]).toEqual(said[0]);
  expect(said[0]!.length).toBeGreaterThan(100);
});
