/** The built web app: hashed assets for ever, the page itself never from a cache, and the page for every screen's address. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import fastifyStatic from '@fastify/static';
import type { App } from './http.ts';
import { notFound } from './http-errors.ts';

/** Serves `folder` if it has been built; otherwise the API stands alone. */
export async function webFiles(app: App, folder: string): Promise<void> {
  if (!existsSync(join(folder, 'index.html'))) return;
  await app.register(fastifyStatic, { root: folder, serve: false, preCompressed: true, cacheControl: false });
  app.get('/*', { config: { right: 'anyone' }, schema: { hide: true } }, async (request, reply) => {
    const path = decodeURIComponent(new URL(request.url, 'http://house').pathname).slice(1);
    if (path.startsWith('api/')) throw notFound(request.method, request.url);
    if (path.startsWith('assets/')) {
      reply.header('cache-control', 'public, max-age=31536000, immutable'); // the name holds a hash of the content
      return reply.sendFile(path);
    }
    reply.header('cache-control', 'no-cache');
    // A name with an ending is a file; everything else is a screen, which the page finds by itself.
    return reply.sendFile(/\.[a-z0-9]+$/i.test(path) ? path : 'index.html');
  });
}
