/** What is mine: the sessions that I have open, and my password. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openHouse, type TestHouse } from '../../test/house.ts';
import { type Browser, browserOf, comeIn, PASSWORD, signIn } from '../people/people.fixture.ts';

const HOUR = 3_600_000;
const NEXT = 'another lantern over water';

let house: TestHouse;
beforeAll(async () => {
  house = await openHouse();
  await house.as('admin').get('/api/people');
});
afterAll(() => house.close());

const arrive = (name: string) => comeIn(house, house.as('admin'), { name });
const again = async ({ email }: Browser) => browserOf(house, await signIn(house, email));
const sessionsOf = async (browser: Browser) => (await browser.ask('GET', '/api/me/sessions')).body.sessions;
const said = (reply: { status: number; body: { code?: string } }) => [reply.status, reply.body.code];

test('my sessions say by what, from about where, since when, and which is this one', async () => {
  const bo = await arrive('Bo');
  house.clock.advance(2 * HOUR);
  const other = await again(bo);
  const mine = await sessionsOf(bo);
  expect(mine).toHaveLength(2);
  expect(mine.find(({ current }: { current: boolean }) => current)).toMatchObject({
    browser: 'firefox',
    system: 'linux',
    address: '192.0.2.…',
    createdAt: new Date(house.now().getTime() - 2 * HOUR).toISOString(),
  });
  expect((await sessionsOf(other)).filter(({ current }: { current: boolean }) => current)).toHaveLength(1);
  const { rows } = await house.owner.query('select * from sessions');
  expect(JSON.stringify(rows)).not.toContain('192.0.2.17');
});

test('a session that I end is out with its next request; somebody else’s is none of mine', async () => {
  const [bo, cy] = [await arrive('Bo'), await arrive('Cy')];
  const other = await again(bo);
  const { id } = (await sessionsOf(other)).find(({ current }: { current: boolean }) => current);
  const theirs = (await sessionsOf(cy))[0].id;
  expect(said(await bo.ask('DELETE', `/api/me/sessions/${theirs}`))).toEqual([404, 'access.session_not_found']);
  expect((await bo.ask('DELETE', `/api/me/sessions/${id}`)).body).toEqual({ ended: 1 });
  expect(said(await other.ask('GET', '/api/me/sessions'))).toEqual([401, 'access.not_signed_in']);
  expect((await bo.ask('DELETE', `/api/me/sessions/${id}`)).body).toEqual({ ended: 0 });
  expect(await sessionsOf(bo)).toHaveLength(1);
  expect(await sessionsOf(cy)).toHaveLength(1);
});

test('all but this one are ended at once; those left alone for half a day are not shown', async () => {
  const bo = await arrive('Bo');
  await Promise.all([again(bo), again(bo)]);
  expect((await bo.ask('DELETE', '/api/me/sessions')).body).toEqual({ ended: 2 });
  expect(await sessionsOf(bo)).toHaveLength(1);
  expect((await bo.ask('DELETE', '/api/me/sessions')).body).toEqual({ ended: 0 });
  await again(bo);
  house.clock.advance(7 * HOUR);
  await sessionsOf(bo);
  house.clock.advance(7 * HOUR);
  expect(await sessionsOf(bo)).toHaveLength(1);
});

test('a new password asks for the old one, ends my other sessions and voids a link that was made for me', async () => {
  const bo = await arrive('Bo');
  const other = await again(bo);
  const link = (await house.as('admin').post(`/api/people/${bo.id}/reset-link`)).body;
  const change = (old: string, password: string) => bo.ask('PUT', '/api/me/password', { old, password });
  expect(said(await change('wrong lantern over water', NEXT))).toEqual([400, 'access.wrong_password']);
  expect(said(await change(PASSWORD, 'groundswell1'))).toEqual([400, 'access.weak_password']);
  expect((await other.ask('GET', '/api/home')).status).toBe(200);

  expect((await change(PASSWORD, NEXT)).body).toEqual({ ended: 1 });

  expect((await bo.ask('GET', '/api/home')).status).toBe(200);
  expect((await other.ask('GET', '/api/home')).status).toBe(401);
  expect((await signIn(house, bo.email)).status).toBe(401);
  expect((await signIn(house, bo.email, NEXT)).status).toBe(200);
  const reset = await house.http.inject({
    method: 'POST',
    url: '/api/password-reset',
    payload: { token: link.token, password: 'somebody elses new one' },
  });
  expect(reset.statusCode).toBe(410);
  expect((await house.events()).filter(({ name }) => name === 'password.changed')).toHaveLength(1);
});

test('ten wrong old passwords and a browser left open can be tried no more', async () => {
  const bo = await arrive('Bo');
  const guess = (old: string) => bo.ask('PUT', '/api/me/password', { old, password: NEXT });
  const replies = await Promise.all(Array.from({ length: 14 }, (_, i) => guess(`a wrong lantern ${i}`)));
  expect(replies.filter(({ status }) => status === 400)).toHaveLength(10);
  expect(replies.filter(({ status }) => status === 429)).toHaveLength(4);
  expect((await guess(PASSWORD)).status).toBe(429);
  expect((await signIn(house, bo.email)).status).toBe(200); // signing in is counted apart
});
