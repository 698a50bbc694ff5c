/** What the background gives to the house. */
import type { Slice } from '../platform/slice.ts';
import { activeUsersRoutes } from './active-users.routes.ts';
import { changeRoutes } from './change.routes.ts';

export const backgroundSlice: Slice = {
  name: 'background',
  routes(app, tools) {
    activeUsersRoutes(app, tools);
    changeRoutes(app, tools);
  },
};
