import { afterEach, beforeEach, expect, test } from 'vitest';
import { openHouse, type TestHouse } from '../../test/house.ts';
import { firstAdminLink } from './setup.actions.ts';

const BASE = 'http://127.0.0.1:4747';
const ANA = { name: 'Ana', email: 'Ana@Example.org', password: 'correct horse battery' };
const DAY = 24 * 3_600_000;

let house: TestHouse;
beforeEach(async () => {
  house = await openHouse();
});
afterEach(() => house.close());

const newToken = async () => (await firstAdminLink(house.tools, BASE))!.split('#')[1]!;
const post = (url: string, payload: object) => house.http.inject({ method: 'POST', url, payload });
const setUp = (token: string, over = {}) => post('/api/setup', { token, ...ANA, ...over });
const check = async (token: string) => (await post('/api/setup/check', { token })).json().state;
const people = async () => (await house.owner.query('select * from people')).rows;

test('the first admin comes in by the link, once', async () => {
  const link = (await firstAdminLink(house.tools, `${BASE}/`))!;
  expect(link).toMatch(/^http:\/\/127\.0\.0\.1:4747\/setup#[\w-]{43}$/);
  const token = link.split('#')[1]!;
  expect(await check(token)).toBe('open');

  const reply = await setUp(token);

  expect(reply.statusCode).toBe(200);
  expect(reply.json()).toMatchObject({
    email: 'ana@example.org',
    roles: ['admin'],
    compartments: ['open'],
    world: null,
    lastSeenAt: null,
  });
  expect(reply.json().can).toContain('people.manage');
  expect(reply.headers['set-cookie']).toMatch(
    /^groundswell=[\w-]{43}; Max-Age=2592000; Path=\/; HttpOnly; SameSite=Lax$/,
  );
  const { id } = reply.json();
  expect((await house.events()).map(({ name, actor }) => ({ name, actor }))).toEqual([
    { name: 'person.set_up', actor: id },
    { name: 'session.started', actor: id },
  ]);

  expect(await check(token)).toBe('already_set_up');
  expect((await setUp(token, { email: 'eve@example.org' })).json().code).toBe('access.already_set_up');
  expect(await people()).toHaveLength(1);
  expect(await firstAdminLink(house.tools, BASE)).toBeNull();
});

test('what is kept of a link is no link', async () => {
  const token = await newToken();
  const { rows } = await house.owner.query('select * from setup_links');
  expect(JSON.stringify(rows)).not.toContain(token);
  expect(await check(rows[0].token_hash.toString('base64url'))).toBe('used_or_expired');
});

test('an expired link is refused and nobody is made', async () => {
  const token = await newToken();
  house.clock.advance(DAY - 1);
  expect(await check(token)).toBe('open');
  house.clock.advance(1);
  expect(await check(token)).toBe('used_or_expired');

  const reply = await setUp(token);

  expect(reply.statusCode).toBe(410);
  expect(reply.json()).toMatchObject({
    code: 'access.link_used_or_expired',
    message: expect.stringContaining('Restart'),
  });
  expect(await people()).toEqual([]);
});

test('a restart makes a new link and voids the old', async () => {
  const [first, second] = [await newToken(), await newToken()];
  expect([await check(first), await check(second)]).toEqual(['used_or_expired', 'open']);
  expect((await setUp(first)).statusCode).toBe(410);
  expect((await setUp(second)).statusCode).toBe(200);
});

test('of several who open one link at once, one becomes the admin', async () => {
  const token = await newToken();
  const replies = await Promise.all(['a', 'b', 'c', 'd'].map((who) => setUp(token, { email: `${who}@example.org` })));
  expect(replies.map((reply) => reply.statusCode).sort()).toEqual([200, 409, 409, 409]);
  expect(await people()).toHaveLength(1);
});

test('also with two links, which two processes made at the same moment, there is one admin', async () => {
  const tokens = await Promise.all([newToken(), newToken(), newToken()]);
  const { rows } = await house.owner.query('select from setup_links where used_at is null');
  expect(rows).toHaveLength(1);
  const replies = await Promise.all(tokens.map((token, i) => setUp(token, { email: `${i}@example.org` })));
  expect(replies.filter((reply) => reply.statusCode === 200)).toHaveLength(1);
  expect(await people()).toHaveLength(1);
});

test('a weak password is refused in words, and the link stays good', async () => {
  const token = await newToken();
  const reply = await setUp(token, { password: 'groundswell1' });
  expect(reply.json()).toMatchObject({
    code: 'access.weak_password',
    message: expect.stringContaining('Nothing was saved'),
  });
  expect((await setUp(token)).statusCode).toBe(200);
});
