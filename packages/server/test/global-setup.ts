/**
 * One PostgreSQL per test run, and in it one migrated database that every test file copies: initdb costs seconds. It is
 * the built-in one; for the project `postgres-15` it is Debian's, the oldest that is promised to work.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';
import { MIGRATIONS } from '../src/app/compose.ts';
import { openPool } from '../src/platform/db.ts';
import { BUILT_IN_MAJOR, startEmbedded, withClient } from '../src/platform/embedded-postgres.ts';
import { openLog } from '../src/platform/log.ts';
import { migrate } from '../src/platform/migrate.ts';
import { createHouse, prepareDatabase } from '../src/platform/postgres-roles.ts';
import { OWN_MAJOR, openOwnPostgres } from './own-postgres.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** Addresses of the migrated database, by who logs in; null when this run has no test that needs one. */
    cluster: { superuser: string; owner: string; app: string; major: number } | null;
  }
}

/** By this name vitest finds it; what it returns is run at the end. */
export async function setup(project: TestProject): Promise<(() => Promise<void>) | undefined> {
  if (!(await needsDatabase(project))) {
    project.provide('cluster', null);
    return undefined;
  }
  const cluster = await (project.name === `postgres-${OWN_MAJOR}` ? startOldest() : startBuiltIn());
  try {
    await makeTemplate(cluster);
  } catch (error) {
    await cluster.stop();
    throw error;
  }
  const { superuser, owner, app, major } = cluster;
  project.provide('cluster', { superuser, owner, app, major });
  return cluster.stop;
}

interface Cluster {
  readonly superuser: string;
  readonly owner: string;
  readonly app: string;
  readonly major: number;
  stop(): Promise<void>;
}

async function startBuiltIn(): Promise<Cluster> {
  const folder = mkdtempSync(join(tmpdir(), 'groundswell-test-'));
  const cluster = await startEmbedded({ folder, log: openLog('silent'), careless: true });
  return {
    superuser: cluster.urlFor('superuser'),
    owner: cluster.urlFor('owner'),
    app: cluster.urlFor('app'),
    major: BUILT_IN_MAJOR,
    stop: async () => {
      await cluster.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** With what its package sets, but for the number of connections: every test file brings a whole house. */
async function startOldest(): Promise<Cluster> {
  const own = await openOwnPostgres(['max_connections=300']);
  const stop = async () => own.remove();
  try {
    const database = 'house';
    const secrets = { owner: 'secret', app: 'secret' };
    await withClient(own.urlOf('admin', 'postgres'), (client) => createHouse(client, database, secrets));
    await withClient(own.urlOf('admin', database), prepareDatabase);
    const [superuser, owner, app] = (['admin', 'gs_owner', 'gs_app'] as const).map((who) => own.urlOf(who, database));
    return { superuser: superuser!, owner: owner!, app: app!, major: OWN_MAJOR, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** `vitest run packages/analytics` should not wait for a database. */
async function needsDatabase(project: TestProject): Promise<boolean> {
  const words = process.argv.slice(2).filter((word) => /[/.]/.test(word) && !word.startsWith('-'));
  const { testFiles } = await project.globTestFiles(words);
  return testFiles.some((file) => /packages\/(server|cli)\/|\/tools\/|\/walks\//.test(file));
}

async function makeTemplate(cluster: Cluster): Promise<void> {
  const pool = openPool(cluster.owner, 'owner', openLog('silent'));
  await migrate(pool, MIGRATIONS);
  await pool.end(); // a database with a visitor cannot be copied
}
