/** Teams over HTTP. */
import {
  changeTeam as changeEndpoint,
  listTeams as listEndpoint,
  makeTeam as makeEndpoint,
  removeTeam as removeEndpoint,
} from '@groundswell/contract';
import type { App } from '../platform/http.ts';
import { route } from '../platform/route.ts';
import type { Tools } from '../platform/tools.ts';
import { changeTeam, makeTeam, removeTeam } from './team.actions.ts';
import { listTeams } from './team.store.ts';

export function teamRoutes(app: App, tools: Tools): void {
  app.route({ ...route(listEndpoint), handler: async ({ actor }) => ({ teams: await tools.db.as(actor, listTeams) }) });
  app.route({ ...route(makeEndpoint), handler: ({ actor, body }) => makeTeam(tools, actor, body) });
  app.route({
    ...route(changeEndpoint),
    handler: ({ actor, params, body }) => changeTeam(tools, actor, params.id, body),
  });
  app.route({
    ...route(removeEndpoint),
    handler: ({ actor, params }) => removeTeam(tools, actor, params.id).then(() => ({ removed: true })),
  });
}
