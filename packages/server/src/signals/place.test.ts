/** Asked for a topic, a search reads that topic's members in their own order, and finds what it would find by looking at all. */
import { leavesOf } from '@groundswell/contract';
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openHouse, type TestHouse } from '../../test/house.ts';
import { explain } from '../platform/explain.ts';
import { matching, NOTHING_ABOVE, type SpeltFilter } from './filter.store.ts';
import { askedBy } from './query.ts';
import { sampleOf } from './sample.store.ts';
import { type Page, pageQuery } from './search.store.ts';
import { countQuery, headQuery, probeQuery } from './summary.store.ts';

const READER = { id: 'reader', compartments: ['open'] };
const LARGE = '0b6f1d0e-3a34-4f0c-9b52-0d6a4c1d7e01';
const SMALL = '0b6f1d0e-3a34-4f0c-9b52-0d6a4c1d7e02';

/** As the slice of topics answers it. */
const ABOVE = {
  ...NOTHING_ABOVE,
  inTopic: (id: string) =>
    sql`exists (select from topic_signals t where t.signal_id = signals.signal_id and t.topic_id = ${id}::uuid)`,
  membersOf: (ids: readonly string[]) =>
    sql`select signal_id, at from topic_signals where ${ids.length === 1 ? sql`topic_id = ${ids[0]}::uuid` : sql`topic_id = any(${ids}::uuid[])`}`,
};

let house: TestHouse;
beforeAll(async () => {
  house = await openHouse();
  await house.givenCompartment('legal');
  await house.owner.query(
    `insert into signals (signal_id, item_id, compartment, source_id, batch_id, external_id, revision, revised_at, latest,
       arrived_latest, at, received_at, kind, text, length, language, rating, dimensions, search)
     select gen_random_uuid(), gen_random_uuid(), case when i % 10 = 7 then 'legal' else 'open' end, $1, 1, i::text, '', at,
            i % 20 > 0, true, at, at, 'ticket', text, length(text), 'en', 1 + i % 5, '{}', to_tsvector('simple', text)
       from (select i, timestamptz '2026-01-01' + i / 2 * interval '1 minute' as at, 'the app word' || i % 50 as text
               from generate_series(1, 40000) i) made`,
    [LARGE],
  );
  await house.owner.query(
    `insert into topic_signals (signal_id, compartment, topic_id, at)
     select signal_id, compartment, case when external_id::int % 250 = 3 then $2::uuid when external_id::int % 50 in (4, 7) then $1::uuid end, at
       from signals where external_id::int % 3 > 0`,
    [LARGE, SMALL],
  );
  await house.owner.query(
    `insert into signal_sample
     select signal_id, compartment, source_id, item_id, latest, at, kind, null, truncated, language, author, creator_tier, exposure,
            rating, dimensions, search from signals where latest and signal_id < '04000000-0000-0000-0000-000000000000'`,
  );
  await house.owner.query('vacuum analyze signals');
  await house.owner.query('vacuum analyze topic_signals');
  await house.owner.query('vacuum analyze signal_sample');
}, 120_000);
afterAll(() => house.close());

/** As `understood` leaves it. */
function asked(q: string, ids: readonly string[]): SpeltFilter {
  const said = askedBy(q);
  const meant = new Map(said.meant);
  for (const { node } of leavesOf(said.query.tree)) {
    if (node.type === 'field' && node.name === 'topic') meant.set(node, { as: 'topics', ids });
  }
  return { q, asked: { ...said, meant } };
}
const page = (filter: SpeltFilter, over: Partial<Page> = {}) =>
  pageQuery({ filter, sort: 'newest', after: null, limit: 50, ...over }, ABOVE);

const ASKED: readonly [string, SpeltFilter][] = [
  ['a topic', { topic: LARGE }],
  ['a topic in the query', asked('topic:x', [SMALL])],
  ['a topic and a word', asked('topic:x word4', [LARGE])],
  ['a topic, a word and not a field', asked('word4 topic:x -rating:3', [LARGE])],
  ['a topic and another filter', { topic: LARGE, rating: 5 }],
  ['two topics at once, which no signal has', { ...asked('topic:x', [SMALL]), topic: LARGE }],
  ['two topics of one name', asked('topic:x', [LARGE, SMALL])],
  ['either a topic or a word', asked('topic:x OR word9', [SMALL])],
  ['not a topic', asked('-topic:x word4', [LARGE])],
  ['a topic that nobody knows', asked('topic:x', [])],
];

test.each(ASKED)('%s: in both orders, page by page, and counted', async (name, filter) => {
  const read = <T>(query: ReturnType<typeof sql<T>>) =>
    house.tools.db.as(READER, async (db) => (await query.execute(db)).rows);
  const all = await read<{ id: string; at: Date }>(
    sql`select signal_id as id, at from signals where ${matching(filter, ABOVE)} order by at, signal_id`,
  );
  const ids = all.map(({ id }) => id);
  expect(ids.length > 0).toBe(!/nobody|no signal/.test(name));
  const idsOf = async (over: Partial<Page>) => (await read(page(filter, over))).map(({ id }) => id);
  expect(await idsOf({ sort: 'oldest' })).toEqual(ids.slice(0, 50));
  expect(await idsOf({})).toEqual(ids.slice(-50).reverse());
  const third = all.at(-3);
  if (third) {
    const after = { ...third, rank: null };
    expect(await idsOf({ after, limit: 20 })).toEqual(ids.slice(0, -3).slice(-20).reverse());
  }
  expect(await read(countQuery(filter, ABOVE))).toMatchObject([{ total: ids.length }]);
  expect(await read(headQuery(filter, ABOVE, null))).toMatchObject([{ total: ids.length }]);
  const bound = '00800000-0000-0000-0000-000000000000';
  const probed = await read(probeQuery(filter, ABOVE, sampleOf(1_000_000, 1_000_000 / 512)));
  expect(probed).toEqual([{ met: ids.filter((id) => id < bound).length }]);
});

test('a page of a topic looks at no signal of another one', async () => {
  const planOf = (query: ReturnType<typeof page>) => house.tools.db.as(READER, (db) => explain(db, query));
  for (const filter of [{ topic: LARGE }, asked('topic:x', [LARGE])]) {
    for (const sort of ['newest', 'oldest'] as const) {
      const plan = await planOf(page(filter, { sort }));
      expect(plan.indexes, plan.text).toEqual(['topic_signals_in_order', 'signals_pkey']);
      expect(plan.text).not.toContain('Sort');
    }
  }
});

test('who does not see a compartment finds none of its members', async () => {
  const countFor = (compartments: string[]) =>
    house.tools.db.as({ id: 'reader', compartments }, async (db) => {
      const { rows } = await countQuery({ topic: LARGE }, ABOVE).execute(db);
      return rows[0]!.total;
    });
  const [open, legal, both] = [await countFor(['open']), await countFor(['legal']), await countFor(['open', 'legal'])];
  expect(open).toBeGreaterThan(0);
  expect(legal).toBeGreaterThan(0);
  expect(both).toBe(open + legal);
  expect(await countFor(['elsewhere'])).toBe(0);
});
