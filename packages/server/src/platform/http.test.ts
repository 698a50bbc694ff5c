import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Endpoint, Refusal } from '@groundswell/contract';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { z } from 'zod';
import { openHouse, type TestHouse } from '../../test/house.ts';
import { withClient } from './embedded-postgres.ts';
import type { App } from './http.ts';
import { openHttp } from './http.ts';
import { outageOf } from './http-errors.ts';
import { openLog } from './log.ts';
import { route } from './route.ts';
import { webFiles } from './web-files.ts';

const readThing = {
  method: 'GET',
  path: '/api/things/:id',
  right: 'issue.read',
  params: z.object({ id: z.uuid() }),
  query: z.object({ limit: z.coerce.number().int().max(10).default(5) }),
  reply: z.object({ id: z.string(), limit: z.int() }),
} as const satisfies Endpoint;
const makeThing = {
  method: 'POST',
  path: '/api/things',
  right: 'anyone',
  body: z.object({ what: z.enum(['refuse', 'fault', 'lie', 'echo', 'full', 'away']), words: z.string().default('') }),
  reply: z.object({ words: z.string() }),
} as const satisfies Endpoint;
const sendThing = {
  method: 'POST',
  path: '/api/things/bytes',
  right: 'signed_in',
  body: 'bytes',
  reply: z.object({ bytes: z.int() }),
} as const satisfies Endpoint;

function thingRoutes(app: App): void {
  app.route({ ...route(readThing), handler: async ({ params, query }) => ({ id: params.id, limit: query.limit }) });
  app.route({
    ...route(makeThing, { bodyLimit: 1_000 }),
    handler: async ({ body }) => {
      if (body.what === 'refuse') throw new Refusal('issue.wrong_state', 'Not now.', { state: 'open' });
      if (body.what === 'fault') throw new Error('secret table missing');
      if (body.what === 'full') throw Object.assign(new Error('could not extend file'), { code: '53100' });
      if (body.what === 'away') throw Object.assign(new Error('connect'), { code: 'ECONNREFUSED' });
      if (body.what === 'lie') return { words: 5 as unknown as string };
      return { words: body.words };
    },
  });
  app.route({
    ...route(sendThing),
    handler: async ({ body }) => {
      let bytes = 0;
      for await (const chunk of body) bytes += (chunk as Buffer).length;
      return { bytes };
    },
  });
}

let house: TestHouse;
const ID = '00000000-0000-4000-8000-000000000001';
beforeAll(async () => {
  house = await openHouse({ slices: [{ name: 'test', routes: thingRoutes }] });
});
afterAll(() => house.close());

test('a route checks what it is sent and answers what it has promised', async () => {
  const reply = await house.as('viewer').get(`/api/things/${ID}?limit=7`);
  expect(reply).toMatchObject({ status: 200, body: { id: ID, limit: 7 } });
});

test('a wrong request is told where and why', async () => {
  const reply = await house.as('viewer').get('/api/things/seven?limit=70');
  expect(reply.status).toBe(400);
  expect(reply.body).toEqual({
    code: 'request.invalid',
    message: expect.stringContaining('params.id'),
    details: { problems: [{ at: 'params.id', problem: expect.any(String) }] },
    requestId: expect.any(String),
  });
});

test('nobody, and somebody without the right, get no further than the door', async () => {
  const nobody = await house.http.inject({ url: `/api/things/${ID}` });
  expect([nobody.statusCode, nobody.json().code]).toEqual([401, 'access.not_signed_in']);

  const other = await house.as({ can: ['issue.decide'] }).get(`/api/things/${ID}`);
  expect([other.status, other.body.code, other.body.details]).toEqual([
    403,
    'access.not_allowed',
    { right: 'issue.read' },
  ]);

  const bytes = await house.http.inject({ method: 'POST', url: '/api/things/bytes', payload: 'abc' });
  expect(bytes.statusCode).toBe(401);
});

test('a refusal keeps its code, its words and its details', async () => {
  const reply = await house.as('viewer').post('/api/things', { what: 'refuse' });
  expect(reply.status).toBe(409);
  expect(reply.body).toMatchObject({ code: 'issue.wrong_state', message: 'Not now.', details: { state: 'open' } });
});

test('a fault says nothing of the inside, nor does an answer that breaks its promise', async () => {
  for (const what of ['fault', 'lie']) {
    const reply = await house.as('viewer').post('/api/things', { what });
    expect(reply.status, what).toBe(500);
    expect(reply.body).toEqual({ code: 'fault', message: expect.any(String), requestId: expect.any(String) });
    expect(JSON.stringify(reply.body)).not.toMatch(/secret table|words/);
  }
});

test('a full disk and a database that is away are no riddles', async () => {
  const say = (what: string) => house.http.inject({ method: 'POST', url: '/api/things', payload: { what } });
  const [full, away] = [await say('full'), await say('away')];
  expect([full.statusCode, full.json().code]).toEqual([507, 'house.disk_full']);
  expect([away.statusCode, away.json().code, away.headers['retry-after']]).toEqual([503, 'house.database_away', '5']);
  expect(full.body + away.body).not.toMatch(/extend|connect\b/);
});

test('what the system, the server and the driver say of an outage is understood, also inside of another error', () => {
  const coded = (code: string) => Object.assign(new Error('no words'), { code });
  const codeOf = (error: unknown) => outageOf(error)?.code ?? null;
  for (const code of ['ECONNREFUSED', 'ECONNRESET', 'EPIPE', '57P01', '57P02', '57P03', '08006', '25006', '53300']) {
    expect(codeOf(coded(code)), code).toBe('house.database_away');
    expect(codeOf(new Error('the read failed', { cause: coded(code) })), code).toBe('house.database_away');
    expect(codeOf(new AggregateError([coded(code)])), code).toBe('house.database_away');
  }
  const words = [
    'Connection terminated unexpectedly',
    'Connection terminated due to connection timeout',
    'timeout exceeded when trying to connect',
    'Client has encountered a connection error and is not queryable',
    'Client was closed and is not queryable',
  ];
  for (const message of words) expect(codeOf(new Error(message)), message).toBe('house.database_away');
  for (const code of ['ENOSPC', 'EDQUOT', '53100']) expect(codeOf(coded(code)), code).toBe('house.disk_full');
  for (const code of ['57014', '53200', '40P01']) expect(codeOf(coded(code)), code).toBe('house.too_busy');
  const itself: Error = new Error('round');
  itself.cause = itself;
  for (const fault of [new Error('x'), coded('42703'), itself, null, 'Connection terminated']) {
    expect(codeOf(fault)).toBeNull();
  }
});

test('what is no JSON, too large, of another kind, or nowhere, has the same form', async () => {
  const send = (payload: string, type = 'application/json') =>
    house.http.inject({ method: 'POST', url: '/api/things', payload, headers: { 'content-type': type } });
  const codes = [
    await send('{"what"'),
    await send(JSON.stringify({ what: 'echo', words: 'x'.repeat(2_000) })),
    await send('what=echo', 'application/x-www-form-urlencoded'),
    await house.http.inject({ url: '/api/nowhere' }),
    await house.http.inject({ url: '/api/things/%zz' }),
  ].map((reply) => [reply.statusCode, reply.json().code, typeof reply.json().requestId]);
  expect(codes).toEqual([
    [400, 'request.invalid', 'string'],
    [413, 'request.too_large', 'string'],
    [415, 'request.unsupported_format', 'string'],
    [404, 'request.not_found', 'string'],
    [400, 'request.invalid', 'string'],
  ]);
});

test('what is no request at all has the same form, and the connection ends', async () => {
  const app = await openHttp({ log: openLog('silent'), authenticate: async () => null });
  const address = new URL(await app.listen({ host: '127.0.0.1', port: 0 }));
  const say = (words: string) =>
    new Promise<string>((resolve) => {
      let said = '';
      const socket = connect(Number(address.port), address.hostname, () => socket.write(words));
      socket.on('data', (chunk) => (said += chunk)).on('close', () => resolve(said));
    });

  const long = await say(`GET /?${'x'.repeat(20_000)} HTTP/1.1\r\nhost: x\r\n\r\n`);
  const wrong = await say('hello\r\n\r\n');
  await app.close();

  expect(long).toMatch(/^HTTP\/1.1 431 [\s\S]*"code":"request.invalid"[\s\S]*too long[\s\S]*"requestId":"/);
  expect(wrong).toMatch(/^HTTP\/1.1 400 [\s\S]*"code":"request.invalid"/);
});

test('bytes arrive as a stream, whatever they claim to be', async () => {
  const ana = house.as('viewer');
  for (const type of ['application/json', 'text/csv', 'application/zip']) {
    const reply = await ana.send({
      method: 'POST',
      url: '/api/things/bytes',
      payload: '{"a":',
      headers: { 'content-type': type },
    });
    expect([reply.status, reply.body], type).toEqual([200, { bytes: 5 }]);
  }
});

test('a route that does not declare its right is not registered', async () => {
  const app = await openHttp({ log: openLog('silent'), authenticate: async () => null });
  expect(() => app.get('/api/open-door', async () => ({}))).toThrow('does not declare its right');
  await app.close();
});

test('every answer carries the security headers, also a refusal', async () => {
  for (const url of ['/healthz', '/api/nowhere', '/%', `/api/things/${ID}`]) {
    const { headers } = await house.http.inject({ url });
    expect(headers['content-security-policy'], url).toContain("frame-ancestors 'none'");
    expect(headers['x-content-type-options']).toBe('nosniff');
    expect(headers['referrer-policy']).toBe('no-referrer');
  }
});

test('monitors see life, readiness, numbers and the description of the API', async () => {
  const get = async (url: string) => (await house.http.inject({ url })).json();
  expect(await get('/healthz')).toEqual({ alive: true });
  expect(await get('/readyz')).toEqual({ ready: true, remarks: [] });
  const { openapi, paths } = await get('/api/openapi.json');
  expect(openapi).toBe('3.1.0');
  expect(Object.keys(paths)).toEqual(expect.arrayContaining(['/api/things/{id}', '/api/things/bytes']));
  const metrics = (await house.http.inject({ url: '/metrics' })).payload;
  expect(metrics).toContain('groundswell_http_seconds_count{method="GET",route="/api/things/:id",status="200"}');
});

test('a database that was not prepared for search is ready, with a remark', async () => {
  const root = house.urlFor('superuser');
  await withClient(root, (client) => client.query('alter function jsonb_contains(jsonb, jsonb) not leakproof'));
  const { ready, remarks } = (await house.http.inject({ url: '/readyz' })).json();
  expect([ready, remarks[0]]).toEqual([true, expect.stringContaining('search unindexed')]);
});

test('the page answers for every screen, its assets for ever, and the API stays itself', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'groundswell-web-'));
  mkdirSync(join(folder, 'assets'));
  writeFileSync(join(folder, 'index.html'), '<h1>page</h1>');
  writeFileSync(join(folder, 'assets', 'app-1a2b.js'), 'plain');
  writeFileSync(join(folder, 'assets', 'app-1a2b.js.gz'), 'packed');
  const app = await openHttp({ log: openLog('silent'), authenticate: async () => null });
  await webFiles(app, folder);
  const get = async (url: string, headers = {}) => {
    const { statusCode, payload, headers: got } = await app.inject({ url, headers });
    return [statusCode, payload, got['cache-control']];
  };

  expect(await get('/')).toEqual([200, '<h1>page</h1>', 'no-cache']);
  expect(await get('/issues/7?tab=a')).toEqual([200, '<h1>page</h1>', 'no-cache']);
  expect(await get('/assets/app-1a2b.js')).toEqual([200, 'plain', expect.stringContaining('immutable')]);
  expect((await get('/assets/app-1a2b.js', { 'accept-encoding': 'gzip' }))[1]).toBe('packed');
  expect((await get('/assets/gone.js'))[0]).toBe(404);
  expect((await get('/../../etc/passwd.txt'))[0]).toBe(404);
  expect((await get('/%2e%2e/%2e%2e/etc/passwd.txt'))[0]).toBe(404);
  expect((await get('/api/nowhere'))[0]).toBe(404);
  expect((await get('/%E0%A4%A'))[0]).toBe(400);
  await app.close();
  rmSync(folder, { recursive: true });
});
