/** The clocks of one case, over HTTP. */
import * as endpoints from '@groundswell/contract';
import type { App } from '../platform/http.ts';
import { route } from '../platform/route.ts';
import type { Tools } from '../platform/tools.ts';
import { loadCase } from './case.store.ts';

export function clockRoutes(app: App, { db, clock }: Tools): void {
  app.route({
    ...route(endpoints.readCaseClocks),
    handler: ({ actor, params }) =>
      db.as(actor, async (reader) => {
        await loadCase(reader, params.id);
        return { at: clock.now().toISOString(), clocks: [], can: [] };
      }),
  });
  app.route({
    ...route(endpoints.explainCaseClocks),
    handler: ({ actor, params }) =>
      db.as(actor, async (reader) => {
        await loadCase(reader, params.id);
        return { at: clock.now().toISOString(), clocks: [] };
      }),
  });
}
