import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Caller, openHouse, type TestHouse } from '../../test/house.ts';
import { SYSTEM } from '../access/index.ts';
import { takeSignals } from './index.ts';

let house: TestHouse;
let viewer: Caller;
let big: string;
let small: string;
const START = Date.UTC(2026, 0, 5);
const HOUR = 3_600_000;
const BIG = 12_000;

async function aSource(name: string): Promise<string> {
  const { rows } = await house.owner.query(
    `insert into sources (compartment, name, kind, created_at) values ('open', $1, 'ticket', now()) returning id`,
    [name],
  );
  return rows[0].id;
}

beforeAll(async () => {
  house = await openHouse();
  viewer = house.as('viewer');
  big = await aSource('big');
  small = await aSource('small');
  const rows = Array.from({ length: BIG }, (_, i) => ({
    row: i + 1,
    value: {
      id: `r${i}`,
      ts: new Date(START + (i % 240) * HOUR).toISOString(),
      text: i % 2 ? 'odd heron' : 'even heron',
      language: i % 4 ? 'en' : 'de',
      dimensions: { platform: i % 3 ? 'ios' : 'android' },
    },
  }));
  await takeSignals(house.tools, SYSTEM.intake('open'), big, rows);
  const few = Array.from({ length: 30 }, (_, i) => ({
    row: i + 1,
    value: {
      id: `r${i}`,
      ts: new Date(START + i * 60_000).toISOString(),
      text: 'otter',
      author: `a${i % 7}`,
      rating: 1 + (i % 5),
      language: 'en',
      dimensions: { app_version: `1.${i % 20}`, source: 'x' },
    },
  }));
  await takeSignals(house.tools, SYSTEM.intake('open'), small, few);
});
afterAll(() => house.close());

const summary = async (query = '') => (await viewer.get(`/api/signals/summary?${query}`)).body;
const sum = (buckets: { count: number }[]) => buckets.reduce((total, { count }) => total + count, 0);

test('up to 10,000 everything is exact', async () => {
  const { total, more, people, sampled, bucketMs, buckets, facets } = await summary('q=otter');
  expect({ total, more, people, sampled }).toEqual({
    total: 30,
    more: false,
    people: 7,
    sampled: { buckets: false, facets: false },
  });
  expect(bucketMs).toBe(60_000);
  expect(buckets).toHaveLength(30);
  expect(sum(buckets)).toBe(30);
  expect(facets.map(({ name }: { name: string }) => name)).toEqual(['source', 'language', 'rating', 'app_version']);
  expect(facets[0].values).toEqual([{ value: small, label: 'small', count: 30 }]);
  expect(facets[2].values.map(({ count }: { count: number }) => count)).toEqual([6, 6, 6, 6, 6]);
  expect([facets[3].values.length, facets[3].more]).toEqual([12, true]);
});

test('sources and whole hours are counted exactly however many there are', async () => {
  const { total, more, people, sampled, buckets } = await summary();
  expect({ total, more, people }).toEqual({ total: BIG + 30, more: false, people: null });
  expect(sampled.buckets).toBe(false);
  expect(sum(buckets)).toBe(BIG + 30);
  expect(buckets.length).toBeLessThanOrEqual(120);

  const day = `source=${big}&from=2026-01-06T00:00:00Z&to=2026-01-07T00:00:00Z`;
  expect((await summary(day)).total).toBe((BIG / 240) * 24);
});

test('the bars cover what was asked for, also where nothing was said', async () => {
  const { buckets, bucketMs } = await summary('q=otter&from=2026-01-04T00:00:00Z&to=2026-01-06T00:00:00Z');
  expect(buckets[0].at).toBe('2026-01-04T00:00:00.000Z');
  expect(buckets).toHaveLength((48 * HOUR) / bucketMs);
  expect(sum(buckets)).toBe(30);
});

test('above 10,000 a filter is counted to 10,000, and the rest comes from an even sample', async () => {
  const { total, more, people, buckets, facets } = await summary('q=heron');
  expect({ total, more, people }).toEqual({ total: 10_000, more: true, people: null });
  const count = (name: string, value: string) =>
    facets
      .find((one: { name: string }) => one.name === name)
      .values.find((one: { value: string }) => one.value === value).count;
  expect(count('language', 'en') / BIG).toBeCloseTo(3 / 4, 1);
  expect(count('platform', 'ios') / BIG).toBeCloseTo(2 / 3, 1);
  expect(sum(buckets) / BIG).toBeCloseTo(1, 1);
});

test('a source that names no authors has no people to count', async () => {
  expect((await summary(`source=${big}&q=odd&language=de`)).people).toBeNull();
  expect((await summary('q=nothing-like-it')).total).toBe(0);
  expect((await summary('q=nothing-like-it')).buckets).toEqual([]);
});
