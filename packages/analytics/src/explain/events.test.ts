import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { encodeColumn } from './column.ts';
import { explainEvents } from './events.ts';

const DAY = 86_400_000;
const BASELINE = { from: 0, to: 14 * DAY };
const WINDOW = { from: 14 * DAY, to: 15 * DAY };

interface Event {
  readonly at: number;
  readonly platform: string;
  readonly version: string;
  readonly country: string;
}

function sequence(seed: number): () => number {
  let word = Math.imul(seed + 1, 0x9e3779b1) >>> 0;
  return () => {
    word = (Math.imul(word, 1664525) + 1013904223) >>> 0;
    return (word >>> 4) / 2 ** 28;
  };
}

/** Ordinary days: every dimension by itself. */
function days(seed: number, perDay: number, from: number, to: number): Event[] {
  const random = sequence(seed);
  const pick = (values: readonly string[]): string => values[Math.floor(random() ** 1.5 * values.length)]!;
  return Array.from({ length: perDay * (to - from) }, () => ({
    at: (from + random() * (to - from)) * DAY,
    platform: pick(['android', 'ios', 'web']),
    version: pick(['4.3.2', '4.3.1', '4.3.0', '4.2.0', '4.1.0']),
    country: pick(['US', 'IN', 'BR', 'DE', 'FR', 'JP', 'MX', 'IT']),
  }));
}

const more = (count: number, what: Partial<Event>, seed = 99): Event[] =>
  days(seed, 4000, 14, 15)
    .map((event) => ({ ...event, ...what }))
    .slice(0, count);

function explain(events: readonly Event[], options: Partial<Parameters<typeof explainEvents>[1]> = {}) {
  const columns = (['platform', 'version', 'country'] as const).map((name) =>
    encodeColumn(
      name,
      events.map((e) => e[name]),
    ),
  );
  return explainEvents({ at: events.map(({ at }) => at), columns }, { baseline: BASELINE, window: WINDOW, ...options });
}

const said = (found: ReturnType<typeof explain>): string[] =>
  found.slices.map(({ conditions }) => conditions.map(({ dimension, said }) => `${dimension} ${said}`).join(' & '));

describe('where a growth is', () => {
  test('one slice, with what was expected of it and since when', () => {
    const late = more(60, { country: 'DE', platform: 'ios' }).map((event, i) => ({
      ...event,
      at: (14.5 + i / 130) * DAY,
    }));
    const found = explain([...days(1, 300, 0, 15), ...late]);
    expect(said(found)).toEqual(['platform ios & country DE']);
    const [slice] = found.slices;
    expect(slice!.excess.low).toBeGreaterThan(30);
    expect(slice!.excess.low).toBeLessThan(60);
    expect(slice!.excess.high).toBeGreaterThan(60);
    expect(slice!.qValue).toBeLessThan(1e-6);
    expect(new Date(slice!.since!).getUTCHours()).toBe(12);
    expect(slice!.samples).toHaveLength(5);
    expect(slice!.shareOfExcess).toBeGreaterThan(0.5);
  });

  test('two causes at once', () => {
    const events = [
      ...days(2, 400, 0, 15),
      ...more(120, { country: 'BR' }),
      ...more(70, { platform: 'web', version: '4.2.0' }, 5),
    ];
    expect(said(explain(events)).sort()).toEqual(['country BR', 'platform web & version 4.2.0']);
  });

  test('a range of versions is said as one', () => {
    const raised = ['4.3.0', '4.3.1', '4.3.2'].flatMap((version, i) => more(60, { version, country: 'IN' }, i));
    const found = explain([...days(3, 500, 0, 15), ...raised]);
    expect(found.slices[0]!.conditions.find(({ dimension }) => dimension === 'version')!.values).toEqual([
      '4.3.0',
      '4.3.1',
      '4.3.2',
    ]);
  });

  test('no slice when everything grew together, and by how much', () => {
    const found = explain([...days(4, 300, 0, 14), ...days(5, 600, 14, 15)]);
    expect(found.verdict).toBe('even');
    expect(found.slices).toEqual([]);
    expect(found.overall.growth.low).toBeLessThan(2);
    expect(found.overall.growth.high).toBeGreaterThan(2);
  });

  test('no slice in at least 95 of 100 windows in which nothing happened', () => {
    let none = 0;
    for (let seed = 0; seed < 100; seed++) if (explain(days(seed + 1000, 120, 0, 15)).slices.length === 0) none++;
    expect(none).toBeGreaterThanOrEqual(95);
  });

  test('too few say nothing', () => {
    expect(explain(days(6, 100, 0, 14)).verdict).toBe('too_few');
  });
});

describe('exposure', () => {
  const table = (current: Record<string, number>) => ({
    columns: [encodeColumn('country', Object.keys(current))],
    base: Object.keys(current).map(() => 14_000),
    current: Object.values(current),
  });
  const users = { US: 1000, IN: 1000, BR: 1000, DE: 1000, FR: 1000, JP: 1000, MX: 1000, IT: 1000 };

  test('a country that grew because its users grew is no cause; without the table it looks like one', () => {
    const quiet = days(7, 300, 0, 15);
    const usual = quiet.filter(({ at, country }) => at >= 14 * DAY && country === 'IN').length;
    const events = [...quiet, ...more(2 * usual, { country: 'IN' })];
    expect(said(explain(events))).toEqual(['country IN']);
    const found = explain(events, { exposure: table({ ...users, IN: 3000 }) });
    expect(found.slices).toEqual([]);
    expect(found.assumed.exposure).toBe('given');
  });

  test('a version of today is held against the past of the one before it, by its own users', () => {
    const quiet = days(8, 400, 0, 15).map((event) =>
      event.at >= 14 * DAY && event.version === '4.3.2' ? { ...event, version: '4.4.0' } : event,
    );
    const moved = (n: number) => ({
      columns: [encodeColumn('version', ['4.1.0', '4.2.0', '4.3.0', '4.3.1', '4.3.2', '4.4.0'])],
      base: [14_000, 14_000, 14_000, 14_000, 14_000, 0],
      current: [1000, 1000, 1000, 1000, 0, n],
    });
    const found = explain(quiet, { exposure: moved(1000) });
    expect(found.slices).toEqual([]);
    expect(found.assumed.borrowed).toEqual([{ dimension: 'version', value: '4.4.0', from: '4.3.2' }]);
    expect(said(explain(quiet, { exposure: moved(300) }))[0]).toBe('version 4.4.0');
  });

  test('a number below 0 or a table of other dimensions is refused', () => {
    const events = days(9, 50, 0, 15);
    expect(() => explain(events, { exposure: table({ ...users, US: -1 }) })).toThrow(
      'current[0] must be at least 0, got -1',
    );
    const other = { columns: [encodeColumn('tier', ['gold'])], base: [1], current: [1] };
    expect(() => explain(events, { exposure: other })).toThrow('no dimension of the rows');
  });
});

describe('whatever the order and the names', () => {
  const events = [...days(10, 250, 0, 15), ...more(70, { country: 'FR', platform: 'web' })];

  test('the order of rows changes nothing', () => {
    const before = explain(events);
    fc.assert(
      fc.property(fc.shuffledSubarray(events, { minLength: events.length, maxLength: events.length }), (shuffled) => {
        const after = explain(shuffled);
        expect(said(after)).toEqual(said(before));
        expect(after.slices[0]!.excess.low).toBeCloseTo(before.slices[0]!.excess.low, 6);
      }),
      { numRuns: 5 },
    );
  });

  test('other names for values give the same slice by its new name', () => {
    const renamed = explain(events.map((event) => ({ ...event, country: `land of ${event.country}` })));
    expect(said(renamed)).toEqual(said(explain(events)).map((text) => text.replace('FR', 'land of FR')));
  });
});

test.each([
  [{ baseline: { from: 5, to: 5 } }, 'baseline must end after it begins'],
  [{ window: { from: 10 * DAY, to: 12 * DAY } }, 'baseline and window overlap'],
  [{ chance: 1 }, 'chance must lie between 0 and 1'],
])('%j is refused: %s', (options, reason) => {
  expect(() => explain(days(11, 20, 0, 15), options)).toThrow(reason);
});
