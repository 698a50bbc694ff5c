/** Connectors over HTTP. */
import * as endpoints from '@groundswell/contract';
import type { Actor } from '../access/index.ts';
import type { App } from '../platform/http.ts';
import { route } from '../platform/route.ts';
import type { Tools } from '../platform/tools.ts';
import {
  backfillConnector,
  changeConnector,
  createConnector,
  pauseConnector,
  removeConnector,
  resumeConnector,
  runConnector,
} from './connector.actions.ts';
import { listConnectors } from './connector.store.ts';
import type { Connector } from './connector.ts';
import { mayManage, viewConnector } from './connector.view.ts';
import { tryConnector } from './connector-try.actions.ts';

export function connectorRoutes(app: App, tools: Tools): void {
  const view = (one: Connector, actor: Actor) => viewConnector(one, actor, tools.clock.now());

  app.route({
    ...route(endpoints.listConnectors),
    async handler({ actor }) {
      const all = await tools.db.as(actor, listConnectors);
      return { connectors: all.map((one) => view(one, actor)), can: mayManage(actor) ? ['create' as const] : [] };
    },
  });

  app.route({
    ...route(endpoints.createConnector),
    async handler({ actor, body }) {
      const { connector, secret } = await createConnector(tools, actor, body);
      return { connector: view(connector, actor), secret };
    },
  });

  app.route({
    ...route(endpoints.changeConnector),
    handler: async ({ actor, params, body }) => view(await changeConnector(tools, actor, params.id, body), actor),
  });

  app.route({
    ...route(endpoints.testConnector),
    handler: ({ actor, body }) => tryConnector(tools, actor, body),
  });

  app.route({
    ...route(endpoints.backfillConnector),
    handler: async ({ actor, params, body }) =>
      view(await backfillConnector(tools, actor, params.id, new Date(body.from)), actor),
  });

  for (const [endpoint, act] of ACTS) {
    app.route({
      ...route(endpoint),
      handler: async ({ actor, params }) => view(await act(tools, actor, params.id), actor),
    });
  }
}

const ACTS = [
  [endpoints.pauseConnector, pauseConnector],
  [endpoints.resumeConnector, resumeConnector],
  [endpoints.runConnector, runConnector],
  [endpoints.removeConnector, removeConnector],
] as const;
