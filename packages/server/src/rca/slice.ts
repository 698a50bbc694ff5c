/** What explanations give to the house. */
import type { Slice } from '../platform/slice.ts';
import type { Above } from '../signals/index.ts';
import { explainRoutes } from './explain.routes.ts';
import { explainIn } from './explain.thread.ts';

/** `entry` is the file that runs in the thread. */
export const rcaSlice = (above: Above, entry: URL): Slice => ({
  name: 'rca',
  routes: (app, tools) => explainRoutes(app, tools, { above, explain: explainIn(entry) }),
});
