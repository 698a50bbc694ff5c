import { expect, test } from 'vitest';
import { calibrateSlices } from './calibrate.ts';
import { encodeColumn } from './column.ts';

const DAY = 86_400_000;
const BASELINE = { from: 0, to: 14 * DAY };

/** Even days; on `restless` ones a country writes `times` as much. */
function rows(restless: (day: number, country: number) => number) {
  const at: number[] = [];
  const countries: string[] = [];
  const plans: string[] = [];
  for (let day = 0; day < 14; day++)
    for (let country = 0; country < 6; country++)
      for (let i = 0; i < Math.round(30 * restless(day, country)); i++) {
        at.push(day * DAY + i * 1000);
        countries.push(`country ${country}`);
        plans.push(i % 3 === 0 ? 'pro' : 'free');
      }
  return { at, columns: [encodeColumn('country', countries), encodeColumn('plan', plans)] };
}

test('days that are all alike reach nothing; days on which some country always swings ask for more', () => {
  const calm = calibrateSlices(
    rows(() => 1),
    BASELINE,
    DAY,
    0.05,
  );
  const restless = calibrateSlices(
    rows((day, country) => (day % 6 === country ? 2.5 : 1)),
    BASELINE,
    DAY,
    0.05,
  );
  expect(calm).toBe(0);
  expect(restless).toBeGreaterThan(3);
});

test('rarer mistakes ask for more, and a short past says nothing', () => {
  const swings = rows((day, country) => (day % 4 === country ? 2 + (day % 3) : 1));
  expect(calibrateSlices(swings, BASELINE, DAY, 0.01)).toBeGreaterThan(calibrateSlices(swings, BASELINE, DAY, 0.1));
  expect(calibrateSlices(swings, { from: 0, to: 4 * DAY }, DAY, 0.05)).toBe(0);
  expect(() => calibrateSlices(swings, BASELINE, DAY, 0)).toThrow('chance must lie between 0 and 1, got 0');
});
