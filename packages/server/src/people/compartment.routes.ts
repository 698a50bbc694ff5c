/** Compartments over HTTP. */
import {
  changeCompartment as changeEndpoint,
  listCompartments as listEndpoint,
  makeCompartment as makeEndpoint,
} from '@groundswell/contract';
import type { App } from '../platform/http.ts';
import { route } from '../platform/route.ts';
import type { Tools } from '../platform/tools.ts';
import { changeCompartment, makeCompartment } from './compartment.actions.ts';
import { listCompartments } from './compartment.store.ts';
import { viewCompartment } from './compartment.ts';

export function compartmentRoutes(app: App, tools: Tools): void {
  app.route({
    ...route(listEndpoint),
    handler: async ({ actor }) => ({
      compartments: (await tools.db.as(actor, listCompartments)).map(viewCompartment),
    }),
  });
  app.route({
    ...route(makeEndpoint),
    handler: async ({ actor, body }) => viewCompartment(await makeCompartment(tools, actor, body)),
  });
  app.route({
    ...route(changeEndpoint),
    handler: async ({ actor, params, body }) =>
      viewCompartment(await changeCompartment(tools, actor, params.compartment, body)),
  });
}
