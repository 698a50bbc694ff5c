/** Sources over HTTP. */
import { createSource as createEndpoint, listSources as listEndpoint, type SourceView } from '@groundswell/contract';
import type { Actor } from '../access/index.ts';
import type { App } from '../platform/http.ts';
import { route } from '../platform/route.ts';
import type { Tools } from '../platform/tools.ts';
import { cappedNames } from './dictionary.list.store.ts';
import { createSource } from './source.actions.ts';
import { listSources, type Source } from './source.store.ts';

export function sourceRoutes(app: App, tools: Tools): void {
  app.route({
    ...route(listEndpoint),
    async handler({ actor }) {
      const [sources, capped] = await tools.db.as(actor, async (db) => [await listSources(db), await cappedNames(db)]);
      return { sources: sources.map((source) => view(source, capped.get(source.id))), can: openTo(actor) };
    },
  });

  app.route({
    ...route(createEndpoint),
    handler: async ({ actor, body }) => view(await createSource(tools, actor, body)),
  });
}

const view = (source: Source, capped: readonly string[] = []): SourceView => ({
  ...source,
  regions: [...source.regions],
  redacted: {},
  capped: [...capped],
  savedMapping: null,
  createdAt: source.createdAt.toISOString(),
  lastReceivedAt: source.lastReceivedAt?.toISOString() ?? null,
  lastEventAt: source.lastEventAt?.toISOString() ?? null,
});

function openTo(actor: Actor): ('create' | 'manage_tokens' | 'import')[] {
  const imports = actor.can.has('import.run');
  return [
    ...(imports ? (['create', 'import'] as const) : []),
    ...(actor.can.has('source.manage') ? (['manage_tokens'] as const) : []),
  ];
}
