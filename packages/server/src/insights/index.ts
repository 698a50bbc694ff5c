/** The door of insights. Home is the first of them. */
import type { Slice } from '../platform/slice.ts';
import { homeRoutes } from './home.routes.ts';

export const insightsSlice: Slice = { name: 'insights', routes: homeRoutes };
