/** A comment over HTTP, by its id alone. */
import { findComment } from '@groundswell/contract';
import type { App } from '../platform/http.ts';
import { route } from '../platform/route.ts';
import type { Tools } from '../platform/tools.ts';
import { loadCommentPlace } from './comment-place.store.ts';

export function commentPlaceRoutes(app: App, { db }: Tools): void {
  app.route({
    ...route(findComment),
    handler: ({ actor, params }) => db.as(actor, (reader) => loadCommentPlace(reader, params.id)),
  });
}
