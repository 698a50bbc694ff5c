/** The wall around a world: who is inside sees it and nothing of the house, and the other way round. */

import type { Endpoint, WorldView } from '@groundswell/contract';
import * as contract from '@groundswell/contract';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Caller, openHouse, type TestHouse } from '../../test/house.ts';
import { atWork, inside, opened } from './world.fixture.ts';

/** Stands in everything that the house of these tests holds. */
const OURS = 'zqhouse';
const INSIDE = ['source.read', 'signal.read', 'issue.read', 'issue.decide', 'engine.configure'];

let house: TestHouse;
let lead: Caller;
let admin: Caller;
let world: WorldView;
let token: string;
beforeAll(async () => {
  house = await openHouse();
  lead = house.as('lead');
  admin = house.as('admin');
  const source = (await admin.post('/api/sources', { name: `${OURS} tickets`, kind: 'ticket' })).body;
  token = (await admin.post('/api/tokens', { name: OURS, sourceId: source.id })).body.token;
  const signal = {
    id: 'one',
    ts: house.now().toISOString(),
    text: `${OURS} is what I say`,
    dimensions: { [OURS]: 'x' },
  };
  expect((await sent([signal])).status).toBe(200);
  await lead.post('/api/changes', [{ id: OURS, at: house.now().toISOString(), kind: 'flag', title: OURS }]);
  await lead.post('/api/active-users', [{ day: '2026-03-01', users: 5, dimensions: { [OURS]: 'x' } }]);
  world = await opened(lead);
  const work = atWork(house);
  await work.until(world.number, 'paused');
  await work.stop();
}, 120_000);
afterAll(() => house.close());

const sent = (payload: unknown[], headers: Record<string, string> = {}) =>
  house.http
    .inject({ method: 'POST', url: '/api/signals', payload, headers: { authorization: `Bearer ${token}`, ...headers } })
    .then((reply) => ({ status: reply.statusCode, body: reply.json() }));

const endpoints = (Object.values(contract) as unknown[]).filter(
  (one): one is Endpoint => typeof one === 'object' && one !== null && 'path' in one && 'right' in one,
);
const ofTheHouse = ({ path }: Endpoint) => /^\/api\/(worlds|session)(\/|$)/.test(path);
/** What lists or sums up by itself: what needs an id or words is asked for below. */
const readable = endpoints.filter((one) => one.method === 'GET' && !one.path.includes(':') && !ofTheHouse(one));

/** Everything that these addresses say to `get`, as one text. */
async function told(get: (path: string) => ReturnType<Caller['get']>): Promise<string> {
  const said = [];
  for (const { path } of readable) said.push(JSON.stringify((await get(path)).body));
  return said.join('\n');
}

describe('who is inside', () => {
  test('reads the world by every address that lists, and nothing of the house', async () => {
    const here = inside(lead, world.number);
    const said = await told(here.get);
    expect(said).not.toContain(OURS);
    for (const path of [
      '/api/signals',
      '/api/sources',
      '/api/issues',
      '/api/changes',
      '/api/dimensions',
      '/api/active-users',
    ]) {
      const { status, body } = await here.get(path);
      expect(status, path).toBe(200);
      const [list] = Object.values(body).filter((one): one is unknown[] => Array.isArray(one));
      expect(list!.length, `${path} says nothing: ${JSON.stringify(body).slice(0, 200)}`).toBeGreaterThan(0);
    }
    expect((await here.get('/api/home')).status).toBe(200);
    const { streams } = (await here.get('/api/detection')).body;
    expect(streams.map((one: { compartment: string }) => one.compartment)).toEqual(['sample_1', 'sample_1_closed']);
  });

  test('means the open part of the world by "open", in an address, a query or a body', async () => {
    const here = inside(lead, world.number);
    const plain = (await here.get('/api/dimensions')).body;
    expect(plain).toEqual((await here.get('/api/dimensions?compartment=sample_1')).body);
    expect(plain).toEqual((await here.get('/api/dimensions?compartment=open')).body);
    expect((await here.put('/api/detection/open', { falseAlertsPerWeek: 3 })).status).toBe(200);
    const budget = async (who: { get: Caller['get'] }) =>
      (await who.get('/api/detection')).body.streams.map((one: Record<string, unknown>) => one.falseAlertsPerWeek);
    expect((await budget(here))[0]).toBe(3);
    expect(await budget(lead)).not.toContain(3);
  });

  test('may do nothing but look, decide and set the false alarms, whatever the role', async () => {
    for (const who of [admin, lead, house.as('specialist'), house.as('viewer')]) {
      const here = inside(who, world.number);
      const { me } = (await here.get('/api/session')).body;
      expect(me.can.sort()).toEqual(INSIDE.filter((one) => who.can.has(one)).sort());
      expect(me.world).toBe(world.number);
      for (const { method, path, right } of endpoints) {
        if (right === 'anyone' || right === 'signed_in' || INSIDE.includes(right) || right === 'world.open') continue;
        const url = path.replace(/:\w+/g, house.unusedId);
        const { status, body } = await who.send({ method, url, headers: { 'x-groundswell-world': '1' } });
        expect([status, body.code], `${who.name}: ${method} ${path}`).toEqual([403, 'access.not_allowed']);
      }
    }
  });

  test('opens, lists and steers worlds as in the house, and is signed in as in the house', async () => {
    const here = inside(lead, world.number);
    expect((await here.get('/api/worlds')).body).toEqual((await lead.get('/api/worlds')).body);
    expect((await here.get('/api/worlds/1')).status).toBe(200);
    expect((await inside(lead, 'nonsense').get('/api/worlds')).status).toBe(200);
    expect((await here.get('/api/session')).body.me.compartments).toEqual(['sample_1', 'sample_1_closed']);
    expect((await lead.get('/api/session')).body.me).toMatchObject({ world: null, compartments: ['open'] });
  });
});

test('who is in the house reads nothing of the world, by any address that lists', async () => {
  const said = await told(lead.get);
  expect(said).toContain(OURS); // the walk finds what is there
  expect(said).not.toContain('sample_');
  const { rows } = await house.owner.query(`select id from sources where compartment like 'sample%'`);
  expect(rows.length).toBeGreaterThan(5);
  for (const { id } of rows) expect(said).not.toContain(id);
  const [signal] = (await inside(lead, 1).get('/api/signals')).body.signals;
  expect((await inside(lead, 1).get(`/api/signals/${signal.id}`)).status).toBe(200);
  expect((await lead.get(`/api/signals/${signal.id}`)).status).toBe(404);
  const { issues } = (await inside(lead, 1).get('/api/issues')).body;
  expect(issues.length).toBeGreaterThan(0);
  for (const { key } of issues) {
    expect((await inside(lead, 1).get(`/api/issues/${key}`)).status).toBe(200);
    expect((await lead.get(`/api/issues/${key}`)).status).toBe(404);
  }
});

test('what is confidential in it is for whoever opened it: others do not even hear of that part', async () => {
  const { rows } = await house.owner.query(
    `select count(*)::int as n from signals where compartment = 'sample_1_closed'`,
  );
  expect(rows[0].n).toBeGreaterThan(0);
  const of = async (who: Caller) => {
    const here = inside(who, 1);
    const sources = (await here.get('/api/sources')).body.sources.map((one: { name: string }) => one.name);
    return { sources, said: await told(here.get) };
  };
  expect((await of(lead)).sources).toContain('Confidential reports');
  const other = await of(admin);
  expect(other.sources).toContain('Tickets');
  expect(other.sources).not.toContain('Confidential reports');
  expect(other.said).not.toContain('sample_1_closed');
  expect((await inside(admin, 1).get('/api/dimensions?compartment=sample_1_closed')).body.dimensions ?? []).toEqual([]);
});

test.each(['0', '-1', '1.5', '1e3', 'abc', '', '99999999999', '1, 2'])('"%s" is no number of a world', async (word) => {
  const { status, body } = await inside(lead, word).get('/api/signals');
  expect([status, body.code]).toEqual([400, 'request.invalid']);
});

test('a world that is not there is not entered, and one that is being removed neither', async () => {
  const at = async (number: number) => {
    const { status, body } = await inside(lead, number).get('/api/signals');
    return [status, body.code];
  };
  expect(await at(999)).toEqual([404, 'world.not_found']);
  expect((await inside(lead, 999).get('/api/session')).status).toBe(404);
  const gone = await opened(admin);
  expect((await at(gone.number))[0]).toBe(200);
  expect((await admin.delete(`/api/worlds/${gone.number}`)).status).toBe(200);
  expect(await at(gone.number)).toEqual([404, 'world.not_found']);
});

test('a token enters no world, and what it sends with the header is kept nowhere', async () => {
  const before = await house.owner.query('select count(*) from signals');
  const signal = { id: 'two', ts: house.now().toISOString(), text: 'sent with the header' };
  for (const word of ['1', '999', 'nonsense']) {
    const { status, body } = await sent([signal], { 'x-groundswell-world': word });
    expect([status, body.code]).toEqual([403, 'access.not_allowed']);
  }
  expect((await house.owner.query('select count(*) from signals')).rows).toEqual(before.rows);
  expect((await sent([signal])).body).toMatchObject({ added: 1 });
});

test('nobody of the house gets a token, or anything else, into a world by naming its compartments', async () => {
  const { rows } = await house.owner.query(`select id from sources where compartment = 'sample_1' limit 1`);
  expect((await admin.post('/api/tokens', { name: 'in', sourceId: rows[0].id })).status).toBe(404);
  const background = { name: 'in', purpose: 'background', compartment: 'sample_1' };
  expect((await admin.post('/api/tokens', background)).status).toBe(403);
  const source = await admin.post('/api/sources', { name: 'in', kind: 'ticket', compartment: 'sample_1' });
  expect(source.status).toBe(403);
  expect((await admin.put('/api/detection/sample_1', { falseAlertsPerWeek: 9 })).status).toBe(404);
});
