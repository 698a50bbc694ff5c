/** Under the wall PostgreSQL uses an index only for operators that are marked leakproof: each query is held to its own. */
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openHouse, type TestHouse } from '../../test/house.ts';
import { explain } from '../platform/explain.ts';
import { type GroupQuery, inCopies, pageQuery } from './group.store.ts';

const READER = { id: 'reader', compartments: ['open', 'legal'] };
const GROUP = '0b6f1d0e-3a34-4f0c-9b52-0d6a4c1d7e01';
const SOURCE = '0b6f1d0e-3a34-4f0c-9b52-0d6a4c1d7e02';

let house: TestHouse;
beforeAll(async () => {
  house = await openHouse();
  await house.givenCompartment('legal');
  // 30,000 signals, one in thirty a copy, of 100 groups; one group of five is looked for.
  await house.owner.query(
    `insert into signals (signal_id, item_id, compartment, source_id, batch_id, external_id, revision, revised_at, latest,
       arrived_latest, at, received_at, kind, text, length, search)
     select gen_random_uuid(), gen_random_uuid(), 'open', $1::uuid, 1, i::text, '', at, true, true, at, at, 'ticket', 'x', 1, ''
       from (select i, timestamptz '2026-01-01' + i * interval '1 minute' as at from generate_series(1, 30000) i) made`,
    [SOURCE],
  );
  await house.owner.query(
    `insert into signal_copies (signal_id, compartment, group_id, exact, source_id, at)
     select signal_id, compartment, case when n <= 5 then $1::uuid else md5((n % 100)::text)::uuid end, true, source_id, at
       from (select *, row_number() over () as n from signals limit 1000) s`,
    [GROUP],
  );
  await house.owner.query(
    `insert into copy_groups select md5(i::text)::uuid, 'open', gen_random_uuid(), i, 1, null, null, 90, 80,
       timestamptz '2026-01-01', timestamptz '2026-01-01' + i * interval '1 minute', 1, 1,
       case when i % 50 = 0 then 'campaign' else 'phrase' end from generate_series(1, 5000) i`,
  );
  await house.owner.query(
    `insert into copy_tallies select id, 'open', 'source', $1, 1 from copy_groups where signals % 500 = 0`,
    [SOURCE],
  );
  await house.owner.query('vacuum analyze signals, signal_copies, copy_groups, copy_tallies');
}, 120_000);
afterAll(() => house.close());

const planOf = (query: Parameters<typeof explain>[1]) => house.tools.db.as(READER, (db) => explain(db, query));
const signals = (group: string) => sql`
  select at, signal_id from signals where signals.latest and ${inCopies(group)} order by at desc, signal_id desc limit 50`;
const groups = (over: Partial<GroupQuery>, after: Parameters<typeof pageQuery>[1] = null) =>
  pageQuery({ sort: 'newest', limit: 30, ...over }, after);
const after = { value: '2026-01-02T00:00:00.000Z', id: GROUP };

test.each([
  ['the signals of a group', signals(GROUP), ['signal_copies_group', 'signals_pkey']],
  ['whatever is a copy', signals('any'), ['signal_copies_pkey']],
  ['groups, newest first', groups({}), ['copy_groups_newest']],
  ['the next page', groups({}, after), ['copy_groups_newest']],
  ['groups, largest first', groups({ sort: 'largest' }), ['copy_groups_largest']],
  ['groups of a source', groups({ source: SOURCE }), ['copy_tallies_source']],
] as const)('%s', async (_, query, wanted) => {
  const plan = await planOf(query);
  for (const index of wanted) expect(plan.indexes, plan.text).toContain(index);
  expect(plan.sequential, plan.text).toEqual([]);
});
