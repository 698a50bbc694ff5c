/** The head of the signals screen where there are more signals than are looked at for it. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Caller, openHouse, type TestHouse } from '../../test/house.ts';

let house: TestHouse;
let viewer: Caller;
const ROWS = 110_000;
const SOURCE = '0b6f1d0e-3a34-4f0c-9b52-0d6a4c1d7e01';

/** Past intake, which has its own tests, and the sample as intake keeps it (sample.test.ts). */
beforeAll(async () => {
  house = await openHouse();
  viewer = house.as('viewer');
  await house.owner.query(
    `insert into sources (id, compartment, name, kind, created_at, signals) values ($1, 'open', 'birds', 'ticket', now(), $2)`,
    [SOURCE, ROWS],
  );
  // ids as evenly spread as hashes are, and the same in every run
  await house.owner.query(
    `insert into signals (signal_id, item_id, compartment, source_id, batch_id, external_id, revision, revised_at, latest,
       arrived_latest, at, received_at, kind, text, length, author, rating, dimensions, search)
     select md5(i::text)::uuid, md5(i::text)::uuid, 'open', $1, 1, i::text, '', at, true, true, at, at, 'ticket', '', 0,
       'p1_' || i % 5000, 1 + i % 5, jsonb_build_object('platform', case when i % 4 = 0 then 'ios' else 'android' end),
       to_tsvector('simple', 'heron ' || case when i % 12 = 0 then 'twelfth ' else '' end || case when i % 3 = 0 then 'third' else '' end)
       from (select i, timestamptz '2026-01-01' + i * interval '1 minute' as at from generate_series(1, ${ROWS}) i) made`,
    [SOURCE],
  );
  await house.owner.query(
    `insert into signal_sample
     select signal_id, compartment, source_id, item_id, latest, at, kind, null, truncated, language, author, creator_tier, exposure,
            rating, dimensions, search from signals where signal_id < '04000000-0000-0000-0000-000000000000'`,
  );
  await house.owner.query('vacuum analyze signals, signal_sample');
}, 120_000);
afterAll(() => house.close());

const summary = async (query: string) => (await viewer.get(`/api/signals/summary?${query}`)).body;
const sum = (buckets: { count: number }[]) => buckets.reduce((total, { count }) => total + count, 0);

test.each([
  ['q=heron', ROWS],
  ['q=third', ROWS / 3],
  ['rating=1', ROWS / 5],
])('%s: many are estimated from the sample, and it is said', async (query, really) => {
  const { total, more, people, sampled, buckets, facets } = await summary(query);
  expect({ total, more, people }).toEqual({ total: 10_000, more: true, people: null });
  expect(sampled).toEqual({ buckets: true, facets: true });
  expect(Math.abs(sum(buckets) / really - 1)).toBeLessThan(0.15);
  const platform = facets.find(({ name }: { name: string }) => name === 'platform').values;
  const ios = platform.find(({ value }: { value: string }) => value === 'ios').count;
  expect(Math.abs(ios / (really / 4) - 1)).toBeLessThan(0.25);
});

test('what is not surely more than 10,000 is counted, one by one', async () => {
  const { total, more, sampled, buckets, facets } = await summary('q=twelfth');
  expect({ total, more }).toEqual({ total: Math.floor(ROWS / 12), more: false });
  expect(sampled).toEqual({ buckets: false, facets: false });
  expect(sum(buckets)).toBe(total);
  expect(sum(facets.find(({ name }: { name: string }) => name === 'platform').values)).toBe(total);
  expect(await summary('q=author:p1_77')).toMatchObject({ total: ROWS / 5000, more: false });
});
