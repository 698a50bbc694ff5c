/** Puts the parts together: used by every process, and by the tests with their own clock and database. */
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Pool } from 'pg';
import type { Clock } from '../platform/clock.ts';
import type { Config } from '../platform/config.ts';
import { openDb } from '../platform/db.ts';
import { openFiles } from '../platform/files.ts';
import type { Bell } from '../platform/follow.ts';
import { healthRoutes } from '../platform/health.ts';
import { type App, type Authenticate, openHttp } from '../platform/http.ts';
import type { WorkerOptions } from '../platform/jobs.ts';
import type { Logger } from '../platform/log.ts';
import { openNet } from '../platform/net.ts';
import type { Slice } from '../platform/slice.ts';
import type { Tools } from '../platform/tools.ts';
import { houseKey, openVault } from '../platform/vault.ts';
import { webFiles } from '../platform/web-files.ts';

/** `packages/server`, whether this runs from the sources or from the bundle in `dist`. */
const HOME = findHome(import.meta.dirname);
export const MIGRATIONS = join(HOME, 'migrations');
const WEB = join(HOME, '..', 'web', 'dist');

function findHome(from: string): string {
  if (existsSync(join(from, 'migrations'))) return from;
  const above = dirname(from);
  if (above === from) throw new Error('The folder "migrations" is missing. Unpack Groundswell again, whole.');
  return findHome(above);
}

export function openTools(
  appPool: Pool,
  clock: Clock,
  { dataDir, secretKey, egressInternal }: Pick<Config, 'dataDir' | 'secretKey' | 'egressInternal'>,
): Tools {
  return {
    db: openDb(appPool),
    clock,
    files: openFiles(join(dataDir, 'files')),
    net: openNet({ internal: egressInternal }),
    vault: openVault(houseKey(dataDir, secretKey)),
  };
}

export interface AppOptions {
  readonly tools: Tools;
  readonly bell: Bell;
  readonly appPool: Pool;
  readonly slices: readonly Slice[];
  readonly authenticate: Authenticate;
  readonly log: Logger;
}

export async function openApp({ tools, bell, appPool, slices, authenticate, log }: AppOptions): Promise<App> {
  const app = await openHttp({ log, authenticate });
  healthRoutes(app, appPool, MIGRATIONS);
  for (const slice of slices) slice.routes?.(app, tools, bell);
  await webFiles(app, WEB);
  await app.ready();
  return app;
}

export function workOf(slices: readonly Slice[]): Pick<WorkerOptions, 'jobs' | 'clockwork'> {
  return {
    jobs: slices.flatMap((slice) => slice.jobs ?? []),
    clockwork: slices.flatMap((slice) => slice.clockwork ?? []),
  };
}
