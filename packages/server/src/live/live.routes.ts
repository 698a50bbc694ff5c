/** The stream over HTTP. */
import { listenLive, Refusal } from '@groundswell/contract';
import type { Site } from '../access/index.ts';
import { sessionStill } from '../access/index.ts';
import type { Bell } from '../platform/follow.ts';
import type { App } from '../platform/http.ts';
import { route } from '../platform/route.ts';
import type { Tools } from '../platform/tools.ts';
import { type Patience, Switchboard } from './switchboard.ts';

export function liveRoutes(app: App, tools: Tools, bell: Bell, site: Site, patience: Patience): void {
  const board = new Switchboard({ tools, bell, log: app.log }, sessionStill(tools, site), patience);
  app.addHook('preClose', () => board.close());

  app.route({
    ...route(listenLive),
    async handler(request, reply) {
      const { accept = '' } = request.headers;
      if (!accept.includes('text/event-stream')) {
        throw new Refusal(
          'request.invalid',
          'This address never stops answering. Ask for it with the header "accept: text/event-stream".',
        );
      }
      const last = request.headers['last-event-id'];
      const after = typeof last === 'string' && last !== '' ? last : request.query.after;
      await board.join(request, reply, after);
    },
  });
}
