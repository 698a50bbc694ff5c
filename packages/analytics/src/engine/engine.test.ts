import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createEngine, loadState, saveState, step } from '../index.ts';
import type { Item, Output } from './entry.ts';
import type { EngineState } from './state.ts';
import { anItem, aStream, moreOfIt, START } from './stream.fixture.ts';

const HOUR = 3_600_000;
const feed = (state: EngineState, items: readonly Item[]) => step(state, { position: 1, kind: 'items', items });
const surges = (out: readonly Output[]) => out.filter((o) => o.kind === 'surge');
const outage = { day: 10, items: 20, hours: 12 };
const troubled = aStream({ days: 14, outage });

describe('what it notices', () => {
  test('a new trouble is told once, early, and named by its own words', () => {
    const out = feed(createEngine({ historical: true }), troubled);
    const told = surges(out);
    expect(new Set(told.map((s) => s.surge)).size).toBe(1);
    const first = told[0];
    expect(first).toMatchObject({ update: false, pattern: 'new' });
    expect(first.items.filter((id) => id.startsWith('x')).length).toBeLessThanOrEqual(10);
    expect(first.items.every((id) => id.startsWith('x'))).toBe(true);
    expect(first.observed).toBeGreaterThan(first.high);
    expect(out.find((o) => o.kind === 'group')?.label).toContain('fingerprint');
    expect(told[told.length - 1].items.length).toBeGreaterThanOrEqual(16);
    expect(told[0].slice).toEqual(null);
  });

  test('a name and the quoted item come from the surge, and who joins later changes neither', () => {
    const state = createEngine({ historical: true });
    const named = feed(state, troubled).filter((o) => o.kind === 'group');
    expect(named.every((group) => group.medoid.startsWith('x'))).toBe(true);
    const later = feed(state, moreOfIt(2, 25, 24));
    expect(later.map((o) => o.kind)).toEqual(['assigned', 'assigned']);
  });

  test('a quiet stream is quiet', () => {
    expect(surges(feed(createEngine({ historical: true }), aStream({ days: 30 })))).toEqual([]);
  });

  test('one author who repeats a text is one voice', () => {
    const items = aStream({ days: 14, outage: { ...outage, author: 'spammer' } });
    expect(surges(feed(createEngine({ historical: true }), items))).toEqual([]);
  });

  test('no surge names an item later than the time it was noticed', () => {
    const at = new Map(troubled.map((item) => [item.id, item.at]));
    for (const surge of surges(feed(createEngine({ historical: true }), troubled))) {
      expect(surge.onsetAt).toBeLessThanOrEqual(surge.at);
      for (const id of surge.items) expect(at.get(id)).toBeLessThanOrEqual(surge.at);
    }
  });

  test('what arrives more than two days late raises nothing when live, and everything in a history run', () => {
    const late = troubled.filter((item) => item.id.startsWith('x'));
    const rest = troubled.filter((item) => !item.id.startsWith('x'));
    const live = createEngine();
    expect(surges([...feed(live, rest), ...feed(live, late)])).toEqual([]);
    expect(surges(feed(createEngine(), troubled)).length).toBeGreaterThan(0);
  });
});

describe('the same log gives the same outputs', () => {
  const short = aStream({ days: 9, outage: { ...outage, day: 7 } });
  const expected = feed(createEngine({ historical: true }), short);

  test('killed and loaded again anywhere, however the items are cut into entries', () => {
    const cuts = fc.array(fc.nat(short.length), { minLength: 1, maxLength: 5 });
    fc.assert(
      fc.property(cuts, (places) => {
        const edges = [0, ...places.sort((a, b) => a - b), short.length];
        let state = createEngine({ historical: true });
        const out: Output[] = [];
        for (let i = 1; i < edges.length; i++) {
          out.push(...feed(state, short.slice(edges[i - 1], edges[i])));
          state = loadState(saveState(state));
        }
        expect(out).toEqual(expected);
      }),
      { numRuns: 5 },
    );
  }, 60_000);

  test('an item handed over twice is one item', () => {
    const state = createEngine({ historical: true });
    feed(state, troubled);
    expect(feed(state, troubled.slice(-50))).toEqual([]);
  });

  test('saving changes nothing, and the bytes are the same again', () => {
    const state = createEngine();
    feed(state, troubled.slice(0, 300));
    const bytes = saveState(state);
    expect(saveState(state)).toEqual(bytes);
    expect(saveState(loadState(bytes))).toEqual(bytes);
  });
});

describe('what cannot be loaded is refused in words', () => {
  test('another format, foreign bytes, cut bytes', () => {
    const bytes = saveState(createEngine());
    const other = bytes.slice();
    other[5 + 5 + 'surge-engine'.length + 1] = 99; // list mark and length, string mark and length, the name, an integer's mark
    expect(() => loadState(other)).toThrow('format 99');
    expect(() => loadState(new Uint8Array([4, 1, 2]))).toThrow('no whole saved engine state');
    expect(() => loadState(bytes.slice(0, 200))).toThrow('no whole saved engine state');
    expect(() => loadState(new Uint8Array())).toThrow('no whole saved engine state');
  });

  test('a budget of no false alerts is refused', () => {
    expect(() => createEngine({ falseAlertsPerWeek: 0 })).toThrow('falseAlertsPerWeek');
    expect(() => step(createEngine(), { position: 1, kind: 'settings', falseAlertsPerWeek: NaN })).toThrow('got NaN');
  });
});

test('texts without words, without time and in any script do not stop the stream', () => {
  const odd = ['', '🙂', '!!!', '无法登录', 'ไม่ได้', 'a'.repeat(50_000), '\ud800', '\u0000'];
  const items = odd.map((text, i) => anItem({ id: `o${i}`, text, at: START + i * HOUR }));
  const out = feed(createEngine(), [...items, anItem({ id: 'never', at: NaN })]);
  expect(surges(out)).toEqual([]);
});
