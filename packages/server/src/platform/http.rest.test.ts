import { Agent, type IncomingMessage, request } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { z } from 'zod';
import { type App, openHttp } from './http.ts';
import { openLog } from './log.ts';
import { route } from './route.ts';

let app: App;
const agent = new Agent({ keepAlive: true, maxSockets: 1 });
beforeAll(async () => {
  app = await openHttp({ log: openLog('silent'), authenticate: async () => null });
  app.route({
    ...route({ method: 'POST', path: '/api/files', right: 'anyone', body: 'bytes', reply: z.object({}) } as const),
    handler: async ({ body }) => {
      const chunks: AsyncIterator<Uint8Array> = body.iterator({ destroyOnReturn: false });
      await chunks.next(); // as an upload does whose database goes away in the middle
      throw Object.assign(new Error('connect'), { code: 'ECONNREFUSED' });
    },
  });
  app.get('/healthz', { config: { right: 'anyone' } }, async () => ({ alive: true }));
  await app.listen({ port: 0, host: '127.0.0.1' });
});
afterAll(async () => {
  agent.destroy();
  await app.close();
});

function ask(method: string, path: string, body = ''): Promise<number> {
  return new Promise((resolve, reject) => {
    const { port } = app.server.address() as AddressInfo;
    const headers = { 'content-type': 'application/octet-stream', 'content-length': String(Buffer.byteLength(body)) };
    const signal = AbortSignal.timeout(5_000);
    request({ port, host: '127.0.0.1', method, path, agent, headers, signal }, (answer: IncomingMessage) => {
      answer.resume().once('end', () => resolve(answer.statusCode!));
    })
      .once('error', reject)
      .end(body);
  });
}

test('who is answered in the middle of a file is answered again on the same connection', async () => {
  for (const megabytes of [1, 4, 1]) {
    expect(await ask('POST', '/api/files', 'x'.repeat(megabytes * 1024 * 1024))).toBe(503);
    expect(await ask('GET', '/healthz')).toBe(200);
  }
});
