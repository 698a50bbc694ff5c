/** What access gives to the house. */
import type { Slice } from '../platform/slice.ts';
import type { Site } from './cookie.ts';
import { linkRoutes } from './link.routes.ts';
import { roleRoutes } from './role.routes.ts';
import { sessionRoutes } from './session.routes.ts';
import { setupRoutes } from './setup.routes.ts';
import { tokenRoutes } from './token.routes.ts';

export const accessSlice = (site: Site): Slice => ({
  name: 'access',
  routes(app, tools) {
    sessionRoutes(app, tools, site);
    setupRoutes(app, tools, site);
    tokenRoutes(app, tools);
    roleRoutes(app, tools);
    linkRoutes(app, tools, site);
  },
});
