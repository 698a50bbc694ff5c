/** Who else is here, over HTTP. */
import { readPresence, sayPresence } from '@groundswell/contract';
import type { App } from '../platform/http.ts';
import { route } from '../platform/route.ts';
import type { Tools } from '../platform/tools.ts';
import { readWhere, sayWhere } from './presence.actions.ts';

export function presenceRoutes(app: App, tools: Tools): void {
  app.route({
    ...route(readPresence),
    handler: ({ actor }) => readWhere(tools, actor),
  });
  app.route({
    ...route(sayPresence),
    handler: ({ actor, body }) => sayWhere(tools, actor, body),
  });
}
