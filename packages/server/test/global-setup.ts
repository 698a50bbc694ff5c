/** One PostgreSQL per test run, and in it one migrated database that every test file copies: initdb costs seconds. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';
import { MIGRATIONS } from '../src/app/compose.ts';
import { openPool } from '../src/platform/db.ts';
import { type Embedded, startEmbedded } from '../src/platform/embedded-postgres.ts';
import { openLog } from '../src/platform/log.ts';
import { migrate } from '../src/platform/migrate.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** Addresses of the migrated database, by who logs in; null when this run has no test that needs one. */
    cluster: { superuser: string; owner: string; app: string } | null;
  }
}

/** By this name vitest finds it; what it returns is run at the end. */
export async function setup(project: TestProject): Promise<(() => Promise<void>) | undefined> {
  if (!(await needsDatabase(project))) {
    project.provide('cluster', null);
    return undefined;
  }
  const folder = mkdtempSync(join(tmpdir(), 'groundswell-test-'));
  const cluster = await startEmbedded({ folder, log: openLog('silent'), careless: true });
  const stop = async () => {
    await cluster.stop();
    rmSync(folder, { recursive: true, force: true });
  };
  try {
    await makeTemplate(cluster);
  } catch (error) {
    await stop();
    throw error;
  }
  const urls = { superuser: cluster.urlFor('superuser'), owner: cluster.urlFor('owner'), app: cluster.urlFor('app') };
  project.provide('cluster', urls);
  return stop;
}

/** `vitest run packages/analytics` should not wait for a database. */
async function needsDatabase(project: TestProject): Promise<boolean> {
  const words = process.argv.slice(2).filter((word) => /[/.]/.test(word) && !word.startsWith('-'));
  const { testFiles } = await project.globTestFiles(words);
  return testFiles.some((file) => /packages\/(server|cli)\/|\/tools\/|\/walks\//.test(file));
}

async function makeTemplate(cluster: Embedded): Promise<void> {
  const pool = openPool(cluster.urlFor('owner'), 'owner', openLog('silent'));
  await migrate(pool, MIGRATIONS);
  await pool.end(); // a database with a visitor cannot be copied
}
