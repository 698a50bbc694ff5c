import { afterEach, beforeEach, expect, test } from 'vitest';
import { type Caller, openHouse, type TestHouse } from '../../test/house.ts';
import {
  accept,
  type Browser,
  browserOf,
  check,
  comeIn,
  inviteAs,
  PASSWORD,
  race,
  reset,
  signIn,
} from './people.fixture.ts';

const HOUR = 3_600_000;

let house: TestHouse;
let admin: Caller;
beforeEach(async () => {
  house = await openHouse();
  admin = house.as('admin');
  await admin.get('/api/people');
  await house.givenCompartment('legal');
});
afterEach(() => house.close());

const said = (reply: { status: number; body: { code?: string } }) => [reply.status, reply.body.code];
const personOf = async (id: string, by: Caller = admin) =>
  (await by.get('/api/people')).body.people.find((one: { id: string }) => one.id === id);
async function change(id: string, over: object, by: Caller | Browser = admin) {
  const { version, name, email, roles, compartments, teams } = await personOf(id);
  const body = { version, name, email, roles, compartments, teams, ...over };
  return 'ask' in by ? by.ask('PUT', `/api/people/${id}`, body) : by.put(`/api/people/${id}`, body);
}
const names = async () => (await house.events()).map(({ name }) => name);

test('a changed role takes effect with the next request, and every change is written down', async () => {
  const bo = await comeIn(house, admin, { name: 'Bo', roles: ['viewer'] });
  expect((await bo.ask('GET', '/api/imports')).status).toBe(403);
  const before = (await house.events()).length;

  const changed = await change(bo.id, { name: 'Bo L.', roles: ['specialist'] });

  expect(changed.body).toMatchObject({ name: 'Bo L.', roles: ['specialist'], version: 2, openSessions: 1 });
  expect((await bo.ask('GET', '/api/imports')).status).toBe(200);
  expect(
    (await house.events()).slice(before).map(({ name, payload }) => [name, Object.keys(payload as object)]),
  ).toEqual([
    ['person.changed', ['personId']],
    ['role.given', ['roleId', 'personId']],
    ['role.taken', ['roleId', 'personId']],
  ]);
});

test('two who change one person at once: the second is told, and nothing of theirs is half kept', async () => {
  const bo = await comeIn(house, admin, { name: 'Bo' });
  const { version } = await personOf(bo.id);
  await change(bo.id, { roles: ['viewer'] });
  expect(said(await change(bo.id, { version, name: 'Other', roles: ['lead'] }))).toEqual([
    409,
    'person.changed_meanwhile',
  ]);
  expect(await personOf(bo.id)).toMatchObject({ name: 'Bo', roles: ['viewer'] });
});

test('what cannot be is refused in its own words', async () => {
  const bo = await comeIn(house, admin, { name: 'Bo' });
  const cy = await comeIn(house, admin, { name: 'Cy' });
  expect(said(await change(bo.id, { email: cy.email.toUpperCase() }))).toEqual([409, 'person.email_taken']);
  expect(said(await change(bo.id, { roles: ['gone'] }))).toEqual([404, 'role.not_found']);
  expect(said(await change(bo.id, { teams: [house.unusedId] }))).toEqual([404, 'team.not_found']);
  expect(said(await change(bo.id, { compartments: ['open', 'legal'] }))).toEqual([404, 'compartment.not_found']);
  expect(said(await admin.post(`/api/people/${house.unusedId}/deactivate`))).toEqual([404, 'person.not_found']);
  expect(said(await admin.post(`/api/people/${admin.id}/deactivate`))).toEqual([409, 'person.self']);
  expect(said(await admin.delete(`/api/people/${admin.id}/sessions`))).toEqual([409, 'person.self']);
  expect(said(await admin.post(`/api/people/${admin.id}/reset-link`))).toEqual([409, 'person.self']);
});

test('nobody raises themselves, and nobody touches those who may do more', async () => {
  await house.owner.query(`insert into roles values ('keeper', '{people.manage,source.read,signal.read,issue.read}')`);
  const kim = await comeIn(house, admin, { name: 'Kim', roles: ['keeper'] });
  const lea = await comeIn(house, admin, { name: 'Lea', roles: ['lead'] });
  const vi = await comeIn(house, admin, { name: 'Vi', roles: ['viewer'] });

  expect(said(await change(kim.id, { roles: ['keeper', 'admin'] }, kim))).toEqual([403, 'access.beyond_own']);
  expect(said(await change(vi.id, { roles: ['lead'] }, kim))).toEqual([403, 'access.beyond_own']);
  expect(said(await change(lea.id, { roles: [] }, kim))).toEqual([403, 'access.beyond_own']);
  for (const path of ['deactivate', 'reset-link']) {
    expect(said(await kim.ask('POST', `/api/people/${lea.id}/${path}`)), path).toEqual([403, 'access.beyond_own']);
  }
  expect(said(await kim.ask('DELETE', `/api/people/${lea.id}/sessions`))).toEqual([403, 'access.beyond_own']);
  const seen = (await kim.ask('GET', '/api/people')).body.people;
  const can = (id: string) => seen.find((one: { id: string }) => one.id === id).can;
  expect([can(lea.id), can(kim.id)]).toEqual([[], ['change']]);
  expect(can(vi.id)).toEqual(['change', 'reset_password', 'end_sessions', 'deactivate']);
  expect((await change(vi.id, { name: 'Vi V.' }, kim)).status).toBe(200);
});

test('whoever is deactivated is out with their next request, and comes back with what they had', async () => {
  const bo = await comeIn(house, admin, { name: 'Bo' });
  const link = (await admin.post(`/api/people/${bo.id}/reset-link`)).body;
  expect((await bo.ask('GET', '/api/home')).status).toBe(200);

  const gone = await admin.post(`/api/people/${bo.id}/deactivate`);

  expect(gone.body).toMatchObject({ openSessions: 0, can: ['reactivate'], deactivatedAt: house.now().toISOString() });
  expect(said(await bo.ask('GET', '/api/home'))).toEqual([401, 'access.not_signed_in']);
  expect(said(await signIn(house, bo.email))).toEqual([401, 'access.wrong_credentials']);
  expect(said(await reset(house, link))).toEqual([410, 'access.link_used_or_expired']);
  expect(said(await admin.post(`/api/people/${bo.id}/reset-link`))).toEqual([409, 'person.wrong_state']);
  expect(said(await change(bo.id, { name: 'B' }))).toEqual([409, 'person.wrong_state']);
  expect(await names()).toContain('person.deactivated');

  await admin.post(`/api/people/${bo.id}/reactivate`);
  expect((await bo.ask('GET', '/api/home')).status).toBe(401); // the old session stays ended
  expect((await signIn(house, bo.email)).body.roles).toEqual(['specialist']);
});

test('the last active admin stays one, whoever asks and however', async () => {
  await house.owner.query(`insert into roles values ('second', (select capabilities from roles where name = 'admin'))`);
  const mo = await comeIn(house, admin, { name: 'Mo', roles: ['second'] });
  expect(said(await mo.ask('POST', `/api/people/${admin.id}/deactivate`))).toEqual([409, 'person.last_admin']);
  expect(said(await change(admin.id, { roles: ['viewer'] }))).toEqual([409, 'person.last_admin']);
  expect((await personOf(admin.id)).roles).toEqual(['admin']);
});

test('two admins who deactivate each other at once: one is out, and the other’s word no longer counts', async () => {
  const [mo, ny] = [
    await comeIn(house, admin, { name: 'Mo', roles: ['admin'] }),
    await comeIn(house, admin, { name: 'Ny', roles: ['admin'] }),
  ];
  const replies = await race(house, 'sessions', [
    () => mo.ask('POST', `/api/people/${ny.id}/deactivate`),
    () => ny.ask('POST', `/api/people/${mo.id}/deactivate`),
  ]);
  expect(replies.map(({ status }) => status).filter((status) => status === 200)).toHaveLength(1);
  const { rows } = await house.owner.query('select from people where deactivated_at is null');
  expect(rows, 'one of the two, and the admin who looked on').toHaveLength(2);
});

test('two who take the admin role from each other at once: only one of them does', async () => {
  await comeIn(house, admin, { name: 'Ny', roles: ['admin'] });
  const mo = await comeIn(house, admin, { name: 'Mo', roles: ['admin'] });
  const replies = await race(house, 'person_roles', [
    () => change(mo.id, { roles: ['viewer'] }),
    () => change(admin.id, { roles: ['viewer'] }, mo),
  ]);
  expect(replies.filter(({ status }) => status === 200)).toHaveLength(1);
  const { rows } = await house.owner.query(`select from person_roles where role = 'admin'`);
  expect(rows).toHaveLength(2);
});

test('a reset link gives a new password once, ends every session and falls with a newer one', async () => {
  const bo = await comeIn(house, admin, { name: 'Bo' });
  const old = (await admin.post(`/api/people/${bo.id}/reset-link`)).body;
  const link = (await admin.post(`/api/people/${bo.id}/reset-link`)).body;
  expect(said(await reset(house, old))).toEqual([410, 'access.link_used_or_expired']);
  expect(await check(house, link)).toMatchObject({ state: 'open', kind: 'reset', email: bo.email });
  expect(said(await accept(house, link))).toEqual([410, 'access.link_used_or_expired']);
  expect(said(await reset(house, link, 'groundswell1'))).toEqual([400, 'access.weak_password']);

  const resetting = [1, 2, 3].map(() => () => reset(house, link));
  const replies = await race(house, 'sessions', resetting);

  expect(replies.map(({ status }) => status).sort()).toEqual([200, 410, 410]);
  expect((await bo.ask('GET', '/api/home')).status).toBe(401);
  const back = browserOf(house, replies.find(({ status }) => status === 200)!);
  expect((await back.ask('GET', '/api/home')).status).toBe(200);
  expect((await signIn(house, bo.email, PASSWORD)).status).toBe(401);
  expect((await signIn(house, bo.email, 'another lantern over water')).status).toBe(200);
  expect((await house.events()).find(({ name }) => name === 'password.reset')).toMatchObject({
    actor: bo.id,
    payload: { personId: bo.id, sessions: 1 },
  });

  const late = (await admin.post(`/api/people/${bo.id}/reset-link`)).body;
  house.clock.advance(24 * HOUR);
  expect(said(await reset(house, late))).toEqual([410, 'access.link_used_or_expired']);
});

test('membership of a closed compartment is given and taken only from inside, and whoever was there comes back only by somebody inside', async () => {
  const counsel = house.as({ name: 'counsel', compartments: ['open', 'legal'], can: admin.can });
  const bo = await comeIn(house, admin, { name: 'Bo' });
  const link = (await admin.post(`/api/people/${bo.id}/reset-link`)).body;
  expect((await change(bo.id, { compartments: ['legal', 'open'] }, counsel)).body.compartments).toEqual([
    'legal',
    'open',
  ]);
  expect((await bo.ask('GET', '/api/session')).body.me.compartments).toEqual(['legal', 'open']);
  expect((await change(bo.id, { name: 'Bo L.' })).status).toBe(200); // from outside: what they cannot see stays
  expect((await bo.ask('GET', '/api/session')).body.me.compartments).toEqual(['legal', 'open']);
  expect((await counsel.post(`/api/people/${bo.id}/reset-link`)).status).toBe(200);
  expect(said(await reset(house, link)), 'replaced by the newer one').toEqual([410, 'access.link_used_or_expired']);

  await admin.post(`/api/people/${bo.id}/deactivate`);
  expect(said(await admin.post(`/api/people/${bo.id}/reactivate`))).toEqual([403, 'access.beyond_own']);
  expect((await counsel.post(`/api/people/${bo.id}/reactivate`)).status).toBe(200);
  const outside = (await house.events()).filter(
    ({ name, compartment }) => name.startsWith('membership') && compartment === 'open',
  );
  expect(outside.map(({ name }) => name)).toEqual(['membership.offered', 'membership.given']);
});

test('an admin ends the sessions of somebody, who may sign in again', async () => {
  const bo = await comeIn(house, admin, { name: 'Bo' });
  await signIn(house, bo.email);
  expect((await admin.delete(`/api/people/${bo.id}/sessions`)).body).toEqual({ ended: 2 });
  expect((await bo.ask('GET', '/api/home')).status).toBe(401);
  expect((await signIn(house, bo.email)).status).toBe(200);
});

test('nothing of this is done from inside an invented world', async () => {
  const bo = await comeIn(house, admin, { name: 'Bo', roles: ['admin'] });
  const opened = (await bo.ask('POST', '/api/worlds', { kind: 'sample', speed: null })).body;
  const inside = { 'x-groundswell-world': String(opened.world?.number ?? opened.number) };
  for (const [method, url] of [
    ['GET', '/api/people'],
    ['POST', `/api/people/${admin.id}/deactivate`],
    ['GET', '/api/roles'],
    ['POST', '/api/teams'],
    ['GET', '/api/invitations'],
    ['GET', '/api/me/sessions'],
    ['DELETE', '/api/me/sessions'],
  ] as const) {
    const me = (await bo.ask('GET', '/api/session')).body.me;
    const headers = { cookie: bo.cookie, 'x-groundswell-csrf': me.csrf, ...inside };
    const reply = await house.http.inject({ method, url, headers });
    expect([reply.statusCode, reply.json().code], url).toEqual([403, 'access.not_allowed']);
  }
  expect((await inviteAs(admin, { name: 'Out here' })).status).toBe(200);
});
