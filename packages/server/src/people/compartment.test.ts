/** Compartments are made and kept by those inside, and a new password by a link opens none of them to whoever made it. */
import { ROLES } from '@groundswell/contract';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type Caller, openHouse, type Reply, type TestHouse } from '../../test/house.ts';
import { type Browser, browserOf, comeIn, PASSWORD, race, reset, signIn } from './people.fixture.ts';

let house: TestHouse;
let admin: Caller;
let cleo: Browser;
beforeEach(async () => {
  house = await openHouse();
  admin = house.as('admin');
  await admin.get('/api/session');
  cleo = await comeIn(house, admin, { name: 'Cleo', roles: ['admin'] });
});
afterEach(() => house.close());

const said = ({ status, body }: Reply) => [status, body.code];
const LEGAL = { compartment: 'legal', title: 'Legal', purpose: 'What counsel reads first.' };
const make = (over: object = {}, who: Caller = admin) =>
  who.post('/api/compartments', { ...LEGAL, members: [cleo.id], ...over });
const inside = async (who: Browser) => (await who.ask('GET', '/api/session')).body.me?.compartments;
const legalOf = async (who: Browser | Caller) => {
  const { body } = 'ask' in who ? await who.ask('GET', '/api/compartments') : await who.get('/api/compartments');
  return body.compartments.find(({ name }: { name: string }) => name === 'legal');
};

test('whoever makes a compartment is in it, with those who were named and nobody else', async () => {
  const bo = await comeIn(house, admin, { name: 'Bo' });
  const dan = await comeIn(house, admin, { name: 'Dan', roles: ['admin'] });
  const made = await make({ members: [cleo.id, bo.id] });
  expect(made.body).toMatchObject({
    name: 'legal',
    title: LEGAL.title,
    purpose: LEGAL.purpose,
    closed: true,
    held: [],
  });
  expect(made.body.members.map(({ name, keeper }: { name: string; keeper: boolean }) => [name, keeper])).toEqual([
    ['admin', true],
    ['Bo', false],
    ['Cleo', true],
  ]);
  expect([await inside(bo), await inside(cleo), await inside(dan)]).toEqual([
    ['legal', 'open'],
    ['legal', 'open'],
    ['open'],
  ]);
  expect(await legalOf(dan), 'even that there is one is known only inside').toBeUndefined();
  expect(
    said(
      await dan.ask('PUT', '/api/compartments/legal', { version: 1, title: 'Mine', purpose: '', members: [dan.id] }),
    ),
  ).toEqual([404, 'compartment.not_found']);
  expect(said(await dan.ask('POST', '/api/compartments', { ...LEGAL, members: [cleo.id] }))).toEqual([
    409,
    'compartment.name_taken',
  ]);
  expect(await inside(dan)).toEqual(['open']);
  expect((await bo.ask('GET', '/api/compartments')).status).toBe(403);

  const events = (await house.events()).filter(({ compartment }) => compartment === 'legal');
  expect(events.map(({ name }) => name)).toEqual(['compartment.made', ...Array(3).fill('membership.given')]);
});

test('names of the house and of samples cannot be used, and a closed compartment begins with two keepers', async () => {
  for (const compartment of ['open', 'sample_7']) {
    expect(said(await make({ compartment }))).toEqual([409, 'compartment.name_taken']);
  }
  expect((await make({ compartment: 'Legal team' })).status).toBe(400);
  const bo = await comeIn(house, admin, { name: 'Bo' });
  expect(said(await make({ members: [bo.id] }))).toEqual([409, 'compartment.too_few_keepers']);
  expect(said(await make({ members: [house.unusedId, cleo.id] }))).toEqual([404, 'person.not_found']);
  expect(await inside(bo)).toEqual(['open']);
  expect((await make()).status).toBe(200);
});

test('it is changed against what was seen, by those inside, and never left with one keeper by their hand', async () => {
  const bo = await comeIn(house, admin, { name: 'Bo' });
  await make();
  const change = (version: number, members: readonly string[], over: object = {}) =>
    admin.put('/api/compartments/legal', { version, title: 'Law', purpose: '', members, ...over });
  expect((await change(1, [admin.id, cleo.id, bo.id])).body).toMatchObject({ title: 'Law', version: 2 });
  expect(await inside(bo)).toEqual(['legal', 'open']);
  expect(said(await change(1, [admin.id, cleo.id]))).toEqual([409, 'compartment.changed_meanwhile']);
  expect(said(await change(2, [admin.id, bo.id]))).toEqual([409, 'compartment.too_few_keepers']);
  expect(await inside(cleo)).toEqual(['legal', 'open']);
  const person = (await admin.get('/api/people')).body.people.find(({ id }: { id: string }) => id === cleo.id);
  const { version, name, email, roles, teams } = person;
  const out = { version, name, email, roles, teams, compartments: ['open'] };
  expect(said(await admin.put(`/api/people/${cleo.id}`, out))).toEqual([409, 'compartment.too_few_keepers']);
  expect((await change(2, [admin.id, cleo.id])).status).toBe(200);
  expect(await inside(bo)).toEqual(['open']);
  expect(said(await admin.put('/api/compartments/open', { version: 1, title: 'x', purpose: '', members: [] }))).toEqual(
    [409, 'compartment.open'],
  );

  // a page that still shows the person as they were before does not take back what was given meanwhile
  const stale = (await admin.get('/api/people')).body.people.find(({ id }: { id: string }) => id === bo.id);
  const { version: seen } = await legalOf(admin);
  expect((await change(seen, [admin.id, cleo.id, bo.id])).status).toBe(200);
  const as = {
    version: stale.version,
    name: 'Bo',
    email: stale.email,
    roles: stale.roles,
    teams: [],
    compartments: stale.compartments,
  };
  expect(said(await admin.put(`/api/people/${bo.id}`, as))).toEqual([409, 'person.changed_meanwhile']);
});

test('of two who take each other out at once, one stays', async () => {
  const dan = await comeIn(house, admin, { name: 'Dan', roles: ['admin'] });
  await make({ members: [cleo.id, dan.id] });
  const without = (who: Browser, gone: string) =>
    who.ask('PUT', '/api/compartments/legal', {
      version: 1,
      title: 'Legal',
      purpose: '',
      members: [admin.id, cleo.id, dan.id].filter((id) => id !== gone),
    });
  const replies = await race(house, 'compartments', [() => without(cleo, dan.id), () => without(dan, cleo.id)]);
  expect(replies.map(({ status }) => status).sort()).not.toEqual([200, 200]);
  const { members } = await legalOf(admin);
  expect(members.length).toBe(2);
});

test('a new password by a link from outside opens nothing that its maker is not in, until somebody inside lets them in', async () => {
  const dan = await comeIn(house, admin, { name: 'Dan', roles: ['admin'] });
  await make();
  const link = await dan.ask('POST', `/api/people/${cleo.id}/reset-link`);
  expect(link.status).toBe(200);
  const asCleo = browserOf(house, await reset(house, link.body, 'a lantern that is not hers'));
  expect(await inside(asCleo)).toEqual(['open']);
  expect(await inside(cleo), 'her sessions have ended').toBeUndefined();
  expect(await legalOf(asCleo)).toBeUndefined();
  expect(
    (await asCleo.ask('GET', '/api/compartments')).body.compartments.map(({ name }: { name: string }) => name),
  ).toEqual(['open']);
  expect(
    said(
      await asCleo.ask('PUT', '/api/compartments/legal', { version: 2, title: 'x', purpose: '', members: [cleo.id] }),
    ),
  ).toEqual([404, 'compartment.not_found']);

  const seen = await legalOf(admin);
  expect(seen.members.map(({ name }: { name: string }) => name)).toEqual(['admin']);
  expect(seen.held).toMatchObject([{ id: cleo.id, name: 'Cleo', at: house.now().toISOString() }]);
  const held = (await house.events()).filter(({ name }) => name === 'membership.held');
  expect(held).toMatchObject([{ compartment: 'legal', actor: cleo.id, payload: { personId: cleo.id } }]);
  const back = { version: seen.version, title: 'Legal', purpose: '', members: [admin.id, cleo.id] };
  expect((await admin.put('/api/compartments/legal', back)).body).toMatchObject({ held: [] });
  expect(await inside(asCleo)).toEqual(['legal', 'open']);
});

test('a link from inside opens what both are in, and one made before somebody was let in does not open that', async () => {
  const bo = await comeIn(house, admin, { name: 'Bo' });
  const dan = await comeIn(house, admin, { name: 'Dan', roles: ['admin'] });
  const early = (await dan.ask('POST', `/api/people/${bo.id}/reset-link`)).body;
  await make({ members: [cleo.id, bo.id] });
  const asBo = browserOf(house, await reset(house, early));
  expect(await inside(asBo)).toEqual(['open']);

  const { version } = await legalOf(admin);
  const all = { version, title: 'Legal', purpose: '', members: [admin.id, cleo.id, bo.id] };
  expect((await admin.put('/api/compartments/legal', all)).status).toBe(200);
  const within = (await admin.post(`/api/people/${bo.id}/reset-link`)).body;
  expect(await inside(browserOf(house, await reset(house, within, 'copper over quiet lanterns')))).toEqual([
    'legal',
    'open',
  ]);
  expect(said(await signIn(house, bo.email, PASSWORD))[0]).not.toBe(200);
});

test('what is made is a compartment like any other: a source of it is seen by those inside and by nobody else', async () => {
  const dan = await comeIn(house, admin, { name: 'Dan', roles: ['admin'] });
  await make();
  const counsel = house.as({ name: 'counsel', compartments: ['legal'], can: ROLES.admin });
  const source = { name: 'Letters', kind: 'feedback', compartment: 'legal' };
  const made = await cleo.ask('POST', '/api/sources', source);
  expect(made.status, JSON.stringify(made.body)).toBe(200);
  const names = (reply: Reply) => reply.body.sources.map(({ name }: { name: string }) => name);
  expect(names(await dan.ask('GET', '/api/sources'))).toEqual([]);
  expect(names(await counsel.get('/api/sources'))).toEqual(['Letters']);
});
