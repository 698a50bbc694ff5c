import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openHouse, type TestHouse } from '../../test/house.ts';
import { withClient } from './embedded-postgres.ts';
import { refuseUnsafeApp } from './postgres-roles.ts';

let house: TestHouse;
beforeAll(async () => {
  house = await openHouse({ slices: [] });
  await house.givenCompartment('legal');
});
afterAll(() => house.close());

const ANA = { id: 'ana', compartments: ['open'] };
const COUNSEL = { id: 'counsel', compartments: ['open', 'legal'] };

async function givenEvent(compartment: string): Promise<string> {
  const { rows } = await house.owner.query<{ id: string }>(
    `insert into events (at, actor, name, subject_kind, subject_id, compartment, salt_hash)
     values ($1, 'ana', 'thing.happened', 'thing', '1', $2, '') returning id`,
    [house.now(), compartment],
  );
  const { id } = rows[0]!;
  await house.owner.query(`insert into event_payloads values ($1, $2, '', '{}')`, [id, compartment]);
  return id;
}

test('a connection that does not say who asks sees nothing, even after one that did', async () => {
  await givenEvent('open');
  const seen = await house.tools.db.as(ANA, (db) => db.selectFrom('events').select('id').execute());
  expect(seen.length).toBeGreaterThan(0);

  for (const table of ['events', 'event_payloads', 'compartments']) {
    expect((await house.app.query(`select from ${table}`)).rowCount, table).toBe(0);
    expect((await house.owner.query(`select from ${table}`)).rowCount, table).toBeGreaterThan(0);
  }
});

test('a closed compartment, its name and its events do not exist for those outside it', async () => {
  const id = await givenEvent('legal');
  const look = (who: typeof ANA) =>
    house.tools.db.as(who, async (db) => ({
      event: await db.selectFrom('events').select('id').where('id', '=', id).execute(),
      payload: await db.selectFrom('event_payloads').select('event_id').where('event_id', '=', id).execute(),
      compartment: await db.selectFrom('compartments').select('name').where('name', '=', 'legal').execute(),
    }));

  expect(await look(ANA)).toEqual({ event: [], payload: [], compartment: [] });
  expect(await look(COUNSEL)).toEqual({
    event: [{ id }],
    payload: [{ event_id: id }],
    compartment: [{ name: 'legal' }],
  });
});

test('nobody writes into a compartment that they do not see', async () => {
  const write = house.tools.db.change(ANA, (trx) =>
    trx
      .insertInto('events')
      .values({
        at: house.now(),
        actor: 'ana',
        name: 'x',
        subject_kind: 'x',
        subject_id: '1',
        compartment: 'legal',
        salt_hash: Buffer.alloc(0),
      })
      .execute(),
  );
  await expect(write).rejects.toThrow('row-level security');
});

test('a read cannot write', async () => {
  const write = house.tools.db.as(ANA, (db) => sql`delete from event_payloads`.execute(db));
  await expect(write).rejects.toThrow('read-only transaction');
});

test('a change that fails leaves nothing', async () => {
  const before = (await house.events()).length;
  const change = house.tools.db.change(ANA, async (trx) => {
    await sql`insert into events (at, actor, name, subject_kind, subject_id, compartment, salt_hash)
              values (now(), 'ana', 'x', 'x', '1', 'open', '')`.execute(trx);
    throw new Error('on the way');
  });
  await expect(change).rejects.toThrow('on the way');
  expect((await house.events()).length).toBe(before);
});

test('an asker whose words are not plain never reaches the database', async () => {
  for (const asker of [
    { id: "ana'; reset role; --", compartments: [] },
    { id: 'ana', compartments: ["open', 'legal"] },
  ]) {
    await expect(house.tools.db.as(asker, async () => 'reached')).rejects.toThrow();
  }
});

test('events refuse change and removal, even by the owner of the table', async () => {
  await givenEvent('open');
  for (const attempt of ["update events set name = 'y'", 'delete from events', 'truncate events cascade']) {
    await expect(house.owner.query(attempt), attempt).rejects.toThrow('append-only');
    await expect(house.app.query(attempt), attempt).rejects.toThrow(/permission denied/);
  }
});

test('the app chooses neither the order nor the transaction id that followers rely on', async () => {
  const forge = house.tools.db.change(ANA, (trx) =>
    sql`insert into events (at, actor, name, subject_kind, subject_id, compartment, salt_hash, xid)
        values (now(), 'ana', 'x', 'x', '1', 'open', '', '3')`.execute(trx),
  );
  await expect(forge).rejects.toThrow('permission denied');
});

test('a payload cannot stand in another compartment than its event', async () => {
  const id = await givenEvent('legal');
  const move = house.owner.query(`update event_payloads set compartment = 'open' where event_id = $1`, [id]);
  await expect(move).rejects.toThrow('foreign key');
});

test('a start with a login that could step over the wall is refused', async () => {
  const check = (who: 'superuser' | 'owner' | 'app') => withClient(house.urlFor(who), refuseUnsafeApp);

  await expect(check('superuser')).rejects.toThrow(/superuser or a role that bypasses/);
  await expect(check('owner')).rejects.toThrow(/owns tables/);
  await expect(check('app')).resolves.toBeUndefined();
});

test('a login that only may become a stronger role is refused too', async () => {
  const name = `sly_${Date.now()}`;
  const url = new URL(house.urlFor('app'));
  url.username = name;
  url.password = 'sly';
  await withClient(house.urlFor('superuser'), async (root) => {
    await root.query(`create role ${name} login noinherit password 'sly'; grant gs_owner to ${name}`);
    await expect(withClient(url.href, refuseUnsafeApp)).rejects.toThrow(/owns tables/);
    await root.query(`revoke gs_owner from ${name}`);
    await expect(withClient(url.href, refuseUnsafeApp)).rejects.toThrow(/nor a member of it/);
    await root.query(`drop role ${name}`);
  });
});

test('the house plans with what entries of an index have been measured to cost', async () => {
  const { rows } = await house.tools.db.as(ANA, (db) => sql<object>`show cpu_index_tuple_cost`.execute(db));
  expect(rows).toEqual([{ cpu_index_tuple_cost: '0.05' }]);
});
