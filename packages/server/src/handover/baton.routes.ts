/** Hand-over, over HTTP. */
import * as endpoints from '@groundswell/contract';
import type { Actor } from '../access/index.ts';
import { loadCase } from '../cases/index.ts';
import type { App } from '../platform/http.ts';
import { route } from '../platform/route.ts';
import type { Tools } from '../platform/tools.ts';
import { acceptBaton, changeBaton, draftBaton, dropBaton, sendBaton, takeBackBaton } from './baton.actions.ts';
import { batonsOf, openBatons } from './baton.store.ts';
import type { Baton } from './baton.ts';
import { firstThose, viewBatons } from './baton.view.ts';
import { shiftBoard } from './board.view.ts';

export function batonRoutes(app: App, tools: Tools): void {
  const { db, clock } = tools;
  const shown = async (actor: Actor, acted: Promise<Baton>): Promise<endpoints.BatonView> => {
    const baton = await acted;
    const [view] = await db.as(actor, (reader) => viewBatons(reader, actor, [baton], clock.now()));
    return view!;
  };
  app.route({
    ...route(endpoints.listBatons),
    handler: ({ actor }) =>
      db.as(actor, async (reader) => {
        const views = await viewBatons(reader, actor, await openBatons(reader, actor.id), clock.now());
        return { batons: firstThose(views) };
      }),
  });
  app.route({
    ...route(endpoints.readShiftBoard),
    handler: ({ actor }) => db.as(actor, (reader) => shiftBoard(reader, actor, clock.now())),
  });
  app.route({
    ...route(endpoints.listCaseBatons),
    handler: ({ actor, params }) =>
      db.as(actor, async (reader) => {
        const { id } = await loadCase(reader, params.id);
        return { batons: await viewBatons(reader, actor, await batonsOf(reader, id, actor.id), clock.now()) };
      }),
  });
  app.route({
    ...route(endpoints.draftBaton),
    handler: ({ actor, params }) => shown(actor, draftBaton(tools, actor, params.id)),
  });
  app.route({
    ...route(endpoints.changeBaton),
    handler: ({ actor, params, body }) => shown(actor, changeBaton(tools, actor, params.id, body)),
  });
  app.route({
    ...route(endpoints.sendBaton),
    handler: ({ actor, params, body }) => shown(actor, sendBaton(tools, actor, params.id, body.version)),
  });
  app.route({
    ...route(endpoints.takeBackBaton),
    handler: ({ actor, params, body }) => shown(actor, takeBackBaton(tools, actor, params.id, body.version)),
  });
  app.route({
    ...route(endpoints.dropBaton),
    handler: ({ actor, params, body }) => shown(actor, dropBaton(tools, actor, params.id, body.version)),
  });
  app.route({
    ...route(endpoints.acceptBaton),
    handler: ({ actor, params, body }) => shown(actor, acceptBaton(tools, actor, params.id, body)),
  });
}
