/** A selection explained over HTTP: the planted slice, the wall, samples, exposure, and refusals in words. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openHouse, type TestHouse } from '../../test/house.ts';

let house: TestHouse;
beforeAll(async () => {
  house = await openHouse();
  await house.givenCompartment('legal');
  for (const [compartment, name] of [
    ['open', 'reviews'],
    ['legal', 'claims'],
  ])
    await house.owner.query(
      `insert into sources (compartment, name, kind, created_at) values ($1, $2, 'ticket', now())`,
      [compartment, name],
    );
});
afterAll(() => house.close());

const DAY = 86_400_000;
const START = Date.parse('2026-02-16T00:00:00Z');
const at = (day: number) => new Date(START + day * DAY);

/** `n` signals spread evenly over days, with dimensions by their number. */
async function said(source: string, n: number, [from, to]: [number, number], platform: string, version: string) {
  await house.owner.query(
    `with made as (
       insert into signals (signal_id, item_id, compartment, source_id, batch_id, external_id, revision, revised_at, latest,
         arrived_latest, at, received_at, kind, text, length, dimensions, search)
       select gen_random_uuid(), gen_random_uuid(), compartment, id, 1, gen_random_uuid()::text, '', now(), true, true,
              $3::timestamptz + i * ($4::timestamptz - $3::timestamptz) / $2::int, now(), 'ticket', 'x', 1,
              jsonb_build_object('platform', $5::text, 'version', $6::text, 'country', (array['BR','DE','FR'])[1 + i % 3]), ''
         from sources, generate_series(0, $2::int - 1) i where name = $1 returning compartment, source_id, at)
     insert into signal_counts (compartment, source_id, hour, signals)
     select compartment, source_id, date_trunc('hour', at), count(*) from made group by 1, 2, 3
     on conflict (compartment, source_id, hour) do update set signals = signal_counts.signals + excluded.signals`,
    [source, n, at(from), at(to), platform, version],
  );
}

const ask = (more = '', who = house.as('viewer')) =>
  who.get(`/api/signals/explanation?from=${at(7).toISOString()}&to=${at(8).toISOString()}${more}`);
const WEEK = `&against=range&againstFrom=${at(0).toISOString()}&againstTo=${at(7).toISOString()}`;

beforeAll(async () => {
  for (const [platform, version] of [
    ['ios', '7.2'],
    ['ios', '7.3'],
    ['android', '7.2'],
    ['android', '7.3'],
  ] as const) {
    await said('reviews', 350, [0, 7], platform, version);
    await said('reviews', 50, [7, 8], platform, version);
  }
  await said('reviews', 120, [7, 8], 'android', '7.3');
  // behind the wall: something much larger that the reader of "open" must not hear of
  await said('claims', 700, [0, 7], 'web', '1.0');
  await said('claims', 900, [7, 8], 'web', '1.0');
});

test('the planted slice comes first, with its numbers, and opens exactly its signals', async () => {
  const { status, body } = await ask(WEEK);
  expect(status).toBe(200);
  expect(body).toMatchObject({
    verdict: 'slices',
    assumed: { exposure: 'even' },
    window: { signals: 320, looked: 320 },
  });
  const [slice] = body.slices;
  expect(slice.conditions.map(({ said }: { said: string }) => said).sort()).toEqual(['7.3', 'android']);
  expect(slice.observed).toBe(170);
  expect(slice.expected).toBeCloseTo(50, -1);
  expect(slice.excess.low).toBeGreaterThan(80);
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(slice.opens as Record<string, string | string[]>))
    for (const one of [value].flat()) search.append(name, one);
  expect((await house.as('viewer').get(`/api/signals/summary?${search}`)).body.total).toBe(slice.observed);
});

test('nothing is counted that the reader may not see', async () => {
  const { body } = await ask(WEEK);
  expect(JSON.stringify(body)).not.toMatch(/web|1\.0"/);
  const both = house.as({ name: 'both', compartments: ['open', 'legal'], can: ['signal.read'] });
  const seen = (await ask(WEEK, both)).body;
  expect(seen.window.signals).toBe(320 + 900);
  expect(seen.slices.map(({ conditions }: { conditions: { said: string }[] }) => conditions[0]!.said)).toContain('web');
  const legal = house.as({ name: 'legal', compartments: ['legal'], can: ['signal.read'] });
  expect((await ask(WEEK, legal)).body.window.signals).toBe(900);
});

test('it follows what comes in', async () => {
  await said('reviews', 40, [7, 8], 'android', '7.3');
  const { body } = await ask(WEEK);
  expect(body.slices[0].observed).toBe(210);
});

test('the other signals of the same time are a baseline too, without its own', async () => {
  const { body } = await ask('&against=others&dimension=platform:android');
  expect(body).toMatchObject({ against: 'others', assumed: { exposure: 'others' } });
  expect(body.window.signals).toBe(260);
  expect(body.baseline.signals).toBe(100);
});

test('a slice that has as many more users has not grown', async () => {
  const row = (day: number, platform: string, version: string, users: number) => ({
    day: at(day).toISOString().slice(0, 10),
    users,
    dimensions: { platform, version },
  });
  const rows = [0, 1, 2, 3, 4, 5, 6, 7].flatMap((day) => [
    row(day, 'ios', '7.2', 1000),
    row(day, 'ios', '7.3', 1000),
    row(day, 'android', '7.2', 1000),
    row(day, 'android', '7.3', day === 7 ? 4200 : 1000),
  ]);
  expect((await house.as('admin').post('/api/active-users?compartment=open', rows)).status).toBe(200);
  const { body } = await ask(WEEK);
  expect(body.assumed).toMatchObject({ exposure: 'given', unknown: 0 });
  expect(body.slices).toEqual([]);
  expect(['nothing', 'even']).toContain(body.verdict);
});

describe('what cannot be answered is refused in words', () => {
  test.each([
    ['a time without a before', `?from=${at(-3).toISOString()}&to=${at(-2).toISOString()}`, /nothing to compare with/],
    ['an end before the beginning', `?from=${at(8).toISOString()}&to=${at(7).toISOString()}`, /ends before it begins/],
    [
      'times that overlap',
      `?from=${at(7).toISOString()}&to=${at(8).toISOString()}&against=range&againstFrom=${at(6).toISOString()}&againstTo=${at(7.5).toISOString()}`,
      /overlap/,
    ],
    ['a time in the query', `?from=${at(7).toISOString()}&to=${at(8).toISOString()}&q=at:2026`, /time of its own/],
    [
      'a range that is not given',
      `?from=${at(7).toISOString()}&to=${at(8).toISOString()}&against=range`,
      /againstFrom/,
    ],
  ])('%s', async (_, query, words) => {
    const { status, body } = await house.as('viewer').get(`/api/signals/explanation${query}`);
    expect(status).toBe(400);
    expect(body.message).toMatch(words);
  });
});

test('of very many an even part is looked at, and that is said', { timeout: 60_000 }, async () => {
  await said('reviews', 45_000, [9, 10], 'ios', '7.3');
  await said('reviews', 3_000, [8, 9], 'ios', '7.3');
  const who = house.as('viewer');
  const { body } = await who.get(`/api/signals/explanation?from=${at(9).toISOString()}&to=${at(10).toISOString()}`);
  expect(body.window.signals).toBe(45_000);
  expect(body.window.looked).toBe(20_000);
  expect(body.overall.observed).toBeCloseTo(45_000, 5);
  expect(body.overall.growth.value).toBeCloseTo(15, 0);
});
