/** Links and passwords over HTTP. */
import {
  changeMyPassword,
  makeResetLink as makeEndpoint,
  readLink,
  resetPassword as resetEndpoint,
} from '@groundswell/contract';
import type { App } from '../platform/http.ts';
import { route } from '../platform/route.ts';
import type { Tools } from '../platform/tools.ts';
import type { Site } from './cookie.ts';
import { visitorOf, welcome } from './door.ts';
import { lookAtLink } from './link.actions.ts';
import { changeOwnPassword, makeResetLink, resetPassword } from './password.actions.ts';

export function linkRoutes(app: App, tools: Tools, site: Site): void {
  app.route({ ...route(readLink), handler: ({ body }) => lookAtLink(tools, body.token) });

  app.route({
    ...route(makeEndpoint),
    handler: ({ actor, params }) => makeResetLink(tools, actor, params.id),
  });

  app.route({
    ...route(resetEndpoint),
    async handler(request, reply) {
      const asked = { ...request.body, visitor: visitorOf(request, site) };
      return welcome(reply, site, await resetPassword(tools, asked));
    },
  });

  app.route({
    ...route(changeMyPassword),
    handler: async ({ actor, body }) => ({ ended: await changeOwnPassword(tools, actor, body) }),
  });
}
