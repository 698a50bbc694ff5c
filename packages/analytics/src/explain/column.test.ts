import { describe, expect, test } from 'vitest';
import { encodeColumn, type Order, rankColumn } from './column.ts';

function ranked(values: readonly string[], order?: Order) {
  const column = encodeColumn('it', values, order);
  const ones = column.values.map(() => 10);
  return rankColumn(column, ones, ones, 6);
}
const said = (values: readonly string[], order?: Order): string[] => {
  const { members, intervals } = ranked(values, order);
  return intervals
    .filter(({ form }) => form !== 'value')
    .map(({ low, high, form, prefix }) => `${form} ${members[low]![0]}..${members[high]![0]} ${prefix}`.trim());
};

describe('the order of values', () => {
  test('of versions is that of their numbers, each family by itself', () => {
    const { members, order } = ranked(['4.10.0', 'web-119', '4.9.1', 'web-118', '4.9.0']);
    expect(order).toBe('version');
    expect(members.flat()).toEqual(['4.9.0', '4.9.1', '4.10.0', 'web-118', 'web-119']);
  });

  test('gives from, up to and prefixes, and none across families', () => {
    expect(said(['4.9.0', '4.9.1', '4.10.0', 'web-118', 'web-119'])).toEqual([
      'from 4.9.1..4.10.0',
      'to 4.9.0..4.9.1',
      'prefix 4.9.0..4.10.0 4.*',
      'prefix web-118..web-119 web-*',
    ]);
  });

  test('of numbers is their size; many of them are cut into parts without splitting a value', () => {
    expect(ranked(['10', '9', '2']).members.flat()).toEqual(['2', '9', '10']);
    const many = ranked(Array.from({ length: 100 }, (_, i) => String(i)));
    expect(many.members.length).toBeLessThanOrEqual(25);
    expect(many.members.flat()).toEqual(Array.from({ length: 100 }, (_, i) => String(i)));
  });

  test('of paths is what lies below one node', () => {
    expect(said(['pay/refund/card', 'pay/refund/bank', 'pay/in', 'login'])).toEqual([
      'prefix pay/in..pay/refund/card pay/*',
      'prefix pay/refund/bank..pay/refund/card pay/refund/*',
    ]);
  });

  test('names without an order have none', () => {
    expect(said(['a1', 'a2', 'a3', 'a4'])).toEqual([]);
    expect(said(['US', 'IN', 'BR'])).toEqual([]);
  });
});

test('a value too rare to be an answer joins the others, who are none', () => {
  const column = encodeColumn('it', ['a', 'b', 'c']);
  const { rankOf, intervals, members } = rankColumn(column, [9, 9, 9], [9, 2, 9], 6);
  expect([...rankOf]).toEqual([0, 2, 1]);
  expect(members).toEqual([['a'], ['c'], []]);
  expect(intervals).toHaveLength(2);
});
