/** What worlds give to the house. */
import type { Slice } from '../platform/slice.ts';
import { removeWorldJob, runWorld, takeUp } from './world.jobs.ts';
import { worldRoutes } from './world.routes.ts';
import { takeUpWorlds } from './world-run.actions.ts';

export const worldsSlice: Slice = {
  name: 'worlds',
  routes: worldRoutes,
  jobs: [runWorld, removeWorldJob],
  clockwork: [takeUp],
  resume: takeUpWorlds,
};
