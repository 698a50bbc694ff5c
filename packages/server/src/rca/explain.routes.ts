/** Explanations over HTTP. */
import { explainSignals, readIssueExplanation } from '@groundswell/contract';
import type { App } from '../platform/http.ts';
import { route } from '../platform/route.ts';
import type { Tools } from '../platform/tools.ts';
import { explainSelection, type Room } from './explain.actions.ts';
import { readExplanation } from './issue.actions.ts';

export function explainRoutes(app: App, tools: Tools, room: Room): void {
  app.route({
    ...route(explainSignals),
    handler: ({ actor, query }) => explainSelection(tools, actor, query, room),
  });

  app.route({
    ...route(readIssueExplanation),
    handler: ({ actor, params }) => readExplanation(tools, actor, params.id, room),
  });
}
