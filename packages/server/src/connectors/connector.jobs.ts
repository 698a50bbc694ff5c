/** Work on connectors that no person starts. A turn may be asked for twice, late, or beside itself: one of them goes on. */
import { z } from 'zod';
import { defineJob } from '../platform/jobs.ts';
import { TAKE_TURN } from './connector.actions.ts';
import { startTurns, takeTurn } from './connector-turn.actions.ts';
import { forgetCalls } from './webhook.actions.ts';

export const takeConnectorTurn = defineJob({
  name: TAKE_TURN,
  payload: z.object({ connectorId: z.uuid() }),
  run: (tools, { connectorId }) => takeTurn(tools, connectorId),
});

export const startConnectorTurns = defineJob({
  name: 'connectors.start_turns',
  every: '* * * * *',
  payload: z.object({}),
  run: (tools) => startTurns(tools),
});

export const forgetWebhookCalls = defineJob({
  name: 'connectors.forget_webhook_calls',
  every: '17 * * * *',
  payload: z.object({}),
  run: forgetCalls,
});
