/** Impact and severity over HTTP. */
import * as endpoints from '@groundswell/contract';
import type { App } from '../platform/http.ts';
import { route } from '../platform/route.ts';
import type { Tools } from '../platform/tools.ts';
import { changeRules, readImpact, sayCohort, sayHarm, saySeverity } from './impact.actions.ts';
import { loadRules } from './impact.store.ts';
import { previewRules } from './severity.view.ts';

export function impactRoutes(app: App, tools: Tools): void {
  app.route({
    ...route(endpoints.readImpact),
    handler: ({ actor, params }) => readImpact(tools, actor, params.id),
  });
  app.route({
    ...route(endpoints.saySeverity),
    handler: ({ actor, params, body }) =>
      saySeverity(tools, actor, { ref: params.id, version: body.version }, body.said),
  });
  app.route({
    ...route(endpoints.sayHarm),
    handler: ({ actor, params, body }) => sayHarm(tools, actor, { ref: params.id, version: body.version }, body.harm),
  });
  app.route({
    ...route(endpoints.sayCohort),
    handler: ({ actor, params, body }) =>
      sayCohort(tools, actor, { ref: params.id, version: body.version }, body.cohort),
  });
  app.route({
    ...route(endpoints.readSeverityRules),
    handler: async ({ actor }) => ({ ...(await tools.db.as(actor, loadRules)), can: mayChange(actor.can) }),
  });
  app.route({
    ...route(endpoints.previewSeverityRules),
    handler: ({ actor, body }) => tools.db.as(actor, (reader) => previewRules(reader, body.rules, tools.clock.now())),
  });
  app.route({
    ...route(endpoints.changeSeverityRules),
    handler: async ({ actor, body }) => ({ ...(await changeRules(tools, actor, body)), can: mayChange(actor.can) }),
  });
}

const mayChange = (can: ReadonlySet<string>): 'change'[] => (can.has('engine.configure') ? ['change'] : []);
