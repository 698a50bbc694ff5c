/** Tokens over HTTP. */
import {
  listTokens as listEndpoint,
  makeToken as makeEndpoint,
  revokeToken as revokeEndpoint,
} from '@groundswell/contract';
import type { App } from '../platform/http.ts';
import { route } from '../platform/route.ts';
import type { Tools } from '../platform/tools.ts';
import { makeToken, revokeToken } from './token.actions.ts';
import { listTokens } from './token.store.ts';
import { viewToken } from './token.ts';

export function tokenRoutes(app: App, tools: Tools): void {
  app.route({
    ...route(listEndpoint),
    handler: async ({ actor }) => ({ tokens: (await tools.db.as(actor, listTokens)).map(viewToken) }),
  });

  app.route({
    ...route(makeEndpoint),
    async handler({ actor, body }) {
      const { token, kept } = await makeToken(tools, actor, body);
      return { token, view: viewToken(kept) };
    },
  });

  app.route({
    ...route(revokeEndpoint),
    handler: async ({ actor, params }) => viewToken(await revokeToken(tools, actor, params.id)),
  });
}
