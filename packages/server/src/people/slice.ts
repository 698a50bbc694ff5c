/** What people gives to the house. */
import type { Site } from '../access/index.ts';
import type { Slice } from '../platform/slice.ts';
import { compartmentRoutes } from './compartment.routes.ts';
import { invitationRoutes } from './invitation.routes.ts';
import { personRoutes } from './person.routes.ts';
import { teamRoutes } from './team.routes.ts';

export const peopleSlice = (site: Site): Slice => ({
  name: 'people',
  routes(app, tools) {
    personRoutes(app, tools);
    invitationRoutes(app, tools, site);
    teamRoutes(app, tools);
    compartmentRoutes(app, tools);
  },
});
