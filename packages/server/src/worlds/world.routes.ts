/** Worlds over HTTP. */
import * as endpoints from '@groundswell/contract';
import type { App } from '../platform/http.ts';
import { route } from '../platform/route.ts';
import type { Tools } from '../platform/tools.ts';
import { debrief } from './debrief.actions.ts';
import { noteDown, openNewWorld, removeWorld, steerDay, viewAll, viewOne } from './world.actions.ts';

export function worldRoutes(app: App, tools: Tools): void {
  app.route({
    ...route(endpoints.listWorlds),
    handler: async ({ actor }) => ({
      worlds: await viewAll(tools, actor),
      can: actor.can.has('world.open') ? (['open'] as const).slice() : [],
    }),
  });

  app.route({
    ...route(endpoints.openWorld),
    handler: async ({ actor, body }) => openNewWorld(tools, actor, body),
  });

  app.route({
    ...route(endpoints.readWorld),
    handler: async ({ actor, params }) => viewOne(tools, actor, params.number),
  });

  app.route({
    ...route(endpoints.steerWorld),
    handler: async ({ actor, params, body }) => steerDay(tools, actor, params.number, body),
  });

  app.route({
    ...route(endpoints.noteInWorld),
    handler: async ({ actor, params, body }) => ({
      at: (await noteDown(tools, actor, params.number, body.text)).toISOString(),
    }),
  });

  app.route({
    ...route(endpoints.removeWorld),
    async handler({ actor, params }) {
      await removeWorld(tools, actor, params.number);
      return { number: params.number };
    },
  });

  app.route({
    ...route(endpoints.readDebrief),
    handler: async ({ actor, params }) => debrief(tools, actor, params.number),
  });
}
