/** Saved views over HTTP. */
import * as endpoints from '@groundswell/contract';
import type { Actor } from '../access/index.ts';
import type { App } from '../platform/http.ts';
import { route } from '../platform/route.ts';
import type { Tools } from '../platform/tools.ts';
import { changeView, orderViews, removeView, restoreView, saveView, startView } from './view.actions.ts';
import { listViewsOf, type ShownView, teamsOf } from './view.store.ts';
import { type CountSignals, countFresh, seeView, watchView } from './watch.actions.ts';

export function viewRoutes(app: App, tools: Tools, count: CountSignals): void {
  const { db } = tools;
  app.route({
    ...route(endpoints.listViews),
    async handler({ actor, query }) {
      if (actor.kind !== 'person') return { views: [], teams: [] };
      const { views, teams } = await db.as(actor, async (reader) => ({
        views: await listViewsOf(reader, actor.id, query.kind),
        teams: await teamsOf(reader, actor.id),
      }));
      const fresh = await countFresh(tools, actor, views, count);
      return { views: views.map((one) => view(one, actor, fresh.get(one.id))), teams };
    },
  });
  app.route({
    ...route(endpoints.saveView),
    handler: async ({ actor, body }) => view(await saveView(tools, actor, body), actor),
  });
  app.route({
    ...route(endpoints.changeView),
    handler: async ({ actor, params, body }) => view(await changeView(tools, actor, params.id, body), actor),
  });
  app.route({
    ...route(endpoints.removeView),
    async handler({ actor, params }) {
      await removeView(tools, actor, params.id);
      return { id: params.id };
    },
  });
  app.route({
    ...route(endpoints.watchView),
    handler: async ({ actor, params, body }) => view(await watchView(tools, actor, params.id, body.above), actor),
  });
  app.route({
    ...route(endpoints.restoreView),
    handler: async ({ actor, params }) => view(await restoreView(tools, actor, params.id), actor),
  });
  app.route({
    ...route(endpoints.orderViews),
    handler: async ({ actor, body }) => ({
      views: (await orderViews(tools, actor, body)).map((one) => view(one, actor)),
    }),
  });
  app.route({
    ...route(endpoints.startView),
    handler: async ({ actor, params, body }) => view(await startView(tools, actor, params.id, body.starts), actor),
  });
  app.route({
    ...route(endpoints.seeView),
    handler: async ({ actor, params }) => view(await seeView(tools, actor, params.id), actor),
  });
}

const view = (one: ShownView, actor: Actor, fresh?: number): endpoints.SavedView => ({
  id: one.id,
  version: one.version,
  kind: one.kind,
  name: one.name,
  search: one.search,
  share: one.share,
  team: one.team,
  owner: { id: one.ownerId, name: one.owner },
  starts: one.starts,
  watch:
    one.above === null
      ? null
      : {
          above: one.above,
          toldAt: one.toldAt?.toISOString() ?? null,
          toldSignals: one.toldSignals,
          fresh: fresh ?? null,
        },
  can: [
    ...(one.ownerId === actor.id ? (['change'] as const) : []),
    ...(one.kind === 'signals' && actor.can.has('signal.read') ? (['watch'] as const) : []),
  ],
});
