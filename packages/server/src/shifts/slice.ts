/** What shifts give to the house. */
import type { Slice } from '../platform/slice.ts';
import { rosterRoutes } from './roster.routes.ts';
import { shiftRoutes } from './shift.routes.ts';

export const shiftsSlice: Slice = {
  name: 'shifts',
  routes(app, tools) {
    rosterRoutes(app, tools);
    shiftRoutes(app, tools);
  },
};
