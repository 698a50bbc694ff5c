import { describe, expect, test } from 'vitest';
import { createEngine, loadState, saveState, step } from '../index.ts';
import type { Item, Output } from './entry.ts';
import type { EngineState } from './state.ts';
import { anItem, aStream, moreOfIt, START } from './stream.fixture.ts';

const DAY = 86_400_000;
const feed = (state: EngineState, items: readonly Item[]) => step(state, { position: 1, kind: 'items', items });
const surges = (out: readonly Output[]) => out.filter((o) => o.kind === 'surge');
const assigned = (out: readonly Output[]) =>
  new Map(out.filter((o) => o.kind === 'assigned').map((o) => [o.item, o.group]));
const outage = { day: 10, items: 20, hours: 12 };
const troubled = aStream({ days: 11, outage });

/** An engine that has just noticed the outage, and the group it made of it. */
function noticed(): { state: EngineState; group: string; groups: Map<string, string | null> } {
  const state = createEngine();
  const out = feed(state, troubled);
  return { state, group: surges(out)[0].group, groups: assigned(out) };
}

describe('dismiss', () => {
  const quietFor = aStream({ seed: 3, days: 40 }).filter((item) => item.at > START + 11 * DAY);

  test('a dismissed group gathers members and stays quiet at the same strength', () => {
    const { state, group } = noticed();
    step(state, { position: 2, kind: 'dismiss', group });
    const out = feed(state, moreOfIt(15, 11, 12));
    expect(surges(out)).toEqual([]);
    expect([...assigned(out).values()]).toContain(group);
  });

  test('and speaks again when it grows well beyond what was dismissed', () => {
    const { state, group } = noticed();
    step(state, { position: 2, kind: 'dismiss', group });
    const burst = [...moreOfIt(60, 12, 2), ...quietFor.filter((i) => i.at < START + 13 * DAY)].sort(
      (a, b) => a.at - b.at,
    );
    expect(surges(feed(state, burst)).some((s) => s.group === group)).toBe(true);
  });
});

describe('withdraw', () => {
  test('leaves nothing of an item behind', () => {
    const { state, group } = noticed();
    const out = step(state, { position: 2, kind: 'withdraw', items: ['x3', 'x4', 'unheard'] });
    expect(assigned(out).get('x3')).toBe(null);
    expect(assigned(out).get('unheard')).toBe(null);
    const told = step(state, { position: 3, kind: 'withdraw', items: [] });
    expect(told).toEqual([]);
    const next = feed(state, moreOfIt(6, 11, 2));
    for (const surge of surges(next)) {
      expect(surge.group).toBe(group);
      expect(surge.items).not.toContain('x3');
    }
    expect(JSON.stringify(state.data.store.ids)).not.toContain('"x3"');
  });

  test('of a whole group leaves an empty one without words', () => {
    const { state, groups } = noticed();
    const out = step(state, { position: 2, kind: 'withdraw', items: [...groups.keys()] });
    expect([...assigned(out).values()].every((g) => g === null)).toBe(true);
    expect(state.data.groups.every((g) => g.members === 0 && g.label === '' && g.surge === null)).toBe(true);
  });
});

test('a new revision takes the place of the old and is no new evidence', () => {
  const { state } = noticed();
  const before = state.data.position;
  const out = feed(state, [
    anItem({ id: 'x5b', replaces: 'x5', text: 'fingerprint login fails, edited', at: START + 11 * DAY }),
  ]);
  expect(state.data.position).toBe(before);
  expect(assigned(out).get('x5')).toBe(null);
  expect(surges(out)).toEqual([]);
});

describe('a finished history run as basis', () => {
  test('its groups, words and baselines become the past of the live run', () => {
    const history = createEngine({ historical: true });
    const told = surges(feed(history, troubled));
    const live = createEngine();
    const out = step(live, { position: 1, kind: 'basis', basis: saveState(history) });
    expect([...assigned(out).values()]).toContain(told[0].group);
    expect(surges(out)).toEqual([]);
    const next = feed(live, moreOfIt(1, 11, 1));
    expect(assigned(next).get('more11-0')).toBe(told[0].group);
  });

  test('twice is once', () => {
    const history = createEngine({ historical: true });
    feed(history, troubled);
    const live = createEngine();
    step(live, { position: 1, kind: 'basis', basis: saveState(history) });
    const size = live.data.store.size;
    step(live, { position: 2, kind: 'basis', basis: saveState(history) });
    expect(live.data.store.size).toBe(size);
  });
});

test('settings and exposure are taken in', () => {
  const state = createEngine();
  step(state, { position: 1, kind: 'settings', falseAlertsPerWeek: 0.25 });
  step(state, { position: 2, kind: 'exposure', day: 20_000, active: 5 });
  expect(state.data.falseAlertsPerWeek).toBe(0.25);
  expect(loadState(saveState(state)).data.exposure.get(20_000)).toBe(5);
});
