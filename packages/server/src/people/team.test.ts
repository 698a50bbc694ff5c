import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Caller, openHouse, type TestHouse } from '../../test/house.ts';
import { accept, comeIn, inviteAs } from './people.fixture.ts';

let house: TestHouse;
let admin: Caller;
beforeAll(async () => {
  house = await openHouse();
  admin = house.as('admin');
  await admin.get('/api/people');
});
afterAll(() => house.close());

const said = (reply: { status: number; body: { code?: string } }) => [reply.status, reply.body.code];

test('a team is made, changed and removed, everybody reads it, and each step is an event', async () => {
  const [bo, cy] = [await comeIn(house, admin, { name: 'Bo' }), await comeIn(house, admin, { name: 'Cy' })];
  const before = (await house.events()).length;
  const team = (await admin.post('/api/teams', { name: 'Payouts', members: [bo.id] })).body;
  expect(team).toMatchObject({ name: 'Payouts', version: 1, members: [{ id: bo.id, name: 'Bo' }] });
  const changed = await admin.put(`/api/teams/${team.id}`, { version: 1, name: 'Pay', members: [cy.id] });
  expect(changed.body.members).toEqual([{ id: cy.id, name: 'Cy' }]);
  expect((await cy.ask('GET', '/api/teams')).body.teams.map(({ name }: { name: string }) => name)).toContain('Pay');
  expect((await admin.delete(`/api/teams/${team.id}`)).body).toEqual({ removed: true });
  expect((await house.events()).slice(before).map(({ name }) => name)).toEqual([
    'team.made',
    'team.joined',
    'team.changed',
    'team.joined',
    'team.left',
    'team.removed',
  ]);
});

test('what cannot be is refused', async () => {
  const team = (await admin.post('/api/teams', { name: 'Uploads', members: [] })).body;
  expect(said(await admin.post('/api/teams', { name: 'UPLOADS', members: [] }))).toEqual([409, 'team.name_taken']);
  const nobody = { name: 'X', members: [house.unusedId] };
  expect(said(await admin.post('/api/teams', nobody))).toEqual([404, 'person.not_found']);
  expect(said(await admin.put(`/api/teams/${team.id}`, { version: 9, name: 'Uploads', members: [] }))).toEqual([
    409,
    'team.changed_meanwhile',
  ]);
  await admin.post('/api/teams', { name: 'Other', members: [] });
  const taken = await admin.put(`/api/teams/${team.id}`, { version: 1, name: 'other', members: [] });
  expect(said(taken)).toEqual([409, 'team.name_taken']);
  expect(said(await admin.delete(`/api/teams/${house.unusedId}`))).toEqual([404, 'team.not_found']);
});

test('a team that goes takes nobody with it: neither members nor an invitation to it', async () => {
  const team = (await admin.post('/api/teams', { name: 'Short', members: [] })).body;
  const bo = await comeIn(house, admin, { name: 'Bo', teams: [team.id] });
  const invited = await inviteAs(admin, { name: 'Di', teams: [team.id] });
  await admin.delete(`/api/teams/${team.id}`);
  expect((await bo.ask('GET', '/api/home')).status).toBe(200);
  expect((await accept(house, invited.body.link)).status).toBe(200);
});

test('whoever is deactivated is not shown in their team, and is in it when they come back', async () => {
  const bo = await comeIn(house, admin, { name: 'Bo' });
  const team = (await admin.post('/api/teams', { name: 'Stays', members: [bo.id] })).body;
  const members = async () =>
    (await admin.get('/api/teams')).body.teams.find(({ id }: { id: string }) => id === team.id).members.length;
  await admin.post(`/api/people/${bo.id}/deactivate`);
  expect(await members()).toBe(0);
  await admin.post(`/api/people/${bo.id}/reactivate`);
  expect(await members()).toBe(1);
});
