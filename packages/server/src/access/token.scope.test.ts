/** Tokens that read: what they were made for, until they run out, and nothing else. */
import * as contract from '@groundswell/contract';
import { type Endpoint, TOKEN_SCOPES } from '@groundswell/contract';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Caller, openHouse, type TestHouse } from '../../test/house.ts';

const DAY = 24 * 3_600_000;

let house: TestHouse;
let admin: Caller;
beforeAll(async () => {
  house = await openHouse();
  admin = house.as('admin');
  await house.givenCompartment('legal');
});
afterAll(() => house.close());

const endpoints = (Object.values(contract) as unknown[]).filter(
  (one): one is Endpoint => typeof one === 'object' && one !== null && 'path' in one && 'right' in one,
);
const make = async (over: object, by: Caller = admin) => by.post('/api/tokens', { name: 'report', ...over });
const reader = async (scopes: readonly string[], over: object = {}) =>
  (await make({ purpose: 'read', scopes, ...over })).body;
async function ask(token: string, method: Endpoint['method'], url: string) {
  const headers = { authorization: `Bearer ${token}` };
  const reply = await house.http.inject({ method, url, headers });
  const isJson = String(reply.headers['content-type']).includes('json'); // some reads are tables
  return { status: reply.statusCode, body: isJson ? reply.json() : {} };
}

test.each([[['signal.read']], [['issue.read', 'source.read']], [TOKEN_SCOPES]] as const)(
  'a token with %j is heard on exactly the reads that ask for it',
  async (scopes) => {
    const { token } = await reader(scopes);
    for (const { method, path, right } of endpoints) {
      if (right === 'anyone') continue;
      const { status, body } = await ask(token, method, path.replace(/:\w+/g, house.unusedId));
      const may = method === 'GET' && (scopes as readonly string[]).includes(right);
      expect(status === 403 && body.code === 'access.not_allowed', `${method} ${path} needs ${right}: ${status}`).toBe(
        !may,
      );
      expect(status, path).toBeLessThan(500);
    }
  },
  60_000,
);

test('a scope that is in no list, and one that its maker does not have, is not given', async () => {
  for (const scopes of [['people.manage'], ['source.manage'], []]) {
    expect((await make({ purpose: 'read', scopes })).status, scopes.join()).toBe(400);
  }
  const keeper = house.as({ name: 'keeper', can: ['source.manage', 'source.read'] });
  const beyond = await make({ purpose: 'read', scopes: ['signal.read'] }, keeper);
  expect([beyond.status, beyond.body.code]).toEqual([403, 'access.beyond_own']);
  expect((await make({ purpose: 'read', scopes: ['source.read'] }, keeper)).status).toBe(200);
  const outside = await make({ purpose: 'read', scopes: ['issue.read'], compartment: 'legal' });
  expect([outside.status, outside.body.code]).toEqual([403, 'access.not_allowed']);
});

test('a token reads its own compartment and no other', async () => {
  const counsel = house.as({ name: 'counsel', compartments: ['open', 'legal'], can: admin.can });
  await counsel.post('/api/sources', { name: 'Held', kind: 'ticket', compartment: 'legal' });
  await admin.post('/api/sources', { name: 'Plain', kind: 'ticket' });
  const legal = (await make({ purpose: 'read', scopes: ['source.read'], compartment: 'legal' }, counsel)).body;
  const open = await reader(['source.read']);
  const names = async (token: string) =>
    (await ask(token, 'GET', '/api/sources')).body.sources.map(({ name }: { name: string }) => name);
  expect(await names(open.token)).toEqual(['Plain']);
  expect(await names(legal.token)).toEqual(['Held']);
});

test('a token ends when it was said to: after a year, or sooner, and never after two', async () => {
  const year = await reader(['issue.read']);
  expect(year.view.expiresAt).toBe(new Date(house.now().getTime() + 365 * DAY).toISOString());
  expect(year.view.scopes).toEqual(['issue.read']);
  expect((await make({ purpose: 'read', scopes: ['issue.read'], expiresInDays: 800 })).status).toBe(400);
  const short = await reader(['issue.read'], { expiresInDays: 2 });
  house.clock.advance(2 * DAY - 1);
  expect((await ask(short.token, 'GET', '/api/issues')).status).toBe(200);
  house.clock.advance(1);
  const late = await ask(short.token, 'GET', '/api/issues');
  expect([late.status, late.body.code]).toEqual([401, 'access.not_signed_in']);
  expect(late.body.message).toContain('run out');
  expect((await ask(year.token, 'GET', '/api/issues')).status).toBe(200);
});

test('tokens from before there were ends go on working', async () => {
  const { body } = await make({ purpose: 'background' });
  await house.owner.query('update api_tokens set expires_at = null where id = $1', [body.view.id]);
  house.clock.advance(3_000 * DAY);
  const headers = { authorization: `Bearer ${body.token}` };
  const payload = [{ day: '2026-03-01', users: 5 }];
  const reply = await house.http.inject({ method: 'POST', url: '/api/active-users', headers, payload });
  expect(reply.statusCode).toBe(200);
});
