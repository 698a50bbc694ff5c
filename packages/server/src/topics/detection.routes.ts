/** Detection settings over HTTP. */
import { changeDetection as changeEndpoint, readDetection as readEndpoint } from '@groundswell/contract';
import type { App } from '../platform/http.ts';
import { route } from '../platform/route.ts';
import type { Tools } from '../platform/tools.ts';
import { type CountDismissed, changeDetection, readDetection } from './detection.actions.ts';

export function detectionRoutes(app: App, tools: Tools, countDismissed: CountDismissed): void {
  app.route({
    ...route(readEndpoint),
    handler: async ({ actor }) => ({ streams: await readDetection(tools, actor, countDismissed) }),
  });

  app.route({
    ...route(changeEndpoint),
    async handler({ actor, params, body }) {
      await changeDetection(tools, actor, params.compartment, body.falseAlertsPerWeek);
      const streams = await readDetection(tools, actor, countDismissed);
      return streams.find(({ compartment }) => compartment === params.compartment)!;
    },
  });
}
