/** Searching everything over HTTP. */
import { searchAll } from '@groundswell/contract';
import type { App } from '../platform/http.ts';
import { route } from '../platform/route.ts';
import type { Slice } from '../platform/slice.ts';
import type { Tools } from '../platform/tools.ts';
import type { Above } from '../signals/index.ts';
import { searchEverything } from './search.actions.ts';

function searchRoutes(app: App, { db, clock }: Tools, above: Above): void {
  app.route({
    ...route(searchAll),
    handler: ({ actor, query }) =>
      db.as(actor, (reader) => searchEverything(reader, actor, { ...query, now: clock.now() }, above)),
  });
}

/** What searching gives to the house, and what it asks of the slices that know topics, issues and copies. */
export const searchSlice = (above: Above): Slice => ({
  name: 'search',
  routes: (app, tools) => searchRoutes(app, tools, above),
});
