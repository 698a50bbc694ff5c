/** First run over HTTP. */
import { readSetup, setUp as setUpEndpoint } from '@groundswell/contract';
import type { App } from '../platform/http.ts';
import { route } from '../platform/route.ts';
import type { Tools } from '../platform/tools.ts';
import type { Site } from './cookie.ts';
import { visitorOf, welcome } from './door.ts';
import { linkState, setUp } from './setup.actions.ts';

export function setupRoutes(app: App, tools: Tools, site: Site): void {
  app.route({
    ...route(readSetup),
    handler: async ({ body }) => ({ state: await linkState(tools, body.token) }),
  });

  app.route({
    ...route(setUpEndpoint),
    async handler(request, reply) {
      return welcome(reply, site, await setUp(tools, { ...request.body, visitor: visitorOf(request, site) }));
    },
  });
}
