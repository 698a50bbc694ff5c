/** What monitors and tools ask: alive, ready, how much, and what the API looks like. */
import type { Pool } from 'pg';
import type { App } from './http.ts';
import { registry } from './metrics.ts';
import { migrationGap } from './migrate.ts';
import { isSearchPrepared } from './postgres-roles.ts';

const ANYONE = { config: { right: 'anyone' }, schema: { hide: true } } as const;

export interface Readiness {
  readonly ready: boolean;
  /** In words; empty when all is well. A ready house may still have remarks. */
  readonly remarks: string[];
}

export function healthRoutes(app: App, appPool: Pool, migrations: string): void {
  app.get('/healthz', ANYONE, async () => ({ alive: true }));
  app.get('/readyz', ANYONE, async (_request, reply) => {
    const state = await readiness(appPool, migrations);
    return reply.code(state.ready ? 200 : 503).send(state);
  });
  app.get('/metrics', ANYONE, async (_request, reply) =>
    reply.type(registry.contentType).send(await registry.metrics()),
  );
  app.get('/api/openapi.json', ANYONE, async () => app.swagger());
}

async function readiness(pool: Pool, migrations: string): Promise<Readiness> {
  try {
    const gap = await migrationGap(pool, migrations);
    const prepared = await isSearchPrepared(pool);
    const remarks = [gap, prepared ? null : 'search unindexed: run "groundswell db prepare" once as a superuser'];
    return { ready: gap === null, remarks: remarks.filter((remark) => remark !== null) };
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    return { ready: false, remarks: [`database unreachable: ${why}`] };
  }
}
