import { openCopyIndex } from '@groundswell/analytics';
import { describe, expect, test } from 'vitest';
import { compare, groupIdOf, growthOf, halfHoursOf, type Member, type Said, shapeOf, talliesOf } from './copies.ts';

const AT = new Date('2026-03-02T09:00:00Z');
const said = (id: string, over: Partial<Said> = {}): Said => ({
  id,
  itemId: `item of ${id}`,
  at: AT,
  receivedAt: AT,
  title: null,
  text: 'Bring back the old payout schedule now, we cannot pay our rent',
  length: 62,
  author: null,
  language: 'en',
  sourceId: 'store',
  replaces: null,
  arrivedLatest: true,
  latest: true,
  ...over,
});

describe('shape', () => {
  const campaign = { signals: 40, authors: 38, mostByOne: 2, weight: 200, halfHours: 30 };
  test.each([
    ['many people, a sentence, within three days', campaign, 'campaign'],
    ['the same over months', { ...campaign, halfHours: 73 }, 'copies'],
    ['four people', { ...campaign, signals: 4, authors: 4, mostByOne: 1 }, 'copies'],
    ['few words', { ...campaign, weight: 29 }, 'copies'],
    ['a phrase', { ...campaign, weight: 19 }, 'phrase'],
    ['one author with half of them', { ...campaign, mostByOne: 20 }, 'flood'],
    ['one author with a phrase, over and over', { ...campaign, mostByOne: 20, weight: 10 }, 'flood'],
    ['one author with four', { ...campaign, signals: 4, authors: 1, mostByOne: 4 }, 'copies'],
    ['nobody is named', { ...campaign, authors: null, mostByOne: null }, 'copies'],
  ])('%s', (_, outline, shape) => expect(shapeOf(outline)).toBe(shape));
});

test('the shortest stretch that holds half: against every stretch', () => {
  let state = 7;
  const random = (n: number) => {
    state = (state * 48_271) % 2_147_483_647;
    return state % n;
  };
  for (let round = 0; round < 300; round++) {
    const hours = Array.from({ length: 1 + random(8) }, () => ({
      hour: random(200),
      signals: 1 + random(9),
    })).sort((a, b) => a.hour - b.hour);
    const total = hours.reduce((sum, { signals }) => sum + signals, 0);
    let best = Number.POSITIVE_INFINITY;
    for (const from of hours) {
      for (const to of hours) {
        const inside = hours.filter((one) => one.hour >= from.hour && one.hour <= to.hour);
        const held = inside.reduce((sum, { signals }) => sum + signals, 0);
        if (2 * held >= total && held > 0) best = Math.min(best, to.hour - from.hour + 1);
      }
    }
    expect(halfHoursOf(hours)).toBe(best);
  }
  expect(halfHoursOf([])).toBe(0);
});

test('a group is named after its first signal, whoever finds it', () => {
  const index = openCopyIndex({ window: 10, forMs: 1e9 });
  const found = compare(index, [
    said('a'),
    said('b'),
    said('c', { text: 'something else, at least twenty letters long' }),
  ]);
  expect(found.founded).toEqual([{ groupId: groupIdOf('a'), firstId: 'a' }]);
  expect(found.members).toMatchObject([{ signalId: 'b', groupId: groupIdOf('a'), exact: true }]);
  expect(groupIdOf('a')).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
});

test('a revision that was out of date on arrival is not compared; one that replaces another takes it out', () => {
  const index = openCopyIndex({ window: 10, forMs: 1e9 });
  const found = compare(index, [said('a'), said('b', { arrivedLatest: false }), said('c', { replaces: 'x' })]);
  expect(found.members.map(({ signalId }) => signalId)).toEqual(['c']);
  expect(found.left).toEqual(['x']);
});

test('the title is part of what was said', () => {
  const index = openCopyIndex({ window: 10, forMs: 1e9 });
  const rows = [
    said('a', { title: 'Give us our money back', text: '' }),
    said('b', { text: 'give us our money back!' }),
  ];
  expect(compare(index, rows).members).toHaveLength(1);
});

test('what joins and leaves in one batch changes nothing', () => {
  const member: Member = {
    signalId: 'a',
    groupId: 'g',
    exact: true,
    sourceId: 's',
    author: 'p',
    language: null,
    at: AT,
  };
  expect(talliesOf([member], [member])).toEqual([]);
  expect(growthOf([member], [member])).toMatchObject([{ signals: 0, exact: 0 }]);
  expect(talliesOf([member], []).map(({ kind, value }) => [kind, value])).toEqual([
    ['author', 'p'],
    ['hour', String(AT.getTime() / 3_600_000)],
    ['source', 's'],
  ]);
});
