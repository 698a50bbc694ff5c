/** What stands beside the slices, by hand. */
import { expect, test } from 'vitest';
import { encodeColumn } from './column.ts';
import { explainEvents } from './events.ts';

const HOUR = 3_600_000;
const PERIODS = { baseline: { from: 0, to: 10 * HOUR }, window: { from: 10 * HOUR, to: 20 * HOUR } };

/** 100 of each of four pairs before; as many after, and 150 more of ios in BR. */
function rowsOf() {
  const rows: [number, string, string][] = [];
  const put = (n: number, from: number, platform: string, country: string) => {
    for (let i = 0; i < n; i++) rows.push([from + (i / n) * 10 * HOUR, platform, country]);
  };
  for (const from of [0, 10 * HOUR])
    for (const platform of ['ios', 'web']) for (const country of ['BR', 'DE']) put(100, from, platform, country);
  put(150, 10 * HOUR, 'ios', 'BR');
  return {
    at: rows.map(([at]) => at),
    columns: [
      encodeColumn(
        'platform',
        rows.map(([, one]) => one),
      ),
      encodeColumn(
        'country',
        rows.map(([, , one]) => one),
      ),
    ],
  };
}

test('the grid holds what was counted and what was expected of every pair', () => {
  const { slices, grid } = explainEvents(rowsOf(), PERIODS);
  expect(slices[0]!.conditions.map(({ said }) => said).sort()).toEqual(['BR', 'ios']);
  const cell = (platform: string, country: string, table: readonly (readonly number[])[]) => {
    const [rows, columns] = grid!.rows.dimension === 'platform' ? [platform, country] : [country, platform];
    return table[grid!.rows.values.indexOf(rows)]![grid!.columns.values.indexOf(columns)];
  };
  expect(cell('ios', 'BR', grid!.observed)).toBe(250);
  expect(cell('web', 'DE', grid!.observed)).toBe(100);
  // the growth of everything else is 1, so that each pair lets expect its 100
  expect(cell('ios', 'BR', grid!.expected)).toBeCloseTo(100, 6);
});

test('spared is what is common and has less than its part, outside every slice', () => {
  const { at, columns } = rowsOf();
  // of web hardly anything is left after the change
  const kept = at.flatMap((time, i) => (time >= 10 * HOUR && columns[0]!.codes[i] === 1 && i % 10 > 0 ? [] : [i]));
  const left = {
    at: kept.map((i) => at[i]!),
    columns: columns.map(({ name, values, codes }) => ({ name, values, codes: kept.map((i) => codes[i]!) })),
  };
  const { spared } = explainEvents(left, PERIODS);
  expect(spared[0]).toMatchObject({ dimension: 'platform', value: 'web', observed: 20 });
  expect(spared[0]!.ratio.high).toBeLessThan(1);
  expect(explainEvents(rowsOf(), PERIODS).spared.map(({ value }) => value)).not.toContain('ios');
});

test('a past of which every second row is given is weighed twice', () => {
  const rows = rowsOf();
  const half = rows.at.flatMap((at, i) => (at >= 10 * HOUR || i % 2 === 0 ? [i] : []));
  const taken = {
    at: half.map((i) => rows.at[i]!),
    columns: rows.columns.map(({ name, values, codes }) => ({ name, values, codes: half.map((i) => codes[i]!) })),
  };
  expect(explainEvents(taken, { ...PERIODS, pastScale: 2 }).overall).toMatchObject({ observed: 550, expected: 400 });
  expect(() => explainEvents(taken, { ...PERIODS, pastScale: 0 })).toThrow(RangeError);
});
