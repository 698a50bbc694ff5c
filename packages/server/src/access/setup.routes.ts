/** First run over HTTP. */
import { readSetup, setUp as setUpEndpoint } from '@groundswell/contract';
import type { App } from '../platform/http.ts';
import { route } from '../platform/route.ts';
import type { Tools } from '../platform/tools.ts';
import { readSecret, type Site, writeSecret } from './cookie.ts';
import { csrfOf } from './secret.ts';
import { meOf } from './session.ts';
import { linkState, setUp } from './setup.actions.ts';

export function setupRoutes(app: App, tools: Tools, site: Site): void {
  app.route({
    ...route(readSetup),
    handler: async ({ body }) => ({ state: await linkState(tools, body.token) }),
  });

  app.route({
    ...route(setUpEndpoint),
    async handler(request, reply) {
      const { secret, session } = await setUp(tools, { ...request.body, before: readSecret(request, site) });
      writeSecret(reply, site, secret);
      return meOf(session, csrfOf(secret));
    },
  });
}
