/** Roles over HTTP. */
import {
  changeRole as changeEndpoint,
  listRoles as listEndpoint,
  makeRole as makeEndpoint,
  removeRole as removeEndpoint,
} from '@groundswell/contract';
import type { App } from '../platform/http.ts';
import { route } from '../platform/route.ts';
import type { Tools } from '../platform/tools.ts';
import { changeRole, makeRole, removeRole } from './role.actions.ts';
import { listRoles } from './role.store.ts';
import { viewRole } from './role.ts';

export function roleRoutes(app: App, tools: Tools): void {
  app.route({
    ...route(listEndpoint),
    async handler({ actor }) {
      const roles = await tools.db.as(actor, listRoles);
      return { roles: roles.map((role) => viewRole(role, actor.can)) };
    },
  });

  app.route({
    ...route(makeEndpoint),
    handler: async ({ actor, body }) => viewRole(await makeRole(tools, actor, body), actor.can),
  });

  app.route({
    ...route(changeEndpoint),
    handler: async ({ actor, params, body }) => viewRole(await changeRole(tools, actor, params.id, body), actor.can),
  });

  app.route({
    ...route(removeEndpoint),
    handler: async ({ actor, params, query }) => ({ moved: await removeRole(tools, actor, params.id, query.moveTo) }),
  });
}
