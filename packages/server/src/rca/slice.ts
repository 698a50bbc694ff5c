/** What explanations give to the house. */
import type { Slice } from '../platform/slice.ts';
import type { Above } from '../signals/index.ts';
import { explainRoutes } from './explain.routes.ts';
import { explainIn } from './explain.thread.ts';
import { explainSurge } from './issue.jobs.ts';

/** `entry` is the file that runs in the thread. */
export function rcaSlice(above: Above, entry: URL): Slice {
  const room = { above, explain: explainIn(entry) };
  return {
    name: 'rca',
    routes: (app, tools) => explainRoutes(app, tools, room),
    jobs: [explainSurge(room)],
  };
}
