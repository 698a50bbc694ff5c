/** People over HTTP. */
import {
  changePerson as changeEndpoint,
  deactivatePerson as deactivateEndpoint,
  endSessionsOf as endSessionsEndpoint,
  listPeople as listEndpoint,
  reactivatePerson as reactivateEndpoint,
} from '@groundswell/contract';
import type { App } from '../platform/http.ts';
import { route } from '../platform/route.ts';
import type { Tools } from '../platform/tools.ts';
import { changePerson, deactivatePerson, endSessionsOf, reactivatePerson } from './person.actions.ts';
import { listCompartments, listPeople } from './person.store.ts';
import { viewPerson } from './person.ts';

export function personRoutes(app: App, tools: Tools): void {
  app.route({
    ...route(listEndpoint),
    handler: ({ actor }) =>
      tools.db.as(actor, async (db) => ({
        people: (await listPeople(db, tools.clock.now())).map((person) => viewPerson(person, actor)),
        compartments: await listCompartments(db),
      })),
  });

  app.route({
    ...route(changeEndpoint),
    handler: async ({ actor, params, body }) => viewPerson(await changePerson(tools, actor, params.id, body), actor),
  });

  app.route({
    ...route(deactivateEndpoint),
    handler: async ({ actor, params }) => viewPerson(await deactivatePerson(tools, actor, params.id), actor),
  });

  app.route({
    ...route(reactivateEndpoint),
    handler: async ({ actor, params }) => viewPerson(await reactivatePerson(tools, actor, params.id), actor),
  });

  app.route({
    ...route(endSessionsEndpoint),
    handler: async ({ actor, params }) => ({ ended: await endSessionsOf(tools, actor, params.id) }),
  });
}
