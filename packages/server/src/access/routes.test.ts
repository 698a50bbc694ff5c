/** Every route of the house and every role: what the endpoint declares is what happens, and nothing else. */
import * as contract from '@groundswell/contract';
import { CAPABILITIES, type Endpoint, ROLES, type RoleName } from '@groundswell/contract';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openHouse, type TestHouse } from '../../test/house.ts';
import { slicesFor } from '../app/slices.ts';
import type { Slice } from '../platform/slice.ts';

interface Registered {
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  readonly url: string;
  readonly right: string;
}

const registered: Registered[] = [];
/** Comes first, so that it hears of every route that is registered after it. */
const listener: Slice = {
  name: 'listener',
  routes(app) {
    app.addHook('onRoute', ({ method, url, config }) => {
      if (method !== 'HEAD') registered.push({ method: method as Registered['method'], url, right: config!.right! });
    });
  },
};

let house: TestHouse;
beforeAll(async () => {
  house = await openHouse({ slices: [listener, ...slicesFor({ publicUrl: undefined })] });
});
afterAll(() => house.close());

const apiRoutes = () => registered.filter(({ url }) => url.startsWith('/api/') && !url.includes('*'));
const fill = (url: string) => url.replace(/:\w+/g, house.unusedId);
/** The right is asked before the body is read, so a request that says nothing meets it all the same. */
const PASSED_THE_DOOR = (status: number, code?: string) =>
  status !== 401 && !(status === 403 && code === 'access.not_allowed');

test('what is registered is what the contract says, with the right that it says', () => {
  const said = (Object.values(contract) as unknown[]).filter(
    (one): one is Endpoint => typeof one === 'object' && one !== null && 'path' in one && 'right' in one,
  );
  const rightOf = new Map(said.map(({ method, path, right }) => [`${method} ${path}`, right as string]));
  expect(apiRoutes().length).toBeGreaterThan(5);
  for (const { method, url, right } of apiRoutes()) {
    if (url === '/api/openapi.json') continue;
    expect(rightOf.get(`${method} ${url}`), `${method} ${url}`).toBe(right);
    expect(['anyone', 'signed_in', ...CAPABILITIES], `${method} ${url}`).toContain(right);
  }
});

test('the roles that the database starts with are those of the contract', async () => {
  const { rows } = await house.owner.query(`select name, capabilities from roles where name not like 'only for%'`);
  const kept = Object.fromEntries(rows.map(({ name, capabilities }) => [name, [...capabilities].sort()]));
  expect(kept).toEqual(Object.fromEntries(Object.entries(ROLES).map(([name, can]) => [name, [...can].sort()])));
});

test('without a session every route but those for anyone says so', async () => {
  for (const { method, url, right } of apiRoutes()) {
    const reply = await house.http.inject({ method, url: fill(url) });
    if (right === 'anyone') expect(reply.json().code ?? 'fine', url).not.toBe('access.not_signed_in');
    else expect([reply.statusCode, reply.json().code], `${method} ${url}`).toEqual([401, 'access.not_signed_in']);
  }
});

test.each(Object.keys(ROLES) as RoleName[])('a %s gets through exactly the doors that the role opens', async (role) => {
  const can: readonly string[] = ROLES[role];
  for (const { method, url, right } of apiRoutes()) {
    if (right === 'anyone' || (method === 'DELETE' && url === '/api/session')) continue; // the latter would end the walk
    const caller = house.as(role);
    const { status, body } = await caller.send({ method, url: fill(url) });
    const may = right === 'signed_in' || can.includes(right);
    const passed = PASSED_THE_DOOR(status, body.code);
    expect(passed, `${method} ${url} needs ${right}: ${status} ${body.code ?? ''}`).toBe(may);
    expect(status, `${method} ${url}`).toBeLessThan(500);
  }
});

test('a write by cookie without the word is refused on every route that writes', async () => {
  for (const { method, url, right } of apiRoutes()) {
    if (right === 'anyone' || method === 'GET') continue;
    const { status, body } = await house
      .as('admin')
      .send({ method, url: fill(url), headers: { 'x-groundswell-csrf': 'no' } });
    expect([status, body.code], `${method} ${url}`).toEqual([403, 'access.forged']);
  }
});
