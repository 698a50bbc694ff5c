import { afterAll, beforeAll, expect, test } from 'vitest';
import { openHouse, type TestHouse } from '../../test/house.ts';
import { SYSTEM } from '../access/index.ts';
import { openDb } from '../platform/db.ts';
import { countRedactions, pseudonymsOf, redactionsBySource } from './index.ts';
import { findAuthor, forgetOlderKeys, rotatePseudonyms } from './pseudonym.actions.ts';

let house: TestHouse;
beforeAll(async () => {
  house = await openHouse();
  for (const name of ['legal', 'race', 'turn', 'old', 'find']) await house.givenCompartment(name);
});
afterAll(() => house.close());

const inside = (...compartments: string[]) =>
  house.as({
    name: `in ${compartments}`,
    compartments: ['open', ...compartments],
    can: ['source.read', 'source.manage'],
  });
const nameIn = async (compartment: string, author = 'ana') =>
  (await pseudonymsOf(house.tools, SYSTEM.intake(compartment), compartment))(author);
/** Another process: the same database and key, nothing else in common. */
const another = () => ({ ...house.tools, db: openDb(house.app) });
const keys = async (compartment: string) =>
  (await house.owner.query('select * from pseudonym_keys where compartment = $1 order by version', [compartment])).rows;
/** Until `work` waits for it, nobody can write a key: whoever does not take turns has read the same by then. */
async function whileNobodyWrites<T>(work: () => readonly Promise<T>[]): Promise<T[]> {
  const client = await house.owner.connect();
  try {
    await client.query('begin; lock table pseudonym_keys in share mode');
    const started = Promise.all(work());
    started.catch(() => {}); // told below, when the lock is gone
    const waiting = async () =>
      (
        await client.query(
          `select from pg_locks where not granted and database = (select oid from pg_database where datname = current_database())`,
        )
      ).rowCount;
    await expect.poll(waiting, { timeout: 5_000 }).toBe(2);
    await client.query('commit');
    return await started;
  } finally {
    client.release();
  }
}
const eventNames = async () => (await house.events()).map(({ name }) => name);

test('the first use makes a key, sealed; every later one finds it', async () => {
  const first = await nameIn('open');
  expect(first).toMatch(/^p1_[a-z2-7]{26}$/);
  expect(await nameIn('open')).toBe(first);
  expect((await pseudonymsOf(another(), SYSTEM.intake('open'), 'open'))('ana')).toBe(first);
  const [row] = await keys('open');
  expect(row).toMatchObject({ version: 1, forgotten_at: null });
  expect(house.tools.vault.open(row.sealed, 'pseudonym key 1 of open')).toMatch(/^[\w+/]{43}=$/);
});

test('of two first uses at once, both get the one key', async () => {
  const use = async () => (await pseudonymsOf(another(), SYSTEM.intake('race'), 'race'))('ana');
  expect(new Set(await whileNobodyWrites(() => [use(), use()])).size).toBe(1);
  expect(await keys('race')).toHaveLength(1);
});

test('the same author has another name in another compartment, and nobody outside is told either', async () => {
  expect(await nameIn('legal')).not.toBe(await nameIn('open'));
  await expect(pseudonymsOf(house.tools, SYSTEM.intake('open'), 'legal')).rejects.toThrow('not in this compartment');
});

test('after a rotation authors are others, here at once and elsewhere within two seconds', async () => {
  const elsewhere = another();
  const there = async () => (await pseudonymsOf(elsewhere, SYSTEM.intake('turn'), 'turn'))('ana');
  const before = await nameIn('turn');
  expect(await there()).toBe(before);

  const { status, body } = await inside('turn').post('/api/privacy/rotate', { compartment: 'turn' });

  expect(status).toBe(200);
  expect(body.pseudonyms).toEqual({ version: 2, since: house.now().toISOString(), olderKeys: 1 });
  expect(await nameIn('turn')).toMatch(/^p2_/);
  house.clock.advance(2_000);
  expect(await there()).toBe(await nameIn('turn'));
  expect((await house.events()).at(-1)).toMatchObject({
    name: 'pseudonyms.rotated',
    compartment: 'turn',
    subject: { kind: 'compartment', id: 'turn' },
    payload: { version: 2 },
  });
});

test('two rotations at once are two, one after the other', async () => {
  const before = (await keys('turn')).length;
  const rotate = () => inside('turn').post('/api/privacy/rotate', { compartment: 'turn' });
  const replies = await whileNobodyWrites(() => [rotate(), rotate()]);
  expect(replies.map(({ status }) => status)).toEqual([200, 200]);
  expect((await keys('turn')).map(({ version }) => version)).toEqual(
    Array.from({ length: before + 2 }, (_, i) => i + 1),
  );
});

test('an author is found under every key that is kept; after forgetting, under the newest only', async () => {
  const lead = inside('find');
  const first = await nameIn('find', 'José');
  await lead.post('/api/privacy/rotate', { compartment: 'find' });
  const second = await nameIn('find', 'José');
  const find = () => lead.post('/api/privacy/find-author', { author: ' Jose\u0301', compartment: 'find' });

  expect((await find()).body.pseudonyms).toEqual([
    { version: 2, pseudonym: second },
    { version: 1, pseudonym: first },
  ]);
  const asked = (await house.events()).at(-1)!;
  expect(asked).toMatchObject({ name: 'author.looked_up', payload: { versions: 2 } });
  expect(JSON.stringify(asked)).not.toMatch(/Jos|p[12]_/);

  const forgotten = await lead.post('/api/privacy/forget-older-keys', { compartment: 'find' });
  expect(forgotten.body.pseudonyms).toMatchObject({ version: 2, olderKeys: 0 });
  expect((await keys('find'))[0]).toMatchObject({ sealed: null, forgotten_at: house.now() });
  expect((await find()).body.pseudonyms).toEqual([{ version: 2, pseudonym: second }]);
});

test('forgetting twice is recorded once, and the newest key stays', async () => {
  const lead = inside('old');
  await lead.post('/api/privacy/rotate', { compartment: 'old' });
  await lead.post('/api/privacy/rotate', { compartment: 'old' });
  const forget = () => lead.post('/api/privacy/forget-older-keys', { compartment: 'old' });
  await Promise.all([forget(), forget()]);
  await forget();
  const told = (await house.events()).filter(
    ({ name, compartment }) => name === 'pseudonyms.older_keys_forgotten' && compartment === 'old',
  );
  expect(told.map(({ payload }) => payload)).toEqual([{ version: 2 }]);
  expect((await keys('old')).map(({ sealed }) => sealed !== null)).toEqual([false, true]);
});

test('whoever may only read is shown no verbs and is refused each', async () => {
  const reader = house.as({ name: 'reader', can: ['source.read'] });
  expect((await reader.get('/api/privacy')).body.can).toEqual([]);
  expect((await inside().get('/api/privacy')).body.can).toEqual(['rotate', 'forget_older_keys', 'find_author']);
  const before = await eventNames();
  for (const [path, body] of [
    ['rotate', {}],
    ['forget-older-keys', {}],
    ['find-author', { author: 'ana' }],
  ] as const) {
    expect((await reader.post(`/api/privacy/${path}`, body)).status, path).toBe(403);
  }
  expect(await eventNames()).toEqual(before);
});

test('the verbs ask for the right themselves, whoever calls them', async () => {
  const reader = { ...house.as({ name: 'only reads', can: ['source.read'] }) };
  for (const verb of [rotatePseudonyms, forgetOlderKeys, findAuthor]) {
    await expect(verb(house.tools, reader, { compartment: 'open', author: 'ana' })).rejects.toThrow('source.manage');
  }
});

test('a closed compartment is answered like one that does not exist', async () => {
  const admin = house.as('admin');
  for (const ask of [
    (compartment: string) => admin.get(`/api/privacy?compartment=${compartment}`),
    (compartment: string) => admin.post('/api/privacy/rotate', { compartment }),
    (compartment: string) => admin.post('/api/privacy/forget-older-keys', { compartment }),
    (compartment: string) => admin.post('/api/privacy/find-author', { author: 'ana', compartment }),
  ]) {
    const [closed, absent] = [await ask('legal'), await ask('nowhere')];
    expect(closed.status).toBe(403);
    expect({ ...closed.body, requestId: '' }).toEqual({ ...absent.body, requestId: '' });
  }
});

test('what was redacted is counted by source and seen behind the wall only', async () => {
  const give = async (compartment: string, name: string) =>
    (
      await house.owner.query(
        `insert into sources (compartment, name, kind, created_at) values ($1, $2, 'ticket', now()) returning id`,
        [compartment, name],
      )
    ).rows[0].id as string;
  const [open, hidden] = [await give('open', 'Play Store'), await give('legal', 'Hotline')];
  const add = (compartment: string, sourceId: string, found: object) =>
    house.tools.db.change(SYSTEM.intake(compartment), (trx) => countRedactions(trx, { sourceId, compartment, found }));

  await Promise.all([
    add('open', open, { email: 2, phone: 1 }),
    add('open', open, { phone: 4, card: 0 }),
    add('open', open, {}),
  ]);
  await add('legal', hidden, { iban: 1 });

  const admin = house.as('admin');
  const seen = await house.tools.db.as(admin, redactionsBySource);
  expect(Object.fromEntries(seen)).toEqual({ [open]: { email: 2, phone: 5 } });
  expect((await admin.get('/api/privacy')).body).toMatchObject({
    redacted: [{ sourceId: open, sourceName: 'Play Store', counts: { email: 2, phone: 5 } }],
    nationalIds: expect.arrayContaining([{ country: 'BR', name: 'CPF' }]),
  });
});
