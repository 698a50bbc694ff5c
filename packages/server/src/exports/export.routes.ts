/** Exports over HTTP. */
import { Readable } from 'node:stream';
import * as endpoints from '@groundswell/contract';
import type { FastifyReply } from 'fastify';
import type { App } from '../platform/http.ts';
import { route } from '../platform/route.ts';
import type { Tools } from '../platform/tools.ts';
import { downloadExport, exportNow, type Leaving, removeExport, startExport } from './export.actions.ts';
import { listOwn, loadExport } from './export.store.ts';
import { viewExport } from './export.ts';
import type { Listing } from './listing.ts';

export type ListingOf = (list: endpoints.ExportList) => Listing;

export function exportRoutes(app: App, tools: Tools, listings: readonly Listing[], listingOf: ListingOf): void {
  for (const listing of listings) {
    app.route({
      ...route(listing.endpoint),
      async handler({ actor, params, query }, reply) {
        const asked = { ...(params as object), ...(query as object) };
        return send(reply, await exportNow(tools, actor, listing, asked));
      },
    });
  }

  app.route({
    ...route(endpoints.startExport),
    handler: async ({ actor, body }) => viewExport(await startExport(tools, actor, listingOf(body.list), body)),
  });

  app.route({
    ...route(endpoints.listExports),
    async handler({ actor }) {
      const own = await tools.db.as(actor, (db) => listOwn(db, tools.clock.now()));
      return { exports: own.map(viewExport) };
    },
  });

  app.route({
    ...route(endpoints.readExport),
    handler: async ({ actor, params }) =>
      viewExport(await tools.db.as(actor, (db) => loadExport(db, params.id, tools.clock.now()))),
  });

  app.route({
    ...route(endpoints.downloadExport),
    handler: async ({ actor, params }, reply) => send(reply, await downloadExport(tools, actor, listingOf, params.id)),
  });

  app.route({
    ...route(endpoints.removeExport),
    handler: async ({ actor, params }) => ({ removed: await removeExport(tools, actor, params.id) }),
  });
}

const send = (reply: FastifyReply, { fileName, text }: Leaving) =>
  reply
    .type('text/csv; charset=utf-8')
    .header('content-disposition', `attachment; filename="${fileName}"`)
    .header('cache-control', 'no-store')
    .send(Readable.from(text, { objectMode: false }));
