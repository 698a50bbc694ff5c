/** What is known of things is asked through the index, also while PostgreSQL has not counted what is in the table yet. */
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openHouse, type TestHouse } from '../../test/house.ts';
import { loadKnown } from './signal.store.ts';

const READER = { id: 'reader', compartments: ['open'] };

let house: TestHouse;
beforeAll(async () => {
  house = await openHouse();
  // Before the rows: with it the table is no unknown one.
  await house.owner.query('alter table signals set (autovacuum_enabled = false)');
  await house.owner.query(
    `insert into signals (signal_id, item_id, compartment, source_id, batch_id, external_id, revision, revised_at, latest,
       arrived_latest, at, received_at, kind, text, length, search)
     select gen_random_uuid(), gen_random_uuid(), 'open', gen_random_uuid(), 1, i::text, '', now(), true, true, now(), now(),
            'ticket', repeat('it crashes ', 30), 330, '' from generate_series(1, 5000) i`,
  );
});
afterAll(() => house.close());

test('a first import does not read the whole table for each thousand of its rows', async () => {
  const { rows } = await house.owner.query('select item_id from signals limit 1000');
  const items = rows.map((row) => row.item_id as string);
  await house.tools.db.as(READER, async (db) => {
    expect(await loadKnown(db, items)).toHaveLength(1_000);
    const { rows: reads } = await sql<{ whole: number; byIndex: number }>`
      select seq_scan::int as whole, idx_scan::int as "byIndex" from pg_stat_xact_user_tables where relname = 'signals'`.execute(
      db,
    );
    expect(reads).toEqual([{ whole: 0, byIndex: 1_000 }]);
  });
});
