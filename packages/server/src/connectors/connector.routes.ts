/** Connectors over HTTP. */
import * as endpoints from '@groundswell/contract';
import { type ConnectorView, isWebhook } from '@groundswell/contract';
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
import { type Connector, lagOf, openMoves, stateOf } from './connector.ts';
import { tryConnector } from './connector-try.actions.ts';

export function connectorRoutes(app: App, tools: Tools): void {
  const view = (one: Connector, actor: Actor) => viewOf(one, actor, tools.clock.now());

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

const mayManage = (actor: Actor): boolean => actor.can.has('source.manage');
const said = (at: Date | null): string | null => at?.toISOString() ?? null;

function viewOf(one: Connector, actor: Actor, now: Date): ConnectorView {
  const { id, sourceId, sourceName, kind, everyMinutes, added, refused, lastRefused } = one;
  const isOver = one.pausedAt !== null || one.removedAt !== null;
  const nextTurnAt = isOver ? null : said(one.dueAt);
  return {
    ...{ id, sourceId, sourceName, kind, everyMinutes, added, refused, lastRefused, nextTurnAt },
    state: stateOf(one),
    settings: { ...one.settings } as ConnectorView['settings'],
    secrets: [...one.secretNames],
    webhookPath: isWebhook(kind) ? `/api/webhooks/${id}` : null,
    lastTurnAt: said(one.lastTurnAt),
    lastRowAt: said(one.lastRowAt),
    lastEventAt: said(one.lastEventAt),
    lagMs: lagOf(one, now),
    problem:
      one.problem === null
        ? null
        : { at: one.problemAt!.toISOString(), words: one.problem, tries: one.tries, retryAt: nextTurnAt },
    backfill: one.backfillFrom && {
      from: one.backfillFrom.toISOString(),
      reached: said(one.backfillReached),
      finishedAt: said(one.backfillFinishedAt),
    },
    can: mayManage(actor) ? openMoves(one) : [],
  };
}
