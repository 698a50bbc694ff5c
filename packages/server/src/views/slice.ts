/** What views give to the house. */

import { z } from 'zod';
import { defineJob } from '../platform/jobs.ts';
import type { Slice } from '../platform/slice.ts';
import { type CountSignals, lookAtWatches } from './view.actions.ts';
import { viewRoutes } from './view.routes.ts';

export const viewsSlice = (count: CountSignals): Slice => ({
  name: 'views',
  routes: viewRoutes,
  clockwork: [
    defineJob({
      name: 'views.watch',
      every: '*/5 * * * *',
      payload: z.object({}),
      run: (tools) => lookAtWatches(tools, count),
    }),
  ],
});
