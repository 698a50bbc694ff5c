/** What views give to the house. */

import { z } from 'zod';
import { defineJob } from '../platform/jobs.ts';
import type { Slice } from '../platform/slice.ts';
import { viewRoutes } from './view.routes.ts';
import { type CountSignals, lookAtWatches } from './watch.actions.ts';

export const viewsSlice = (count: CountSignals): Slice => ({
  name: 'views',
  routes: (app, tools) => viewRoutes(app, tools, count),
  clockwork: [
    defineJob({
      name: 'views.watch',
      every: '*/5 * * * *',
      payload: z.object({}),
      run: (tools) => lookAtWatches(tools, count),
    }),
  ],
});
