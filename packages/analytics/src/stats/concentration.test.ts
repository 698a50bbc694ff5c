import { expect, test } from 'vitest';
import { binomialTail, concentration, type SliceCount, wilson } from './concentration.ts';
import { adjustForMany } from './multiple-tests.ts';

const row = (value: string, inGroup: number, inStream: number): SliceCount => ({
  dimension: 'os',
  value,
  inGroup,
  groupTotal: 20,
  inStream,
  streamTotal: 1000,
});

test('a slice stands out when it holds far more of the group than of the stream', () => {
  const rows = concentration([row('web', 1, 150), row('android', 1, 430), row('ios', 18, 420)]);
  expect(rows[0]).toMatchObject({ value: 'ios', share: 0.9, usualShare: 0.42, stands: true });
  expect(rows[0].lift).toBeCloseTo(0.9 / 0.42, 12);
  expect(rows.slice(1).map((r) => r.stands)).toEqual([false, false]);
});

test('few items stand for nothing, however concentrated', () => {
  expect(concentration([{ ...row('ios', 4, 10), groupTotal: 4 }])[0].stands).toBe(false);
});

test('a value that the stream never had has an infinite lift', () => {
  expect(concentration([row('9.0', 6, 0)])[0]).toMatchObject({ lift: Infinity, pValue: 0, stands: true });
});

test('counts that contradict each other are refused by name', () => {
  expect(() => concentration([row('ios', 21, 400)])).toThrow('os=ios');
});

test('Wilson intervals of the literature', () => {
  // Newcombe 1998, table I: 81 of 263 → .2553 to .3662; 15 of 148 → .0624 to .1605; 0 of 20 → 0 to .1611
  expect(wilson(81, 263).low).toBeCloseTo(0.2553, 4);
  expect(wilson(81, 263).high).toBeCloseTo(0.3662, 4);
  expect(wilson(15, 148).low).toBeCloseTo(0.0624, 4);
  expect(wilson(0, 20).high).toBeCloseTo(0.1611, 4);
  expect(wilson(0, 0)).toEqual({ low: 0, high: 1 });
});

test('the binomial tail by counting all outcomes', () => {
  const byCounting = (k: number, n: number, p: number) => {
    let sum = 0;
    for (let mask = 0; mask < 2 ** n; mask++) {
      const ones = [...mask.toString(2)].filter((c) => c === '1').length;
      if (ones >= k) sum += p ** ones * (1 - p) ** (n - ones);
    }
    return sum;
  };
  for (const [k, n, p] of [
    [3, 8, 0.2],
    [0, 5, 0.5],
    [10, 10, 0.9],
    [2, 11, 0.6],
  ]) {
    expect(binomialTail(k, n, p)).toBeCloseTo(byCounting(k, n, p), 12);
  }
});

test('correction for many looks, worked by hand', () => {
  // sorted .01 .03 .04 of 3: .01·3/1 = .03, .03·3/2 = .045 but not above the next: .04·3/3 = .04
  expect([...adjustForMany([0.01, 0.04, 0.03])].map((p) => Number(p.toFixed(9)))).toEqual([0.03, 0.04, 0.04]);
  expect([...adjustForMany([])]).toEqual([]);
  expect(() => adjustForMany([0.5, 1.5])).toThrow('pValues[1]');
});
