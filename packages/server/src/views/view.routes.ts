/** Saved views over HTTP. */
import * as endpoints from '@groundswell/contract';
import type { Actor } from '../access/index.ts';
import type { App } from '../platform/http.ts';
import { route } from '../platform/route.ts';
import type { Tools } from '../platform/tools.ts';
import { changeView, removeView, saveView, watchView } from './view.actions.ts';
import { listViewsOf, type ShownView, teamsOf } from './view.store.ts';

export function viewRoutes(app: App, tools: Tools): void {
  const { db } = tools;
  app.route({
    ...route(endpoints.listViews),
    handler: ({ actor, query }) =>
      db.as(actor, async (reader) => {
        if (actor.kind !== 'person') return { views: [], teams: [] };
        const views = await listViewsOf(reader, actor.id, query.kind);
        const teams = await teamsOf(reader, actor.id);
        return { views: views.map((one) => view(one, actor)), teams: teams.map(({ id, name }) => ({ id, name })) };
      }),
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
}

const view = (one: ShownView, actor: Actor): endpoints.SavedView => ({
  id: one.id,
  version: one.version,
  kind: one.kind,
  name: one.name,
  search: one.search,
  share: one.share,
  team: one.team,
  owner: { id: one.ownerId, name: one.owner },
  watch:
    one.above === null
      ? null
      : { above: one.above, toldAt: one.toldAt?.toISOString() ?? null, toldSignals: one.toldSignals },
  can: [
    ...(one.ownerId === actor.id ? (['change'] as const) : []),
    ...(one.kind === 'signals' && actor.can.has('signal.read') ? (['watch'] as const) : []),
  ],
});
