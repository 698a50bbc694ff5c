import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Caller, openHouse, type TestHouse } from '../../test/house.ts';
import { accept, browserOf, check, comeIn, inviteAs, race, reset } from './people.fixture.ts';

const DAY = 24 * 3_600_000;

let house: TestHouse;
let admin: Caller;
beforeAll(async () => {
  house = await openHouse();
  admin = house.as('admin');
  await admin.get('/api/people');
  await house.givenCompartment('legal');
});
afterAll(() => house.close());

const said = (reply: { status: number; body: { code?: string } }) => [reply.status, reply.body.code];
const listed = async (by: Caller = admin) => (await by.get('/api/invitations')).body.invitations;
const eventsOf = async (id: string) =>
  (await house.events()).filter(({ payload }) => JSON.stringify(payload).includes(id));

test('an invitation is accepted once, and brings roles, compartments and teams', async () => {
  const team = (await admin.post('/api/teams', { name: 'Night', members: [] })).body;
  const { body } = await inviteAs(admin, { name: 'Bo', roles: ['viewer', 'specialist'], teams: [team.id] });
  expect(body.invitation).toMatchObject({ roles: ['specialist', 'viewer'], compartments: ['open'], state: 'open' });
  expect(body.link.expiresAt).toBe(new Date(house.now().getTime() + 7 * DAY).toISOString());
  expect(await check(house, body.link)).toMatchObject({ state: 'open', kind: 'invitation', name: 'Bo' });

  const entered = await accept(house, body.link, { name: 'Bo Larsen' });

  expect(entered.body).toMatchObject({
    name: 'Bo Larsen',
    email: body.invitation.email,
    roles: ['specialist', 'viewer'],
    compartments: ['open'],
  });
  const bo = browserOf(house, entered);
  expect((await bo.ask('GET', '/api/signals')).status).toBe(200);
  expect((await bo.ask('GET', '/api/teams')).body.teams[0].members).toEqual([{ id: bo.id, name: 'Bo Larsen' }]);
  expect(await listed()).toEqual([]);
  expect((await eventsOf(bo.id)).map(({ name, actor }) => [name, actor])).toEqual([
    ['person.joined', bo.id],
    ['membership.given', bo.id],
    ['team.joined', bo.id],
    ['session.started', bo.id],
  ]);

  expect(await check(house, body.link)).toEqual({ state: 'used_or_expired' });
  expect(said(await accept(house, body.link))).toEqual([410, 'access.link_used_or_expired']);
});

test('of several who open one link at once, one comes in', async () => {
  const { body } = await inviteAs(admin, { name: 'Race' });
  const opening = ['a', 'b', 'c', 'd'].map((name) => () => accept(house, body.link, { name }));
  const replies = await race(house, 'people', opening);
  expect(replies.map(({ status }) => status).sort()).toEqual([200, 410, 410, 410]);
  const { rows } = await house.owner.query('select from people where email = $1', [body.invitation.email]);
  expect(rows).toHaveLength(1);
});

test('what is kept of a link is no link, and a link of one kind is none of the other', async () => {
  const { body } = await inviteAs(admin, { name: 'Kept' });
  const { rows } = await house.owner.query('select * from access_links');
  expect(JSON.stringify(rows)).not.toContain(body.link.token);
  expect(said(await reset(house, body.link))).toEqual([410, 'access.link_used_or_expired']);
  expect((await accept(house, body.link)).status).toBe(200);
});

test('a link opens nothing after seven days, after a newer one, or once it was withdrawn', async () => {
  const old = (await inviteAs(admin, { name: 'Late' })).body;
  house.clock.advance(7 * DAY - 1);
  expect((await check(house, old.link)).state).toBe('open');
  house.clock.advance(1);
  expect(said(await accept(house, old.link))).toEqual([410, 'access.link_used_or_expired']);
  expect((await listed()).find(({ id }: { id: string }) => id === old.invitation.id).state).toBe('expired');

  const renewed = (await admin.post(`/api/invitations/${old.invitation.id}/renew`)).body;
  const again = (await admin.post(`/api/invitations/${old.invitation.id}/renew`)).body;
  expect(said(await accept(house, renewed.link))).toEqual([410, 'access.link_used_or_expired']);
  expect(again.invitation.state).toBe('open');

  expect((await admin.delete(`/api/invitations/${old.invitation.id}`)).body).toEqual({ withdrawn: true });
  expect(said(await accept(house, again.link))).toEqual([410, 'access.link_used_or_expired']);
  expect(said(await admin.post(`/api/invitations/${old.invitation.id}/renew`))).toEqual([404, 'invitation.not_found']);
  expect(said(await admin.delete(`/api/invitations/${old.invitation.id}`))).toEqual([404, 'invitation.not_found']);
});

test('a second invitation to one mail address takes the place of the first', async () => {
  const email = 'twice@example.org';
  const one = (await admin.post('/api/invitations', { name: 'T', email, roles: ['viewer'] })).body;
  const two = (await admin.post('/api/invitations', { name: 'T', email: 'TWICE@example.org', roles: ['lead'] })).body;
  expect((await check(house, one.link)).state).toBe('used_or_expired');
  expect((await accept(house, two.link)).body.roles).toEqual(['lead']);
  expect(said(await admin.post('/api/invitations', { name: 'T', email, roles: ['viewer'] }))).toEqual([
    409,
    'person.email_taken',
  ]);
});

test('a weak password is refused in words, and the link stays good', async () => {
  const { body } = await inviteAs(admin, { name: 'Weak' });
  expect(said(await accept(house, body.link, { password: 'groundswell1' }))).toEqual([400, 'access.weak_password']);
  expect((await accept(house, body.link)).status).toBe(200);
});

test('nobody invites to more than they have themselves, by role or by compartment', async () => {
  const keeper = house.as({ name: 'keeper', can: ['people.manage', 'signal.read'] });
  expect(said(await inviteAs(keeper, { name: 'X', roles: ['viewer'] }))).toEqual([403, 'access.beyond_own']);
  expect(said(await inviteAs(keeper, { name: 'X', roles: ['nothing'] }))).toEqual([404, 'role.not_found']);
  expect(said(await inviteAs(admin, { name: 'X', compartments: ['legal'] }))).toEqual([404, 'compartment.not_found']);
  expect(said(await inviteAs(admin, { name: 'X', teams: [house.unusedId] }))).toEqual([404, 'team.not_found']);
  const { body } = await inviteAs(admin, { name: 'Up', roles: ['lead'] });
  expect(said(await keeper.post(`/api/invitations/${body.invitation.id}/renew`))).toEqual([403, 'access.beyond_own']);
});

test('into a closed compartment comes who was invited from inside, and only insiders know of it', async () => {
  const counsel = house.as({ name: 'counsel', compartments: ['open', 'legal'], can: admin.can });
  const { body } = await inviteAs(counsel, { name: 'Lex', compartments: ['open', 'legal'] });
  expect((await listed(admin)).find(({ name }: { name: string }) => name === 'Lex').compartments).toEqual(['open']);
  const lex = await accept(house, body.link, { name: 'Lex' });
  expect(lex.body.compartments).toEqual(['legal', 'open']);
  const inLegal = (await house.events()).filter(({ compartment }) => compartment === 'legal');
  expect(inLegal.map(({ name, actor }) => [name, actor])).toEqual([
    ['membership.offered', counsel.id],
    ['membership.given', lex.body.id],
  ]);
  const seen = (await admin.get('/api/people')).body.people.find(({ name }: { name: string }) => name === 'Lex');
  expect(seen.compartments).toEqual(['open']);
});

test('a link falls with whoever made it: deactivated, with fewer rights, or out of the compartment', async () => {
  const mo = await comeIn(house, admin, { name: 'Mo', roles: ['admin'] });
  const [first, second] = [await inviteAs(mo, { name: 'One' }), await inviteAs(mo, { name: 'Two' })];
  const state = async (reply: typeof first) => (await check(house, reply.body.link)).state;
  expect(await state(first)).toBe('open');
  await house.owner.query(`delete from person_roles where person_id = $1`, [mo.id]);
  await house.owner.query(`insert into roles values ('doorkeeper', '{people.manage}')`);
  await house.owner.query(`insert into person_roles values ($1, 'doorkeeper')`, [mo.id]);
  expect(await state(first), 'may still manage people, but not give what the link gives').toBe('used_or_expired');
  await house.owner.query(`insert into person_roles values ($1, 'admin')`, [mo.id]);
  expect(await state(first)).toBe('open');

  await house.owner.query(`insert into person_compartments values ($1, 'legal')`, [mo.id]);
  const closed = await inviteAs(mo, { name: 'Three', compartments: ['legal', 'open'] });
  await house.owner.query(`delete from person_compartments where person_id = $1 and compartment = 'legal'`, [mo.id]);
  expect((await accept(house, closed.body.link)).body.compartments).toEqual(['open']);

  await admin.post(`/api/people/${mo.id}/deactivate`);
  expect(said(await accept(house, second.body.link))).toEqual([410, 'access.link_used_or_expired']);
});
