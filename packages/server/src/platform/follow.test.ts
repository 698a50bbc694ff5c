import { setTimeout as sleep } from 'node:timers/promises';
import { sql } from 'kysely';
import type { PoolClient } from 'pg';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { openHouse, type TestHouse } from '../../test/house.ts';
import { explain } from './explain.ts';
import { type Batch, EVENTS, endOf, follow, readAfter, SILENCE } from './follow.ts';

let house: TestHouse;
let begin: string | null;
beforeAll(async () => {
  house = await openHouse({ slices: [] });
});
afterAll(() => house.close());
beforeEach(async () => {
  // What the test before wrote may wait for a transaction of another test file: it must not arrive in this one.
  const waiting = 'select from events where xid >= pg_snapshot_xmin(pg_current_snapshot())';
  await expect.poll(async () => (await house.owner.query(waiting)).rowCount, { timeout: 15_000 }).toBe(0);
  begin = await house.tools.db.as(ANA, endOf);
});

const ANA = { id: 'ana', compartments: ['open'] };
interface Row {
  subject_id: string;
}
const ids = (batch: Batch<Row>) => batch.rows.map((row) => row.subject_id);

async function happen(who: PoolClient | TestHouse['owner'], id: string, compartment = 'open'): Promise<void> {
  await who.query(
    `insert into events (at, actor, name, subject_kind, subject_id, compartment, salt_hash)
     values (now(), 'ana', 'thing.happened', 'thing', $1, $2, '')`,
    [id, compartment],
  );
}

/** Follows until `count` rows have come, or for a while if they do not. */
async function collect(count: number, { batch = 3, bell = house.bell, pollMs = 50 } = {}) {
  const seen: string[] = [];
  const enough = new AbortController();
  const done = follow<Row>({
    db: house.tools.db,
    actor: ANA,
    source: EVENTS,
    from: begin,
    batch,
    bell,
    pollMs,
    signal: AbortSignal.any([enough.signal, AbortSignal.timeout(5_000)]),
    onRows: async (rows) => {
      seen.push(...ids(rows));
      if (seen.length >= count) enough.abort();
    },
  });
  return { seen, done };
}

test('a transaction that commits late is neither lost nor delivered twice, and nothing overtakes it', async () => {
  const late = await house.owner.connect();
  await late.query('begin');
  await happen(late, 'late');
  for (let i = 0; i < 10; i++) await happen(house.owner, `behind-${i}`);

  const { seen, done } = await collect(11);
  await sleep(300);
  expect(seen).toEqual([]); // held back: the eldest is not settled yet

  await late.query('commit');
  late.release();
  await done;
  expect(seen).toEqual(['late', ...Array.from({ length: 10 }, (_, i) => `behind-${i}`)]);
});

test('a transaction that is taken back frees what waited behind it', async () => {
  const late = await house.owner.connect();
  await late.query('begin');
  await happen(late, 'never');
  await happen(house.owner, 'waited');
  const { seen, done } = await collect(1);
  await late.query('rollback');
  late.release();
  await done;
  expect(seen).toEqual(['waited']);
});

test('rows of one transaction arrive in the order in which they were written, across batches', async () => {
  const many = await house.owner.connect();
  await many.query('begin');
  for (let i = 0; i < 7; i++) await happen(many, `m${i}`);
  await many.query('commit');
  many.release();

  const { seen, done } = await collect(7, { batch: 2 });
  await done;
  expect(seen).toEqual(['m0', 'm1', 'm2', 'm3', 'm4', 'm5', 'm6']);
});

test('the bell wakes a follower long before its poll', async () => {
  const { seen, done } = await collect(1, { pollMs: 60_000 });
  await sleep(100);
  await happen(house.owner, 'rung');
  // Rung until it is heard: while a transaction of another test file is open, the row is not settled at the first ring.
  const ringing = setInterval(() => void house.owner.query(`notify "new"`), 50);
  await done;
  clearInterval(ringing);
  expect(seen).toEqual(['rung']);
});

test('without a bell the poll finds the same', async () => {
  const { seen, done } = await collect(1, { bell: SILENCE });
  await happen(house.owner, 'polled');
  await done;
  expect(seen).toEqual(['polled']);
});

test('a follower reads under the wall of its reader', async () => {
  await house.givenCompartment('legal');
  await happen(house.owner, 'secret', 'legal');
  await happen(house.owner, 'plain');
  const { seen, done } = await collect(1);
  await done;
  expect(seen).toEqual(['plain']);
});

test('a position that was not given out is refused', async () => {
  for (const cursor of ['', 'x', Buffer.from('["1; drop table events"]').toString('base64url')]) {
    const read = house.tools.db.as(ANA, (db) => readAfter(db, EVENTS, cursor, 1));
    await expect(read).rejects.toMatchObject({ code: 'request.invalid' });
  }
});

test('following uses its index, under the wall', async () => {
  await house.owner.query(
    `insert into events (at, actor, name, subject_kind, subject_id, compartment, salt_hash)
     select now(), 'ana', 'thing.happened', 'thing', n::text, 'open', '' from generate_series(1, 3000) n`,
  );
  await house.owner.query('analyze events');
  const plan = await house.tools.db.as(ANA, (db) =>
    explain(
      db,
      sql`select * from events where xid < '100'::xid8 and (xid, seq) > ('1'::xid8, 5::bigint) order by xid, seq limit 5`,
    ),
  );
  expect(plan.indexes).toContain('events_followed');
  expect(plan.sequential).toEqual([]);
});
