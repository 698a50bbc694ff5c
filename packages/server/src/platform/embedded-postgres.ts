/**
 * The built-in database: PostgreSQL under our own supervision, so that one command starts everything.
 * Layout of the data folder: `postgres/` (the cluster), `postgres.lock`, `postgres.secrets.json` (0600), and, where the
 * checkout cannot be entered by PostgreSQL's account, `postgres-bin/` (a copy of the binaries).
 */
import { spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { chmodSync, chownSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { totalmem } from 'node:os';
import { join } from 'node:path';
import { Client } from 'pg';
import type { Logger } from 'pino';
import { CannotStart } from './cannot-start.ts';
import { lockFolder } from './folder-lock.ts';
import { type As, type Binaries, chooseAccount, findBinaries, giveTo, isRoot } from './postgres-account.ts';
import { type RunningServer, serverEnv, startServer } from './postgres-process.ts';
import { APP_ROLE, createHouse, OWNER_ROLE, prepareDatabase } from './postgres-roles.ts';

export const BUILT_IN_MAJOR = 18;
const MAJOR = String(BUILT_IN_MAJOR);
const SUPERUSER = 'groundswell';
const DATABASE = 'groundswell';

export interface EmbeddedOptions {
  /** The data folder of the house, not of the cluster. */
  readonly folder: string;
  readonly log: Logger;
  /** Tests only: nothing survives a power cut, and nothing waits for the disk. */
  readonly careless?: boolean;
  readonly lockWaitMs?: number;
}

export interface Embedded {
  readonly port: number;
  urlFor(who: 'superuser' | 'owner' | 'app', database?: string): string;
  /** Resolves with the server's last words if it ends without being asked to. */
  readonly lost: Promise<string>;
  stop(): Promise<void>;
}

interface Secrets {
  readonly superuser: string;
  readonly owner: string;
  readonly app: string;
}

export async function startEmbedded(options: EmbeddedOptions): Promise<Embedded> {
  const { folder, log, careless = false } = options;
  mkdirSync(folder, { recursive: true, mode: 0o711 });
  if (isRoot()) chmodSync(folder, 0o711); // PostgreSQL's account passes through it; it can list nothing
  const release = await lockFolder(folder, join(folder, 'postgres.lock'), options.lockWaitMs);
  try {
    const dataDir = join(folder, 'postgres');
    const as = chooseAccount(dataDir);
    const binaries = await findBinaries(as, join(folder, `postgres-bin-${MAJOR}`));
    const secrets = keepSecrets(join(folder, 'postgres.secrets.json'), dataDir);
    const isNew = !existsSync(join(dataDir, 'PG_VERSION'));
    if (isNew) initCluster(binaries, as, dataDir, secrets.superuser, careless);
    refuseOtherVersion(dataDir);
    const server = await startServer({ postgres: binaries.postgres, as, dataDir, settings: settings(careless), log });
    const house = embedded(server, secrets, release);
    await furnish(house, folder, secrets).catch(async (error) => {
      await house.stop();
      throw error;
    });
    return house;
  } catch (error) {
    release();
    throw error;
  }
}

function embedded(server: RunningServer, secrets: Secrets, release: () => void): Embedded {
  const names = { superuser: SUPERUSER, owner: OWNER_ROLE, app: APP_ROLE } as const;
  return {
    port: server.port,
    lost: server.lost,
    urlFor: (who, database = DATABASE) =>
      `postgres://${names[who]}:${secrets[who]}@127.0.0.1:${server.port}/${encodeURIComponent(database)}`,
    stop: () => server.stop().finally(release),
  };
}

const settings = (careless: boolean): Record<string, string | number> => ({
  max_connections: 100,
  shared_buffers: `${careless ? 256 : sharedBuffersMb(memoryMb())}MB`,
  work_mem: '16MB',
  maintenance_work_mem: '128MB',
  // A long stream touches most pages of eight indexes between two checkpoints, and each first touch is written whole.
  max_wal_size: '4GB',
  wal_compression: 'pglz',
  // Measured with tools/bench/intake.ts: a stream went from 4,200 to 6,000 rows a second, searches stayed as they were.
  checkpoint_timeout: '15min', // fewer whole pages in the log; a crash is recovered from it all the same
  gin_pending_list_limit: '16MB', // words are sorted into the search index in fewer, larger goes
  jit: 'off',
  timezone: 'UTC',
  ...(careless && { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off', max_connections: 300 }),
});

/**
 * An eighth of the machine, between 256 MB and 2 GB; it is only taken as far as there are data to hold. At a million signals
 * the table and its indexes have 2 GB: what is not held is fetched from the system again, page by page, at ten times the cost.
 */
const sharedBuffersMb = (memory: number): number => Math.min(2_048, Math.max(256, Math.floor(memory / 8)));

/** What this process may have: a container may have less than its machine. */
const memoryMb = (): number => Math.min(totalmem(), process.constrainedMemory() || totalmem()) / 2 ** 20;

/** Made once, before the cluster: a crash in between leaves passwords without a cluster, never the reverse. */
function keepSecrets(file: string, dataDir: string): Secrets {
  if (existsSync(file)) return JSON.parse(readFileSync(file, 'utf8')) as Secrets;
  if (existsSync(join(dataDir, 'PG_VERSION'))) {
    throw new CannotStart(
      `The data in ${dataDir} is there, but its passwords are not: ${file} is missing. Nothing was changed. ` +
        'Put that file back from your backup; it belongs to the data.',
    );
  }
  const word = () => randomBytes(24).toString('base64url');
  const secrets = { superuser: word(), owner: word(), app: word() };
  const draft = `${file}.draft`;
  writeFileSync(draft, JSON.stringify(secrets), { mode: 0o600 });
  renameSync(draft, file);
  return secrets;
}

/** Built aside and renamed: a crash in initdb never leaves half a cluster. */
function initCluster({ initdb }: Binaries, as: As, dataDir: string, password: string, careless: boolean): void {
  const draft = `${dataDir}.init`;
  const passwordFile = `${dataDir}.password`;
  rmSync(draft, { recursive: true, force: true });
  mkdirSync(draft);
  giveTo(as, draft);
  try {
    writeFileSync(passwordFile, password, { mode: 0o600 });
    if (as.uid !== undefined) chownSync(passwordFile, as.uid, as.gid);
    const args = ['-D', draft, '-U', SUPERUSER, '-A', 'scram-sha-256', '--pwfile', passwordFile, '-E', 'UTF8'];
    args.push('--locale-provider=builtin', '--locale=C.UTF-8', '--data-checksums', '--no-instructions');
    if (careless) args.push('--no-sync');
    const made = spawnSync(initdb, args, { ...as, env: serverEnv(draft), cwd: '/', encoding: 'utf8' });
    if (made.status !== 0) {
      throw new CannotStart(`The built-in database could not be created; nothing was kept. It said:\n${made.stderr}`, {
        cause: made.error,
      });
    }
  } finally {
    rmSync(passwordFile, { force: true });
  }
  rmSync(dataDir, { recursive: true, force: true }); // holds no PG_VERSION, so it holds no cluster
  renameSync(draft, dataDir);
}

function refuseOtherVersion(dataDir: string): void {
  const found = readFileSync(join(dataDir, 'PG_VERSION'), 'utf8').trim();
  if (found === MAJOR) return;
  throw new CannotStart(
    `The data in ${dataDir} was written by PostgreSQL ${found}; this Groundswell brings ${MAJOR}. Nothing was changed. ` +
      `Dump it with the Groundswell that wrote it (pg_dump of PostgreSQL ${found} or newer), move the folder away, ` +
      'start this one once, and restore the dump into it.',
  );
}

/** Logins, the database, and what only a superuser can prepare; once, marked by a file, and again after a crash. */
async function furnish(house: Embedded, folder: string, secrets: Secrets): Promise<void> {
  const mark = join(folder, 'postgres.furnished');
  if (existsSync(mark)) return;
  await withClient(house.urlFor('superuser', 'postgres'), async (client) => {
    const { rowCount } = await client.query('select from pg_database where datname = $1', [DATABASE]);
    if (!rowCount) await createHouse(client, DATABASE, secrets);
  });
  await withClient(house.urlFor('superuser'), prepareDatabase);
  writeFileSync(mark, '');
}

export async function withClient<T>(url: string, fn: (client: Client) => Promise<T>): Promise<T> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    return await fn(client);
  } finally {
    await client.end();
  }
}
