import { NAMES_CAP, OTHER_VALUE } from '@groundswell/contract';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  type Dictionary,
  endsOf,
  findAlike,
  type KnownName,
  type Merge,
  pairsOf,
  planMerge,
  settle,
} from './dictionary.ts';

const AT = Date.UTC(2026, 2, 1);
const row = (dimensions: Record<string, string>, minutes = 0) => ({ at: new Date(AT + minutes * 60_000), dimensions });
const known = (over: Partial<KnownName> = {}): KnownName => ({
  isNew: true,
  cap: 1_000,
  values: 0,
  countsAs: new Map(),
  met: new Set(),
  ...over,
});
const book = (byName: Record<string, KnownName>, names = 0): Dictionary => ({
  names,
  byName: new Map(Object.entries(byName)),
});
const kept = (settled: ReturnType<typeof settle>) => settled.arrivals.map(({ dimensions }) => dimensions);

describe('what a row keeps', () => {
  test('values stay while there is room; then known ones stay, and new ones become "other"', () => {
    const full = book({ v: known({ isNew: false, cap: 3, values: 2, met: new Set(['a']) }) });
    const settled = settle(
      [row({ v: 'a' }), row({ v: 'n1' }), row({ v: 'n2' }), row({ v: 'n1' }), row({ v: 'n3' })],
      full,
    );
    expect(kept(settled).map(({ v }) => v)).toEqual(['a', 'n1', OTHER_VALUE, 'n1', OTHER_VALUE]);
    expect(settled.tallies).toMatchObject([{ name: 'v', newValues: 1, rows: 5, cappedRows: 2 }]);
    expect([...settled.tallies[0]!.values].map(([value, { rows }]) => [value, rows])).toEqual([
      ['a', 1],
      ['n1', 2],
      [OTHER_VALUE, 2],
    ]);
  });

  test('a literal "other" is just a value: it takes no room and is no loss', () => {
    const full = book({ v: known({ isNew: false, cap: 10, values: 10 }) });
    const settled = settle([row({ v: OTHER_VALUE })], full);
    expect(kept(settled)).toEqual([{ v: OTHER_VALUE }]);
    expect(settled.tallies[0]).toMatchObject({ cappedRows: 0, newValues: 0 });
  });

  test('a merged spelling is kept as what it counts as, and needs no room where that is known', () => {
    const full = book({
      v: known({ isNew: false, cap: 1, values: 1, countsAs: new Map([['I-OS', 'ios']]), met: new Set(['ios']) }),
    });
    expect(kept(settle([row({ v: 'I-OS' })], full))).toEqual([{ v: 'ios' }]);
  });

  test('names beyond the limit are left out of the row, which is counted once', () => {
    const nearly = book({ old: known({ isNew: false }), n1: known(), n2: known(), n3: known() }, NAMES_CAP - 1);
    const settled = settle([row({ n1: 'x', n2: 'x', n3: 'x', old: 'x' }), row({ n1: 'y', old: 'x' })], nearly);
    expect(kept(settled)).toEqual([
      { n1: 'x', old: 'x' },
      { n1: 'y', old: 'x' },
    ]);
    expect(settled.rowsCut).toBe(1);
    expect(settled.tallies.map(({ name }) => name)).toEqual(['n1', 'old']);
  });

  test('first and last are the times at which it was said, whatever the order of arrival', () => {
    const settled = settle([row({ v: 'a' }, 5), row({ v: 'a' }, 1), row({ v: 'a' }, 9)], book({ v: known() }));
    expect(settled.tallies[0]!.values.get('a')).toEqual({ rows: 3, firstAt: AT + 60_000, lastAt: AT + 9 * 60_000 });
  });

  test('a row that keeps everything is the same object: nothing is copied for nothing', () => {
    const one = row({ v: 'a' });
    expect(settle([one], book({ v: known() })).arrivals[0]).toBe(one);
  });

  test('cut anywhere into deliveries, the same rows are kept the same and counted the same', () => {
    const values = fc.array(fc.constantFrom(...'abcdefgh', OTHER_VALUE), { minLength: 1, maxLength: 40 });
    fc.assert(
      fc.property(values, fc.integer({ min: 1, max: 5 }), fc.nat(40), (said, cap, cut) => {
        const rows = said.map((v, i) => row({ v }, i));
        const whole = settle(rows, book({ v: known({ cap }) }));
        const first = settle(rows.slice(0, cut), book({ v: known({ cap }) }));
        const tally = first.tallies[0];
        const then = known({
          isNew: !tally,
          cap,
          values: tally?.newValues ?? 0,
          met: new Set(tally?.values.keys() ?? []),
        });
        const second = settle(rows.slice(cut), book({ v: then }));
        expect([...kept(first), ...kept(second)]).toEqual(kept(whole));
        const told = new Set(kept(whole).map(({ v }) => v));
        told.delete(OTHER_VALUE);
        expect(told.size).toBeLessThanOrEqual(cap);
        const capped = [first, second].flatMap(({ tallies }) => tallies).reduce((n, one) => n + one.cappedRows, 0);
        expect(capped).toBe(whole.tallies[0]!.cappedRows);
      }),
    );
  });

  test('each pair is asked about once', () => {
    expect(pairsOf([row({ a: '1', b: '1' }), row({ a: '1', b: '2' })])).toEqual({
      names: ['a', 'b', 'b'],
      values: ['1', '1', '2'],
    });
  });
});

describe('merges', () => {
  const merge = (from: string, to: string): Merge => ({ id: `${from}>${to}`, from, to });

  test('a merge may go on from where another ends, and one step reads the whole chain', () => {
    const live = [merge('a', 'b')];
    expect(planMerge(live, ['b', 'c'], 'd')).toEqual({ add: ['b', 'c'], undo: [] });
    expect([...endsOf([...live, merge('b', 'd')])]).toEqual([
      ['a', 'd'],
      ['b', 'd'],
    ]);
  });

  test.each([
    [[merge('a', 'b')], ['b'], 'a'],
    [[merge('a', 'b'), merge('b', 'c')], ['c'], 'a'],
    [[], ['a'], 'a'],
  ])('%j and then %j into %j would be a circle', (live, from, to) => {
    expect(() => planMerge(live, from, to)).toThrow(expect.objectContaining({ code: 'dimension.merge_in_circle' }));
  });

  test('the same again adds nothing; another target takes the place of the first; the target among the chosen is no circle', () => {
    const live = [merge('a', 'b')];
    expect(planMerge(live, ['a'], 'b')).toEqual({ add: [], undo: [] });
    expect(planMerge(live, ['a'], 'c')).toEqual({ add: ['a'], undo: live });
    expect(() => planMerge([], ['a', OTHER_VALUE], 'b')).toThrow(/Raise the limit/);
    expect(planMerge([], ['a'], OTHER_VALUE)).toEqual({ add: ['a'], undo: [] });
    expect(planMerge([], ['a', 'b'], 'b')).toEqual({ add: ['a'], undo: [] });
  });

  test('whatever people merge, every chain ends, at a value that is not merged itself', () => {
    const value = fc.constantFrom(...'abcdef');
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.array(value, { minLength: 1, maxLength: 3 }), value), { maxLength: 20 }),
        (acts) => {
          let live: Merge[] = [];
          for (const [from, to] of acts) {
            try {
              const plan = planMerge(live, from, to);
              live = [...live.filter((one) => !plan.undo.includes(one)), ...plan.add.map((one) => merge(one, to))];
            } catch {
              // a circle is refused, and changes nothing
            }
          }
          const froms = new Set(live.map(({ from }) => from));
          expect(froms.size).toBe(live.length);
          const ends = endsOf(live);
          expect(ends.size).toBe(live.length);
          for (const end of ends.values()) expect(froms.has(end)).toBe(false);
        },
      ),
    );
  });

  test('a chain of 50,000 is followed without running out of room', () => {
    const live = Array.from({ length: 50_000 }, (_, i) => ({ from: `v${i}`, to: `v${i + 1}` })).reverse();
    expect(endsOf(live).get('v0')).toBe('v50000');
  });
});

describe('values that look like one', () => {
  const of = (...values: string[]) => values.map((value, i) => ({ value, rows: 100 - i }));

  test.each([
    [['iPhone 14', 'iphone14', 'IPHONE-14']],
    [['Galaxy S10', 'galaxy s10']],
    [['1.0 beta', '1.0-beta']],
    [['Ｐｉｘｅｌ', 'pixel']],
  ])('%j are one', (values) => {
    expect(findAlike(of(...values), 9)).toMatchObject([{ to: values[0], from: values.slice(1) }]);
  });

  test.each([
    [['7.1.0', '71.0']],
    [['app 7.1.0', 'app 71.0']],
    [['plan 14-2', 'plan 142']],
    [['C', 'C++', 'C#']],
    [['42', '-42']],
    [['ios', 'ipados']],
    [['-', '_']],
  ])('%j are not', (values) => {
    expect(findAlike(of(...values), 9)).toEqual([]);
  });

  test('into the most used, and those that most rows would gain by first', () => {
    const values = [
      { value: 'web', rows: 1 },
      { value: 'Web', rows: 9 },
      { value: 'ios', rows: 50 },
      { value: 'iOS', rows: 40 },
    ];
    expect(findAlike(values, 9)).toEqual([
      { to: 'ios', from: ['iOS'], rows: 40 },
      { to: 'Web', from: ['web'], rows: 1 },
    ]);
    expect(findAlike(values, 1)).toHaveLength(1);
  });
});
