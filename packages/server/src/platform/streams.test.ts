/** A request that dawdles is cut off; a stream may take its time, for whoever may send one. */
import { type AddressInfo, connect, type Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Endpoint } from '@groundswell/contract';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { z } from 'zod';
import { openHouse, type TestHouse } from '../../test/house.ts';
import type { App } from './http.ts';
import { route } from './route.ts';

const reply = z.object({ bytes: z.int() });
const small = { method: 'POST', path: '/api/small', right: 'anyone', body: z.unknown(), reply } as const;
const stream = { method: 'POST', path: '/api/stream', right: 'signed_in', body: 'bytes', reply } as const;

function routes(app: App): void {
  app.route({ ...route(small satisfies Endpoint), handler: async () => ({ bytes: 0 }) });
  app.route({
    ...route(stream satisfies Endpoint),
    handler: async ({ body }) => {
      let bytes = 0;
      for await (const chunk of body) bytes += (chunk as Buffer).length;
      return { bytes };
    },
  });
}

const LIMIT_MS = 300;
let house: TestHouse;
let port: number;
beforeAll(async () => {
  house = await openHouse({
    slices: [{ name: 'test', routes }],
    authenticate: () => async (request) =>
      request.headers.cookie ? { id: 'ana', name: 'Ana', compartments: ['open'], can: new Set() } : null,
  });
  const server = house.http.server as typeof house.http.server & { connectionsCheckingInterval: number };
  expect(server.requestTimeout).toBe(300_000);
  Object.assign(server, { requestTimeout: LIMIT_MS, headersTimeout: LIMIT_MS, connectionsCheckingInterval: 50 });
  await house.http.listen({ port: 0, host: '127.0.0.1' });
  port = (server.address() as AddressInfo).port;
});
afterAll(() => house.close());

/** Ten bytes, one every 100 ms: three times as long as a request may take. */
async function dawdle(path: string, cookie: string): Promise<string> {
  const socket: Socket = connect(port, '127.0.0.1');
  let said = '';
  socket.setEncoding('utf8').on('data', (text) => (said += text));
  socket.on('error', () => {});
  const closed = new Promise((resolve) => socket.once('close', resolve));
  socket.write(
    `POST ${path} HTTP/1.1\r\nhost: x\r\ncookie: ${cookie}\r\ncontent-type: application/json\r\ncontent-length: 10\r\nconnection: close\r\n\r\n`,
  );
  for (let i = 0; i < 10 && !socket.destroyed; i++) {
    socket.write('1');
    await sleep(100);
  }
  await closed;
  return said;
}

test('a body that dawdles is cut off in words', async () => {
  expect(await dawdle('/api/small', 'ana')).toMatch(/^HTTP\/1.1 408 .*did not arrive in time/s);
});

test('a stream may dawdle', async () => {
  expect(await dawdle('/api/stream', 'ana')).toMatch(/^HTTP\/1.1 200 .*{"bytes":10}/s);
});

test('a stream of somebody who may not send one is cut off like any other request', async () => {
  const began = performance.now();
  expect(await dawdle('/api/stream', '')).toMatch(/^HTTP\/1.1 401 /);
  expect(performance.now() - began).toBeLessThan(900);
});
