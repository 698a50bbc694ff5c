import { QUERY_FIELDS } from '@groundswell/contract';
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Caller, openHouse, type TestHouse } from '../../test/house.ts';
import { SYSTEM } from '../access/index.ts';
import { matching, NOTHING_ABOVE, understood } from './filter.store.ts';
import { takeSignals } from './index.ts';
import { sampleOf } from './sample.store.ts';

let house: TestHouse;
let viewer: Caller;
let source: string;
const READER = { id: 'reader', compartments: ['open'] };
const ROWS = 3_000;
const START = Date.UTC(2026, 0, 5);

const row = (i: number, revision: number) => ({
  row: i + 1,
  value: {
    id: `r${i}`,
    ts: new Date(START + i * 60_000).toISOString(),
    updated_at: new Date(START + i * 60_000 + revision * 3_600_000).toISOString(),
    text: `${i % 2 ? 'odd' : 'even'} heron ${revision}`,
    ...(i % 3 ? { title: 'Seen' } : {}),
    ...(i % 4 ? { author: `a${i % 9}`, creator_tier: 'gold' } : {}),
    language: i % 5 ? 'en' : 'de',
    rating: 1 + (i % 5),
    dimensions: { platform: i % 3 ? 'ios' : 'android' },
  },
});
const take = (revision: number, rows: number) =>
  takeSignals(
    house.tools,
    SYSTEM.intake('open'),
    source,
    Array.from({ length: rows }, (_, i) => row(i, revision)),
  );

beforeAll(async () => {
  house = await openHouse();
  viewer = house.as('viewer');
  const made = await house.owner.query(
    `insert into sources (compartment, name, kind, created_at) values ('open', 'birds', 'ticket', now()) returning id`,
  );
  source = made.rows[0].id;
  await take(0, ROWS);
});
afterAll(() => house.close());

const BELOW = '04000000-0000-0000-0000-000000000000';
const idsOf = async (from: string): Promise<string[]> =>
  (await house.owner.query(`select signal_id as id from ${from} order by 1`)).rows.map(({ id }) => id);
const inSample = () => idsOf('signal_sample');
const inSignals = () => idsOf(`signals where latest and signal_id < '${BELOW}'`);

test('an even part of what is taken in is in the sample, and what is superseded is not', async () => {
  const first = await inSample();
  expect(first).toEqual(await inSignals());
  expect(first.length / ROWS).toBeGreaterThan(1 / 128);
  expect(first.length / ROWS).toBeLessThan(1 / 32);

  expect((await take(1, 2_000)).revised).toBe(2_000);
  const second = await inSample();
  expect(second).toEqual(await inSignals());
  expect(second.filter((id) => first.includes(id)).length).toBeLessThan(first.length);

  await take(0, 2_000); // late: of a time before what is known
  await take(1, 2_000); // again
  expect(await inSample()).toEqual(await inSignals());
});

const VALUES: Readonly<Record<string, string>> = {
  source: 'birds',
  author: 'p1*',
  tier: 'gold',
  at: '2026-01-05',
  topic: 'herons',
  issue: 'OPEN-1',
  copies: 'any',
  compartment: 'open',
};
const QUERIES = [
  'heron',
  '"odd heron" -even',
  'platform:ios',
  'has:nothing',
  ...QUERY_FIELDS.filter(({ of }) => (of as readonly string[]).includes('signals')).flatMap((field) =>
    ('values' in field ? field.values : [VALUES[field.name] ?? 'r7']).map((value) => `${field.name}:${value}`),
  ),
];

test.each(QUERIES)('%s can be asked of the sample, and finds what it finds of all', async (q) => {
  const ids = (from: ReturnType<typeof sql>, within: ReturnType<typeof sql>) =>
    house.tools.db.as(READER, async (db) => {
      const filter = await understood(db, { q }, NOTHING_ABOVE);
      const { rows } = await sql<{ id: string }>`
        select signal_id as id from ${from} where ${matching(filter, NOTHING_ABOVE)} ${within} order by 1`.execute(db);
      return rows;
    });
  const { table, within } = sampleOf(640_000);
  expect(await ids(table, within)).toEqual(await ids(sql`signals`, sql`and signals.signal_id < ${BELOW}::uuid`));
});

test('the sample stands behind the wall, and holds no words to read', async () => {
  const outside = await house.tools.db.as({ id: 'other', compartments: ['legal'] }, (db) =>
    sql<{ n: number }>`select count(*)::int as n from signal_sample`.execute(db),
  );
  expect(outside.rows[0]!.n).toBe(0);
  const { rows } = await house.owner.query(`select count(*)::int as n from signal_sample where title <> ''`);
  expect(rows[0].n).toBe(0);
  expect((await viewer.get('/api/signals/summary')).body.total).toBe(ROWS);
});
