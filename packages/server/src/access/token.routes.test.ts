import { listImports, listSources, sendSignals } from '@groundswell/contract';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openHouse, type TestHouse } from '../../test/house.ts';
import type { App } from '../platform/http.ts';
import { route } from '../platform/route.ts';
import type { Slice } from '../platform/slice.ts';
import type { Tools } from '../platform/tools.ts';
import { accessSlice, mustBeOwnSource } from './index.ts';

/** Stands where intake stands: access is tested without the slices above it. */
const above: Slice = {
  name: 'above',
  routes(app: App, tools: Tools) {
    app.route({
      ...route(sendSignals),
      async handler({ actor, query }) {
        mustBeOwnSource(actor, query.source ?? actor.sourceId!);
        const seen = await tools.db.as(actor, (db) => db.selectFrom('compartments').select('name').execute());
        return { added: seen.length, revised: 0, unchanged: 0, refused: [] };
      },
    });
    app.route({ ...route(listSources), handler: async () => ({ sources: [], can: [] }) });
    app.route({ ...route(listImports), handler: async () => ({ imports: [] }) });
  },
};

let house: TestHouse;
const source = { open: '', legal: '' };
beforeAll(async () => {
  house = await openHouse({
    slices: [
      { name: 'app', jobs: [{ name: 'react', work: async () => {} }] },
      accessSlice({ publicUrl: undefined }),
      above,
    ],
  });
  await house.givenCompartment('legal');
  for (const compartment of ['open', 'legal'] as const) {
    const { rows } = await house.owner.query(
      `insert into sources (compartment, name, kind, created_at) values ($1, 'Play Store', 'app_review', now()) returning id`,
      [compartment],
    );
    source[compartment] = rows[0].id;
  }
});
afterAll(() => house.close());

const make = async (sourceId = source.open) =>
  (await house.as('admin').post('/api/tokens', { name: 'nightly', sourceId })).body;
async function ask(method: 'GET' | 'POST' | 'DELETE', url: string, token: string) {
  const payload = method === 'POST' ? { payload: [{}] } : {};
  const reply = await house.http.inject({ method, url, headers: { authorization: `Bearer ${token}` }, ...payload });
  return { status: reply.statusCode, body: reply.json() };
}

test('a token is shown once, kept as a hash, and recorded', async () => {
  const { token, view } = await make();
  expect(token).toMatch(/^gsw_[\w-]{43}$/);
  expect(view).toMatchObject({
    name: 'nightly',
    sourceId: source.open,
    sourceName: 'Play Store',
    lastUsedAt: null,
    revokedAt: null,
  });
  expect(token.startsWith(view.hint)).toBe(true);
  expect(view.hint).toHaveLength(8);

  const { rows } = await house.owner.query('select * from api_tokens where id = $1', [view.id]);
  expect(JSON.stringify(rows)).not.toContain(token);
  const listed = (await house.as('admin').get('/api/tokens')).body.tokens;
  expect(listed.find((one: { id: string }) => one.id === view.id)).toEqual(view);
  expect((await house.events()).at(-1)).toMatchObject({
    name: 'token.made',
    actor: house.as('admin').id,
    compartment: 'open',
    payload: { tokenId: view.id, sourceId: source.open },
  });
});

test('a token sends to its source and can do nothing else', async () => {
  const { token } = await make();

  expect(await ask('POST', '/api/signals', token)).toMatchObject({ status: 200, body: { added: 1 } });
  const other = await ask('POST', `/api/signals?source=${house.unusedId}`, token);
  expect(other).toMatchObject({ status: 403, body: { code: 'access.not_allowed' } });
  for (const [method, url] of [
    ['GET', '/api/sources'],
    ['GET', '/api/imports'], // it has the right to import, and is not heard here all the same
    ['GET', '/api/tokens'],
    ['DELETE', '/api/session'],
  ] as const) {
    expect(await ask(method, url, token), url).toMatchObject({ status: 403, body: { code: 'access.not_allowed' } });
  }
});

test('a token is heard whatever page it comes from: no browser adds it by itself', async () => {
  const { token } = await make();
  const headers = {
    authorization: `Bearer ${token}`,
    origin: 'https://elsewhere.example',
    'sec-fetch-site': 'cross-site',
  };
  const reply = await house.http.inject({ method: 'POST', url: '/api/signals', payload: [{}], headers });
  expect(reply.statusCode).toBe(200);
});

test('the last use is kept, at most once a minute', async () => {
  const { token, view } = await make();
  const used = async () =>
    (await house.owner.query('select last_used_at as at from api_tokens where id = $1', [view.id])).rows[0].at;
  const first = house.now();
  await ask('POST', '/api/signals', token);
  house.clock.advance(59_000);
  await ask('POST', '/api/signals', token);
  expect(await used()).toEqual(first);
  house.clock.advance(1_000);
  await ask('POST', '/api/signals', token);
  expect(await used()).toEqual(house.now());
});

test('a revoked token is refused at once; revoking again changes nothing', async () => {
  const { token, view } = await make();
  const admin = house.as('admin');

  const revoked = await admin.delete(`/api/tokens/${view.id}`);
  expect(revoked.body.revokedAt).toBe(house.now().toISOString());
  expect(await ask('POST', '/api/signals', token)).toMatchObject({
    status: 401,
    body: { message: expect.stringContaining('revoked') },
  });

  const before = (await house.events()).length;
  house.clock.advance(1_000);
  expect((await admin.delete(`/api/tokens/${view.id}`)).body).toEqual(revoked.body);
  expect((await house.events()).length).toBe(before);
});

test('a token that was never made is refused, and so is a token for no source', async () => {
  expect((await ask('POST', '/api/signals', `gsw_${'A'.repeat(43)}`)).status).toBe(401);
  const reply = await house.as('admin').post('/api/tokens', { name: 'x', sourceId: house.unusedId });
  expect([reply.status, reply.body.code]).toEqual([404, 'source.not_found']);
  expect((await house.as('admin').delete(`/api/tokens/${house.unusedId}`)).body.code).toBe('access.token_not_found');
});

test('the tokens and sources of a closed compartment do not exist for those outside it', async () => {
  const counsel = house.as({ name: 'counsel', compartments: ['open', 'legal'], can: ['source.manage'] });
  const { token, view } = (await counsel.post('/api/tokens', { name: 'hold', sourceId: source.legal })).body;
  const admin = house.as('admin');

  const outside = await admin.post('/api/tokens', { name: 'x', sourceId: source.legal });
  expect([outside.status, outside.body.code]).toEqual([404, 'source.not_found']);
  expect((await admin.delete(`/api/tokens/${view.id}`)).status).toBe(404);
  expect(JSON.stringify((await admin.get('/api/tokens')).body)).not.toContain('hold');
  expect(await ask('POST', '/api/signals', token)).toMatchObject({ status: 200, body: { added: 1 } }); // sees just its own
});
