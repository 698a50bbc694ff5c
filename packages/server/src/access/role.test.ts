import { CAPABILITIES } from '@groundswell/contract';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Caller, openHouse, type TestHouse } from '../../test/house.ts';
import { accept, comeIn, inviteAs } from '../people/people.fixture.ts';

let house: TestHouse;
let admin: Caller;
beforeAll(async () => {
  house = await openHouse();
  admin = house.as('admin');
  await admin.get('/api/people');
});
afterAll(() => house.close());

const said = (reply: { status: number; body: { code?: string } }) => [reply.status, reply.body.code];
const make = async (name: string, capabilities: string[]) =>
  (await admin.post('/api/roles', { name, capabilities })).body;
const named = async (name: string, by: Pick<Caller, 'get'> = admin) =>
  (await by.get('/api/roles')).body.roles.find((role: { name: string }) => role.name === name);

test('a role is made, held, changed with effect at once, and renamed with its holders', async () => {
  const role = await make('Night desk', ['issue.read', 'signal.read']);
  expect(role).toMatchObject({ capabilities: ['signal.read', 'issue.read'], people: 0, locked: false, version: 1 });
  const bo = await comeIn(house, admin, { name: 'Bo', roles: ['Night desk'] });
  expect((await bo.ask('GET', '/api/sources')).status).toBe(403);

  const body = { version: 1, name: 'Night shift', capabilities: ['signal.read', 'source.read'] };
  expect((await admin.put(`/api/roles/${role.id}`, body)).body).toMatchObject({ name: 'Night shift', people: 1 });

  expect((await bo.ask('GET', '/api/sources')).status).toBe(200);
  expect((await bo.ask('GET', '/api/issues')).status).toBe(403);
  expect((await bo.ask('GET', '/api/session')).body.me.roles).toEqual(['Night shift']);
  expect((await house.events()).findLast(({ name }) => name === 'role.changed')).toMatchObject({
    actor: admin.id,
    subject: { kind: 'role', id: role.id },
    payload: { roleId: role.id, capabilities: ['signal.read', 'source.read'] },
  });
});

test('what cannot be is refused in its own words', async () => {
  const role = await make('Twin', ['issue.read']);
  expect(said(await admin.post('/api/roles', { name: 'TWIN', capabilities: [] }))).toEqual([409, 'role.name_taken']);
  expect(said(await admin.post('/api/roles', { name: 'x', capabilities: ['fly'] }))).toEqual([400, 'request.invalid']);
  const put = (over: object) =>
    admin.put(`/api/roles/${role.id}`, { version: 1, name: 'Twin', capabilities: [], ...over });
  expect(said(await put({ name: 'Viewer' }))).toEqual([409, 'role.name_taken']);
  expect(said(await put({ version: 7 }))).toEqual([409, 'role.changed_meanwhile']);
  expect(said(await admin.delete(`/api/roles/${house.unusedId}`))).toEqual([404, 'role.not_found']);
});

test('admin always has every right: neither changed nor removed, by no handler either', async () => {
  const { id, locked, can, capabilities } = await named('admin');
  expect({ locked, can }).toEqual({ locked: true, can: [] });
  expect(capabilities).toEqual([...CAPABILITIES]);
  const body = { version: 1, name: 'admin', capabilities: ['issue.read'] };
  expect(said(await admin.put(`/api/roles/${id}`, body))).toEqual([409, 'role.locked']);
  expect(said(await admin.delete(`/api/roles/${id}`))).toEqual([409, 'role.locked']);
  const forgetful = house.app.query(`update roles set capabilities = '{}' where name = 'admin'`);
  await expect(forgetful).rejects.toThrow('neither changed nor removed');
});

test('nobody raises their own rights by a role, and none that they do not have', async () => {
  const keeper = await make('Keeper', ['people.manage', 'issue.read']);
  const kim = await comeIn(house, admin, { name: 'Kim', roles: ['Keeper'] });
  const more = { version: 1, name: 'Keeper', capabilities: ['people.manage', 'issue.read', 'issue.decide'] };
  expect(said(await kim.ask('PUT', `/api/roles/${keeper.id}`, more))).toEqual([403, 'access.beyond_own']);
  const higher = { name: 'Higher', capabilities: ['engine.configure'] };
  expect(said(await kim.ask('POST', '/api/roles', higher))).toEqual([403, 'access.beyond_own']);
  const lead = await named('lead');
  const less = { version: 1, name: 'lead', capabilities: [] };
  expect(said(await kim.ask('PUT', `/api/roles/${lead.id}`, less))).toEqual([403, 'access.beyond_own']);
  const own = await make('Reader', ['issue.read']);
  const ivo = await inviteAs(kim, { name: 'Ivo', roles: ['Reader'] });
  const to = `?moveTo=${lead.id}`;
  expect(said(await kim.ask('DELETE', `/api/roles/${own.id}${to}`))).toEqual([403, 'access.beyond_own']);
  expect((await accept(house, ivo.body.link)).body.can).toEqual(['issue.read']);
});

test('a role in use is not removed unless it is said which one its people get', async () => {
  const [old, next] = [await make('Old', ['issue.read']), await make('Next', ['signal.read'])];
  const bo = await comeIn(house, admin, { name: 'Bo', roles: ['Old'] });
  const both = await comeIn(house, admin, { name: 'Both', roles: ['Old', 'Next'] });
  const invited = await inviteAs(admin, { name: 'Cy', roles: ['Old'] });
  expect(said(await admin.delete(`/api/roles/${old.id}`))).toEqual([409, 'role.in_use']);
  expect(said(await admin.delete(`/api/roles/${old.id}?moveTo=${old.id}`))).toEqual([409, 'role.in_use']);
  expect(said(await admin.delete(`/api/roles/${old.id}?moveTo=${house.unusedId}`))).toEqual([404, 'role.not_found']);
  expect((await named('Old')).people).toBe(2);

  expect((await admin.delete(`/api/roles/${old.id}?moveTo=${next.id}`)).body).toEqual({ moved: 2 });

  for (const who of [bo, both]) expect((await who.ask('GET', '/api/session')).body.me.roles).toEqual(['Next']);
  expect((await accept(house, invited.body.link)).body.roles).toEqual(['Next']);
  expect(await named('Old')).toBeUndefined();
  const unused = await make('Unused', []);
  expect((await admin.delete(`/api/roles/${unused.id}`)).body).toEqual({ moved: 0 });
});

test('a role given and removed at the same moment: either way nobody is left with a role that is gone', async () => {
  const role = await make('Brief', ['issue.read']);
  const bo = await comeIn(house, admin, { name: 'Bo', roles: ['viewer'] });
  const { version, name, email, compartments, teams } = (await admin.get('/api/people')).body.people.find(
    ({ id }: { id: string }) => id === bo.id,
  );
  const next = { version, name, email, compartments, teams, roles: ['Brief'] };
  const [given, removed] = await Promise.all([
    admin.put(`/api/people/${bo.id}`, next),
    admin.delete(`/api/roles/${role.id}`),
  ]);
  expect([given.status, removed.status]).toSatisfy(
    ([a, b]: number[]) => (a === 200 && b === 409) || (a === 404 && b === 200),
  );
});
