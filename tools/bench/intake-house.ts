/** A house of its own for measuring: the built-in database with every safety on, in a folder that is thrown away. */
import { createHash, randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { availableParallelism, loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { MIGRATIONS, openApp, openTools } from '../../packages/server/src/app/compose.ts';
import { authenticateBy, slicesFor } from '../../packages/server/src/app/slices.ts';
import { openBell } from '../../packages/server/src/platform/bell.ts';
import { systemClock } from '../../packages/server/src/platform/clock.ts';
import { openPool } from '../../packages/server/src/platform/db.ts';
import { startEmbedded } from '../../packages/server/src/platform/embedded-postgres.ts';
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
  givenSource(name: string): Promise<string>;
  /** A token that sends to this source. */
  givenToken(sourceId: string): Promise<string>;
  /** Headers of somebody who is signed in and may read signals. */
  givenReader(): Promise<Record<string, string>>;
  close(): Promise<void>;
}

/** Absolute numbers mean little on a machine that others use: said beside them. */
export const sayLoad = (): string =>
  `load average ${loadavg()[0]!.toFixed(1)} on ${availableParallelism()} cores (node ${process.versions.node})`;

export async function openBenchHouse(): Promise<BenchHouse> {
  const folder = mkdtempSync(join(tmpdir(), 'groundswell-bench-'));
  const log = openLog('warn');
  const cluster = await startEmbedded({ folder, log });
  const owner = openPool(cluster.urlFor('owner'), 'owner', log);
  await migrate(owner, MIGRATIONS);
  const appPool = openPool(cluster.urlFor('app'), 'app', log);
  const tools = openTools(appPool, systemClock, { dataDir: folder, secretKey: undefined, egressInternal: [] });
  const site = { publicUrl: undefined };
  const slices = slicesFor(site);
  const bell = await openBell(cluster.urlFor('app'), log);
  const http = await openApp({ tools, bell, appPool, slices, authenticate: authenticateBy(tools, site), log });
  await http.listen({ port: 0, host: '127.0.0.1' });
  const { port } = http.server.address() as AddressInfo;

  return {
    tools,
    owner,
    url: `http://127.0.0.1:${port}`,
    superuserUrl: cluster.urlFor('superuser'),
    appUrl: cluster.urlFor('app'),
    async givenSource(name) {
      const { rows } = await owner.query(
        `insert into sources (compartment, name, kind, created_at) values ('open', $1, 'app_review', now()) returning id`,
        [name],
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
    async givenReader() {
      const secret = randomBytes(32).toString('base64url');
      await owner.query(
        `with person as (insert into people (name, email, password_hash, created_at)
           values ('reader', 'reader@example.org', 'none', now()) returning id),
         role as (insert into person_roles select id, 'viewer' from person),
         inside as (insert into person_compartments select id, 'open' from person)
         insert into sessions (secret_hash, person_id, created_at, seen_at, expires_at)
         select $1, id, now(), now(), '9999-12-31' from person`,
        [createHash('sha256').update(secret).digest()],
      );
      return { cookie: `groundswell=${secret}` };
    },
    async close() {
      await http.close();
      await Promise.all([appPool.end(), owner.end(), bell.close()]);
      await cluster.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
