/** Where the data lives: the built-in database, or the server in DATABASE_URL. Above this file nobody can tell. */
import { createHmac } from 'node:crypto';
import { Client, type Pool } from 'pg';
import type { Logger } from 'pino';
import { CannotStart } from './cannot-start.ts';
import type { Config } from './config.ts';
import { openPool } from './db.ts';
import { startEmbedded } from './embedded-postgres.ts';
import { migrate } from './migrate.ts';
import { APP_ROLE, ensureAppRole, refuseUnsafeApp } from './postgres-roles.ts';

export interface Postgres {
  /** Serves requests and job bodies, behind row-level security. */
  readonly appPool: Pool;
  /** Migrates and polls the queue. */
  readonly ownerPool: Pool;
  readonly appUrl: string;
  /** The built-in server ended by itself; never for somebody else's server, which may come back. */
  readonly lost: Promise<string>;
  close(): Promise<void>;
}

interface Logins {
  owner: string;
  app: string;
  lost: Promise<string>;
  stop(): Promise<void>;
}

/** A started, migrated database, both logins open, the wall checked. */
export async function openPostgres(config: Config, migrations: string, log: Logger): Promise<Postgres> {
  const logins = config.databaseUrl ? await theirServer(config) : await builtIn(config, log);
  const ownerPool = openPool(logins.owner, 'owner', log);
  const appPool = openPool(logins.app, 'app', log);
  const close = async () => {
    await Promise.all([appPool.end(), ownerPool.end()]);
    await logins.stop();
  };
  try {
    const fresh = await migrate(ownerPool, migrations);
    if (fresh.length > 0) log.info({ migrations: fresh }, 'the database was brought up to date');
    await refuseUnsafeApp(appPool);
  } catch (error) {
    await close();
    throw error;
  }
  return { appPool, ownerPool, appUrl: logins.app, lost: logins.lost, close };
}

async function builtIn(config: Config, log: Logger): Promise<Logins> {
  const server = await startEmbedded({ folder: config.dataDir, log });
  return { owner: server.urlFor('owner'), app: server.urlFor('app'), lost: server.lost, stop: server.stop };
}

async function theirServer({ databaseUrl, databaseAppUrl }: Config): Promise<Logins> {
  const owner = databaseUrl!;
  const password = derivePassword(owner);
  const app = databaseAppUrl ?? withLogin(owner, APP_ROLE, password);
  await reach('DATABASE_URL', owner, async (client) => {
    const { rows } = await client.query<{ version: number }>(
      "select current_setting('server_version_num')::int as version",
    );
    if (rows[0]!.version < OLDEST) {
      throw new CannotStart(
        'The server in DATABASE_URL is older than PostgreSQL 15. Nothing was changed. Give a newer one.',
      );
    }
    await ensureAppRole(client, APP_ROLE, password);
  });
  await reach(databaseAppUrl ? 'DATABASE_APP_URL' : `the login ${APP_ROLE}`, app, async () => {});
  return { owner, app, lost: new Promise(() => {}), stop: async () => {} };
}

const OLDEST = 150_000;

/** Connects once, so that an address that does not work is named by the setting that it came from. */
async function reach(setting: string, url: string, fn: (client: Client) => Promise<void>): Promise<void> {
  const client = new Client({ connectionString: url, connectionTimeoutMillis: 10_000 });
  try {
    await client.connect();
  } catch (cause) {
    const { host, pathname } = new URL(url);
    const why = cause instanceof Error ? cause.message : String(cause);
    throw new CannotStart(
      `The database ${pathname.slice(1)} at ${host} could not be opened with ${setting}: ${why}. Nothing was changed. ` +
        'Check that the server runs and that the login is right; a login for requests can be given as DATABASE_APP_URL.',
      { cause },
    );
  }
  await fn(client).finally(() => client.end());
}

/**
 * The app's password follows from the owner's, one way: every process that was given the same DATABASE_URL arrives at
 * the same one, on any machine, and nothing has to be stored. Without a password (trust, peer) there is none either.
 */
function derivePassword(ownerUrl: string): string | null {
  const password = decodeURIComponent(new URL(ownerUrl).password);
  return password === '' ? null : createHmac('sha256', password).update('groundswell app login').digest('base64url');
}

function withLogin(url: string, user: string, password: string | null): string {
  const changed = new URL(url);
  changed.username = user;
  changed.password = password ?? '';
  return changed.href;
}
