/** Sources over HTTP. */
import {
  changeSource as changeEndpoint,
  createSource as createEndpoint,
  listSources as listEndpoint,
  type SourceView,
} from '@groundswell/contract';
import type { Actor } from '../access/index.ts';
import type { Db } from '../platform/db.ts';
import type { App } from '../platform/http.ts';
import { route } from '../platform/route.ts';
import type { Tools } from '../platform/tools.ts';
import { redactionsBySource } from '../privacy/index.ts';
import { cappedNames } from './dictionary.list.store.ts';
import { changeSource, createSource } from './source.actions.ts';
import { listSources, type Source } from './source.store.ts';

export function sourceRoutes(app: App, tools: Tools): void {
  app.route({
    ...route(listEndpoint),
    handler: ({ actor }) =>
      tools.db.as(actor, async (db) => {
        const show = await viewer(db);
        return { sources: (await listSources(db)).map(show), can: openTo(actor) };
      }),
  });

  const shown = (actor: Actor, source: Source) => tools.db.as(actor, async (db) => (await viewer(db))(source));

  app.route({
    ...route(createEndpoint),
    handler: async ({ actor, body }) => shown(actor, await createSource(tools, actor, body)),
  });

  app.route({
    ...route(changeEndpoint),
    handler: async ({ actor, params, body }) => shown(actor, await changeSource(tools, actor, params.id, body)),
  });
}

/** With what was counted beside the sources. */
async function viewer(db: Db): Promise<(source: Source) => SourceView> {
  const [capped, redacted] = [await cappedNames(db), await redactionsBySource(db)];
  return (source) => ({
    ...source,
    regions: [...source.regions],
    redacted: redacted.get(source.id) ?? {},
    capped: [...(capped.get(source.id) ?? [])],
    createdAt: source.createdAt.toISOString(),
    lastReceivedAt: source.lastReceivedAt?.toISOString() ?? null,
    lastEventAt: source.lastEventAt?.toISOString() ?? null,
  });
}

function openTo(actor: Actor): ('create' | 'manage_tokens' | 'import')[] {
  const imports = actor.can.has('import.run');
  return [
    ...(imports ? (['create', 'import'] as const) : []),
    ...(actor.can.has('source.manage') ? (['manage_tokens'] as const) : []),
  ];
}
