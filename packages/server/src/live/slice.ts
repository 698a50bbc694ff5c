/** What live gives to the house. */
import type { Site } from '../access/index.ts';
import type { Slice } from '../platform/slice.ts';
import { liveRoutes } from './live.routes.ts';
import { forgetLooks } from './presence.jobs.ts';
import { presenceRoutes } from './presence.routes.ts';
import { PATIENCE, type Patience } from './switchboard.ts';

export const liveSlice = (site: Site, patience: Partial<Patience> = {}): Slice => ({
  name: 'live',
  routes(app, tools, bell) {
    liveRoutes(app, tools, bell, site, { ...PATIENCE, ...patience });
    presenceRoutes(app, tools);
  },
  clockwork: [forgetLooks],
});
