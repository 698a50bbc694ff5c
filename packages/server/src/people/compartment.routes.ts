/** Compartments over HTTP. */
import {
  changeCompartment as changeEndpoint,
  readHeld as heldEndpoint,
  listCompartments as listEndpoint,
  makeCompartment as makeEndpoint,
  removeCompartment as removeEndpoint,
  sendAway as sendAwayEndpoint,
} from '@groundswell/contract';
import type { App } from '../platform/http.ts';
import { route } from '../platform/route.ts';
import type { Tools } from '../platform/tools.ts';
import { changeCompartment, makeCompartment, readHeld, removeCompartment, sendAway } from './compartment.actions.ts';
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
  app.route({
    ...route(heldEndpoint),
    handler: async ({ actor, params }) => ({ holds: await readHeld(tools, actor, params.compartment) }),
  });
  app.route({
    ...route(removeEndpoint),
    async handler({ actor, params, query }) {
      await removeCompartment(tools, actor, params.compartment, query.version);
      return { removed: true };
    },
  });
  app.route({
    ...route(sendAwayEndpoint),
    handler: async ({ actor, params }) => viewCompartment(await sendAway(tools, actor, params.compartment, params.id)),
  });
}
