/** A house of its own for measuring: the built-in database with every safety on, in a folder that is thrown away. */
import { createHash, randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { availableParallelism, loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { MIGRATIONS, openApp, openTools } from '../../packages/server/src/app/compose.ts';
import { authenticateBy, slicesFor } from '../../packages/server/src/app/slices.ts';
import { openBell } from '../../packages/server/src/platform/bell.ts';
import { systemClock } from '../../packages/server/src/platform/clock.ts';
import { openPool } from '../../packages/server/src/platform/db.ts';
import { startEmbedded, withClient } from '../../packages/server/src/platform/embedded-postgres.ts';
import { openLog } from '../../packages/server/src/platform/log.ts';
import { migrate } from '../../packages/server/src/platform/migrate.ts';
import type { Tools } from '../../packages/server/src/platform/tools.ts';

export interface BenchHouse {
  readonly tools: Tools;
  readonly owner: ReturnType<typeof openPool>;
  /** The address of the running server. */
  readonly url: string;
  readonly superuserUrl: string;
  /** As `gs_app`, for what runs in a thread of its own. */
  readonly appUrl: string;
  givenSource(name: string, compartment?: string): Promise<string>;
  /** A token that sends to this source. */
  givenToken(sourceId: string): Promise<string>;
  /** Headers of somebody who is signed in, may read signals unless another role is named, and is in the open unless other compartments are. */
  givenReader(inside?: readonly string[], role?: string): Promise<Record<string, string>>;
  close(): Promise<void>;
}

/** Absolute numbers mean little on a machine that others use: said beside them. */
export const sayLoad = (): string =>
  `load average ${loadavg()[0]!.toFixed(1)} on ${availableParallelism()} cores (node ${process.versions.node})`;

/** PostgreSQL's own auto_explain, said to whoever asked instead of to the log. */
const EXPLAINED = `
  alter role gs_app set session_preload_libraries = auto_explain;
  alter role gs_app set auto_explain.log_min_duration = 2;
  alter role gs_app set auto_explain.log_analyze = on;
  alter role gs_app set auto_explain.log_buffers = on;
  alter role gs_app set auto_explain.log_level = notice;
  alter role gs_app set auto_explain.log_parameter_max_length = 0`;
const UNEXPLAINED = 'alter role gs_app reset all';

function heard(pool: ReturnType<typeof openPool>, onPlan: BenchOptions['onPlan']): typeof pool {
  if (!onPlan) return pool;
  return pool.on('connect', (client) => client.on('notice', ({ message }) => message && onPlan(message)));
}

export interface BenchOptions {
  /** A folder that stays, with its data, for the next run. */
  readonly kept?: string | undefined;
  /** Told how PostgreSQL went about each statement of a request; that slows them all down. */
  readonly onPlan?: ((plan: string) => void) | undefined;
}

export async function openBenchHouse({ kept, onPlan }: BenchOptions = {}): Promise<BenchHouse> {
  const folder = kept ?? mkdtempSync(join(tmpdir(), 'groundswell-bench-'));
  const log = openLog('warn');
  const cluster = await startEmbedded({ folder, log });
  const owner = openPool(cluster.urlFor('owner'), 'owner', log);
  await migrate(owner, MIGRATIONS);
  await withClient(cluster.urlFor('superuser'), (client) => client.query(onPlan ? EXPLAINED : UNEXPLAINED));
  const appPool = heard(openPool(cluster.urlFor('app'), 'app', log), onPlan);
  const tools = openTools(appPool, systemClock, { dataDir: folder, secretKey: undefined, egressInternal: [] });
  const site = { publicUrl: undefined };
  const slices = slicesFor(site);
  const bell = await openBell(cluster.urlFor('app'), log);
  const http = await openApp({ tools, bell, appPool, slices, authenticate: authenticateBy(tools, site), log });
  const url = await http.listen({ port: 0, host: '127.0.0.1' });

  return {
    tools,
    owner,
    url,
    superuserUrl: cluster.urlFor('superuser'),
    appUrl: cluster.urlFor('app'),
    async givenSource(name, compartment = 'open') {
      const { rows } = await owner.query(
        `insert into sources (compartment, name, kind, created_at) values ($2, $1, 'app_review', now()) returning id`,
        [name, compartment],
      );
      return rows[0].id;
    },
    async givenToken(sourceId) {
      const token = `gsw_${randomBytes(32).toString('base64url')}`;
      await owner.query(
        `with person as (insert into people (name, email, password_hash, created_at)
           values ('bench', $1::text || '@example.org', 'none', now()) returning id)
         insert into api_tokens (compartment, source_id, name, token_hash, hint, created_by, created_at)
         select 'open', $1::uuid, 'bench', $2, 'gsw_', id, now() from person`,
        [sourceId, createHash('sha256').update(token).digest()],
      );
      return token;
    },
    async givenReader(inside = ['open'], role = 'viewer') {
      const secret = randomBytes(32).toString('base64url');
      await owner.query(
        `with person as (insert into people (name, email, password_hash, created_at)
           values ('reader', $2, 'none', now()) returning id),
         role as (insert into person_roles select id, $4 from person),
         inside as (insert into person_compartments select id, c from person, unnest($3::text[]) c)
         insert into sessions (secret_hash, person_id, created_at, seen_at, expires_at)
         select $1, id, now(), now(), '9999-12-31' from person`,
        [createHash('sha256').update(secret).digest(), `${secret}@example.org`, inside, role],
      );
      return { cookie: `groundswell=${secret}` };
    },
    async close() {
      await http.close();
      await Promise.all([appPool.end(), owner.end(), bell.close()]);
      await cluster.stop();
      if (!kept) rmSync(folder, { recursive: true, force: true });
    },
  };
}
