/** Where other systems call. Nobody is signed in here: the signature over the body is the right. */
import { receiveWebhook } from '@groundswell/contract';
import type { App } from '../platform/http.ts';
import { route } from '../platform/route.ts';
import type { Tools } from '../platform/tools.ts';
import { receiveCall } from './webhook.actions.ts';
import { openUnsignedCalls } from './webhook-limit.ts';

export function webhookRoutes(app: App, tools: Tools): void {
  const unsigned = openUnsignedCalls();

  app.route({
    ...route(receiveWebhook),
    handler: ({ params, body, headers, ip }) =>
      receiveCall(tools, unsigned, { connectorId: params.id, headers: oneOfEach(headers), body, address: ip }),
  });
}

/** A header that came twice is as good as none. */
const oneOfEach = (headers: Readonly<Record<string, string | string[] | undefined>>) =>
  Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [name, Array.isArray(value) ? undefined : value] as const),
  );
