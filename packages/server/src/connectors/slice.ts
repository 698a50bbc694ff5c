/** What connectors give to the house. */
import type { Slice } from '../platform/slice.ts';
import { forgetWebhookCalls, startConnectorTurns, takeConnectorTurn } from './connector.jobs.ts';
import { connectorRoutes } from './connector.routes.ts';
import { startTurns } from './connector-turn.actions.ts';
import { webhookRoutes } from './webhook.routes.ts';

export const connectorsSlice: Slice = {
  name: 'connectors',
  routes(app, tools) {
    connectorRoutes(app, tools);
    webhookRoutes(app, tools);
  },
  jobs: [takeConnectorTurn],
  clockwork: [startConnectorTurns, forgetWebhookCalls],
  resume: (tools, alone) => startTurns(tools, alone ? 0 : undefined),
};
