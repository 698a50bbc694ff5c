/** Active users over HTTP. */
import {
  readActiveUsers as readEndpoint,
  sendActiveUsers as sendEndpoint,
  uploadActiveUsers as uploadEndpoint,
} from '@groundswell/contract';
import type { App } from '../platform/http.ts';
import { route } from '../platform/route.ts';
import type { Tools } from '../platform/tools.ts';
import { takeActiveUsers, takeActiveUsersFile } from './active-users.actions.ts';
import { countDays, listCuts } from './active-users.store.ts';
import { cutFor, seriesOf } from './active-users.ts';

export function activeUsersRoutes(app: App, tools: Tools): void {
  app.route({
    ...route(sendEndpoint),
    handler: ({ actor, query, body }) =>
      takeActiveUsers(
        tools,
        actor,
        query.compartment,
        body.map((value, i) => ({ row: i + 1, value })),
      ),
  });

  app.route({
    ...route(uploadEndpoint),
    handler: ({ actor, query, body }) => takeActiveUsersFile(tools, actor, query, body),
  });

  app.route({
    ...route(readEndpoint),
    handler: ({ actor, query }) =>
      tools.db.as(actor, async (db) => {
        const cuts = await listCuts(db, query);
        const cut = cutFor(cuts, query.by);
        const series = cut ? seriesOf(await countDays(db, { ...query, names: cut.names })) : [];
        return {
          cuts: cuts.map((one) => ({ ...one, names: [...one.names] })),
          cut: cut && { names: [...cut.names], summed: cut.summed },
          series,
          can: actor.can.has('background.send') ? (['send'] as const).slice() : [],
        };
      }),
  });
}
