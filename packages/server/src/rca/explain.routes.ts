/** Explanations over HTTP. */
import { explainSignals } from '@groundswell/contract';
import type { App } from '../platform/http.ts';
import { route } from '../platform/route.ts';
import type { Tools } from '../platform/tools.ts';
import type { Above } from '../signals/index.ts';
import { explainSelection } from './explain.actions.ts';
import type { Explain } from './explain.thread.ts';

export function explainRoutes(app: App, tools: Tools, room: { above: Above; explain: Explain }): void {
  app.route({
    ...route(explainSignals),
    handler: ({ actor, query }) => explainSelection(tools, actor, query, room),
  });
}
