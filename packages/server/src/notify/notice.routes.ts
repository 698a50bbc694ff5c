/** Notices over HTTP. */
import * as endpoints from '@groundswell/contract';
import type { App } from '../platform/http.ts';
import { route } from '../platform/route.ts';
import type { Tools } from '../platform/tools.ts';
import { markAllRead, markRead, myNotices, myUnread } from './notice.actions.ts';
import { placeWord, readPlaceWord, viewNotice } from './notice.ts';

export function noticeRoutes(app: App, tools: Tools): void {
  app.route({
    ...route(endpoints.listNotices),
    async handler({ actor, query: { unread, after } }) {
      const place = after === undefined ? null : readPlaceWord(after);
      if (after !== undefined && !place) {
        throw new endpoints.Refusal('request.invalid', 'There is no such page of notices. Begin again with the first.');
      }
      const page = await myNotices(tools, actor, { unread, after: place });
      return {
        notices: page.notices.map(viewNotice),
        unread: page.unread,
        next: page.next && placeWord(page.next),
      };
    },
  });
  app.route({
    ...route(endpoints.countNotices),
    handler: async ({ actor }) => ({ unread: await myUnread(tools, actor) }),
  });
  app.route({
    ...route(endpoints.readNotice),
    handler: async ({ actor, params, body }) => viewNotice(await markRead(tools, actor, params.id, body.read)),
  });
  app.route({
    ...route(endpoints.readNotices),
    handler: async ({ actor, body }) => ({ read: await markAllRead(tools, actor, new Date(body.until)) }),
  });
}
