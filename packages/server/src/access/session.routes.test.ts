import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { openHouse, type TestHouse } from '../../test/house.ts';
import { slicesFor } from '../app/slices.ts';
import { authenticator, lastHere } from './index.ts';
import { hashPassword } from './password-hash.ts';

const PASSWORD = 'correct horse battery';
const MINUTE = 60_000;

let house: TestHouse;
let passwordHash: string;
let email: string;
beforeAll(async () => {
  house = await openHouse();
  passwordHash = await hashPassword(PASSWORD);
});
afterAll(() => house.close());

/** Each test is a person of its own at an address of its own, so that none spends another's tries. */
let n = 0;
const address = () => `10.0.0.${n}`;
beforeEach(async () => {
  email = `ana${++n}@example.org`;
  await house.owner.query(
    `with p as (insert into people (name, email, password_hash, created_at) values ('Ana', $1, $2, now()) returning id),
          r as (insert into person_roles select id, 'viewer' from p)
     insert into person_compartments select id, 'open' from p`,
    [email, passwordHash],
  );
});

type Headers = Record<string, string>;
const send = (method: 'GET' | 'POST' | 'DELETE', url: string, headers: Headers = {}, payload?: object) =>
  house.http.inject({ method, url, headers, remoteAddress: address(), ...(payload && { payload }) });
const signIn = (over: object = {}, headers: Headers = {}) =>
  send('POST', '/api/session', headers, { email, password: PASSWORD, ...over });
const who = async (cookie: string) => (await send('GET', '/api/session', { cookie })).json();

async function enter(headers: Headers = {}) {
  const reply = await signIn({}, headers);
  expect(reply.statusCode).toBe(200);
  const cookie = String(reply.headers['set-cookie']).split(';')[0]!;
  return { cookie, 'x-groundswell-csrf': reply.json().csrf as string };
}

test('signing in opens a session, and asking who I am answers', async () => {
  expect(await who('')).toEqual({ me: null, setUp: true });
  const ana = await enter();
  const { me } = await who(ana.cookie);
  expect(me).toMatchObject({
    email,
    roles: ['viewer'],
    can: ['source.read', 'signal.read', 'issue.read'],
    world: null,
    lastSeenAt: null,
  });
  expect(me.csrf).toBe(ana['x-groundswell-csrf']);
  expect((await house.events()).at(-1)).toMatchObject({
    name: 'session.started',
    actor: me.id,
    payload: { personId: me.id },
  });
});

test('the mail address is taken in any case', async () => {
  expect((await signIn({ email: ` ${email.toUpperCase()} ` })).statusCode).toBe(200);
});

test('a wrong password, an unknown mail and a deactivated person get the same answer', async () => {
  const wrong = await signIn({ password: 'wrong horse battery' });
  const unknown = await signIn({ email: 'nobody@example.org' });
  await house.owner.query('update people set deactivated_at = now() where email = $1', [email]);
  const gone = await signIn();
  for (const reply of [wrong, unknown, gone]) {
    expect(reply.statusCode).toBe(401);
    expect({ ...reply.json(), requestId: '' }).toEqual({ ...wrong.json(), requestId: '' });
    expect(reply.headers['set-cookie']).toBeUndefined();
  }
});

test('the secret of a session is in no table', async () => {
  const { cookie, 'x-groundswell-csrf': csrf } = await enter();
  const { rows } = await house.owner.query('select * from sessions');
  expect(JSON.stringify(rows)).not.toContain(cookie.split('=')[1]);
  expect(JSON.stringify(rows)).not.toContain(csrf);
});

test('password and session hashes cannot be read by a handler at all', async () => {
  for (const statement of [
    'select * from people',
    'select password_hash from people',
    'select secret_hash from sessions',
  ]) {
    await expect(house.app.query(statement), statement).rejects.toThrow('permission denied');
  }
});

test('after ten failures even the right password waits until the window has passed', async () => {
  for (let i = 0; i < 10; i++) expect((await signIn({ password: `wrong ${i}` })).statusCode).toBe(401);
  house.clock.advance(5 * MINUTE);

  const reply = await signIn();

  expect(reply.statusCode).toBe(429);
  expect(reply.json()).toMatchObject({
    code: 'access.too_many_attempts',
    message: expect.stringContaining('10 minutes'),
  });
  expect(reply.headers['retry-after']).toBe('600');
  house.clock.advance(10 * MINUTE - 1000);
  expect((await signIn()).headers['retry-after']).toBe('1');
  house.clock.advance(1000);
  expect((await signIn()).statusCode).toBe(200);
});

test('a hundred guesses at once are ten guesses', async () => {
  const replies = await Promise.all(Array.from({ length: 40 }, (_, i) => signIn({ password: `wrong ${i}` })));
  expect(replies.filter((reply) => reply.statusCode === 401)).toHaveLength(10);
  expect(replies.filter((reply) => reply.statusCode === 429)).toHaveLength(30);
});

test('an address has fifty failures, whatever mails it tries, and another address is not held back', async () => {
  const tries = Array.from({ length: 55 }, (_, i) => signIn({ email: `guess${i}@example.org` }));
  const replies = await Promise.all(tries);
  expect(replies.filter((reply) => reply.statusCode === 429)).toHaveLength(5);
  expect((await signIn()).statusCode).toBe(429);
  n += 100; // the same person from elsewhere
  expect((await signIn()).statusCode).toBe(200);
});

test('behind a proxy on this machine people are told apart; from elsewhere nobody lends himself an address', async () => {
  let tries = 0;
  const attempt = async (remoteAddress: string, from: string) => {
    const payload = { email: `proxied${++tries}@example.org`, password: PASSWORD };
    const headers = { 'x-forwarded-for': from };
    const reply = await house.http.inject({ method: 'POST', url: '/api/session', headers, remoteAddress, payload });
    return reply.statusCode;
  };
  const spendAll = () => house.owner.query('update sign_in_attempts set failures = 50');

  expect(await attempt('127.0.0.1', '192.0.2.7')).toBe(401);
  expect(await attempt('203.0.113.5', '192.0.2.9')).toBe(401);
  await spendAll();
  expect(await attempt('127.0.0.1', '192.0.2.7')).toBe(429);
  expect(await attempt('127.0.0.1', '192.0.2.8')).toBe(401);
  expect(await attempt('203.0.113.5', '192.0.2.10')).toBe(429);
});

test('signing in rightly costs no try', async () => {
  for (let i = 0; i < 12; i++) expect((await signIn()).statusCode).toBe(200);
});

test('a new sign-in in the same browser gives a new secret and ends the old', async () => {
  const first = await enter();
  const second = await enter({ cookie: first.cookie });
  expect(second.cookie).not.toBe(first.cookie);
  expect((await who(first.cookie)).me).toBeNull();
  expect((await who(second.cookie)).me).not.toBeNull();
});

test('signing out ends this session at once; everywhere ends them all', async () => {
  const [here, there, elsewhere] = [await enter(), await enter(), await enter()];

  const out = await send('DELETE', '/api/session', here);
  expect(out.json()).toEqual({ ended: 1 });
  expect(String(out.headers['set-cookie'])).toContain('Max-Age=0');
  expect((await who(here.cookie)).me).toBeNull();
  expect((await send('DELETE', '/api/session', here)).statusCode).toBe(401);

  expect((await send('DELETE', '/api/session?everywhere=true', there)).json()).toEqual({ ended: 2 });
  expect((await who(elsewhere.cookie)).me).toBeNull();
});

test('a person who is deactivated is out at once', async () => {
  const { cookie } = await enter();
  await house.owner.query('update people set deactivated_at = now() where email = $1', [email]);
  expect((await who(cookie)).me).toBeNull();
});

test('half a day of silence ends a session; working through it does not', async () => {
  const [busy, idle] = [await enter(), await enter()];
  for (let hours = 0; hours < 13; hours++) {
    house.clock.advance(60 * MINUTE);
    expect((await who(busy.cookie)).me).not.toBeNull();
  }
  expect((await who(idle.cookie)).me).toBeNull();
});

test('the session before this one tells when I was last here', async () => {
  const first = await enter();
  house.clock.advance(30 * MINUTE);
  const { me } = await who(first.cookie);
  const seen = house.now();
  house.clock.advance(120 * MINUTE);
  await enter();
  expect(await house.tools.db.as(house.as('viewer'), (db) => lastHere(db, me.id))).toEqual(seen);
});

test.each([
  ['without the word', {}, 403],
  ['with a wrong word', { 'x-groundswell-csrf': 'A'.repeat(43) }, 403],
  ['from another site, by its origin', { ok: 'yes', origin: 'https://evil.example' }, 403],
  ['from a sandboxed page', { ok: 'yes', origin: 'null' }, 403],
  ['from another site, by what the browser says', { ok: 'yes', 'sec-fetch-site': 'cross-site' }, 403],
  ['from a neighbouring host', { ok: 'yes', 'sec-fetch-site': 'same-site' }, 403],
  ['from our own page', { ok: 'yes', origin: 'http://localhost:80', 'sec-fetch-site': 'same-origin' }, 200],
])('a write by cookie %s', async (_, { ok, ...headers }: Headers, status) => {
  const { cookie, 'x-groundswell-csrf': word } = await enter();
  const reply = await send('DELETE', '/api/session', { cookie, ...(ok && { 'x-groundswell-csrf': word }), ...headers });
  expect(reply.statusCode).toBe(status);
  if (status === 403) {
    expect(reply.json().code).toBe('access.forged');
    expect((await who(cookie)).me).not.toBeNull();
  }
});

test('the word of another session is not mine', async () => {
  const [mine, other] = [await enter(), await enter()];
  const reply = await send('DELETE', '/api/session', { ...mine, 'x-groundswell-csrf': other['x-groundswell-csrf'] });
  expect(reply.json().code).toBe('access.forged');
});

test('no other site signs anybody in', async () => {
  expect((await signIn({}, { origin: 'https://evil.example' })).json().code).toBe('access.forged');
});

test('over https the cookie is secure and bound to its host', async () => {
  const secure = await openHouse({
    slices: slicesFor({ publicUrl: 'https://gs.example.org' }),
    authenticate: (tools) => authenticator(tools, { publicUrl: 'https://gs.example.org' }),
  });
  await secure.owner.query(
    `insert into people (name, email, password_hash, created_at) values ('Ana', $1, $2, now())`,
    [email, passwordHash],
  );
  const headers = { origin: 'https://gs.example.org' };
  const payload = { email, password: PASSWORD };
  const reply = await secure.http.inject({ method: 'POST', url: '/api/session', headers, payload });
  expect(reply.headers['set-cookie']).toMatch(
    /^__Host-groundswell=[^;]+; Max-Age=2592000; Path=\/; HttpOnly; Secure; SameSite=Lax$/,
  );
  await secure.close();
});
