/** Two people who change the same source or connected system: the second is told, and nothing of theirs is kept. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Caller, openHouse, type TestHouse } from '../../test/house.ts';

let house: TestHouse;
let ana: Caller;
let ben: Caller;
let source: string;
beforeAll(async () => {
  house = await openHouse();
  ana = house.as('admin');
  ben = house.as({ name: 'ben', can: [...ana.can] });
  const made = await ana.post('/api/sources', { name: 'Desk', kind: 'ticket', regions: ['DE'] });
  source = made.body.id;
});
afterAll(() => house.close());

const happened = async (name: string) => (await house.events()).filter((event) => event.name === name).length;

test('of two who saw the same source the second is refused, whatever the order of its regions', async () => {
  const seen = { name: 'Desk', regions: ['DE'] };
  const change = (who: Caller, name: string) =>
    who.put(`/api/sources/${source}`, { name, regions: ['JP', 'DE'], seen });
  const replies = await Promise.all([change(ana, 'Desk of Ana'), change(ben, 'Desk of Ben')]);
  expect(replies.map(({ status }) => status).sort()).toEqual([200, 409]);
  expect(replies.find(({ status }) => status === 409)?.body.code).toBe('source.changed_meanwhile');
  expect(await happened('source.changed')).toBe(1);
  const { name } = replies.find(({ status }) => status === 200)!.body;
  const again = { name: 'Mine after all', regions: ['JP'], seen: { name, regions: ['JP', 'DE'] } };
  expect((await ben.put(`/api/sources/${source}`, again)).body).toMatchObject({ name: 'Mine after all' });
});

test('a program that saw nothing changes it as before', async () => {
  expect((await ana.put(`/api/sources/${source}`, { name: 'By program', regions: [] })).status).toBe(200);
});

test('of two who saw the same connected system the second is refused; a turn that went on meanwhile is no conflict', async () => {
  const settings = { mapping: { ts: 'ts', text: 'text' }, rows: 'items' };
  const made = await ana.post('/api/connectors', { sourceId: source, kind: 'standard_webhook', settings, secrets: {} });
  const { id, everyMinutes, settings: kept } = made.body.connector;
  const seen = { settings: kept, everyMinutes };
  const change = (who: Caller, rows: string, from: object = seen) =>
    who.put(`/api/connectors/${id}`, { settings: { ...settings, rows }, everyMinutes, seen: from });
  await house.owner.query('update connectors set version = version + 1 where id = $1', [id]); // as a turn does
  const replies = await Promise.all([change(ana, 'of.ana'), change(ben, 'of.ben')]);
  expect(replies.map(({ status }) => status).sort()).toEqual([200, 409]);
  expect(replies.find(({ status }) => status === 409)?.body.code).toBe('connector.changed_meanwhile');
  expect(await happened('connector.changed')).toBe(1);
  const now = replies.find(({ status }) => status === 200)!.body;
  const mine = await change(ben, 'of.ben', { settings: now.settings, everyMinutes: now.everyMinutes });
  expect(mine.body.settings.rows).toBe('of.ben');
});
