/** The database crashes, or its disk is full, in the middle of an import: nothing is lost, and nothing is there twice. */
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { chownSync, mkdirSync, mkdtempSync, rmSync, statSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ImportView } from '@groundswell/contract';
import { afterEach, expect, test, vi } from 'vitest';
import { fillDisk, makeRoom } from '../../test/full-disk.ts';
import { MIGRATIONS, openApp, openTools, workOf } from '../app/compose.ts';
import { authenticateBy, slicesFor } from '../app/slices.ts';
import { systemClock } from '../platform/clock.ts';
import { openPool } from '../platform/db.ts';
import { startEmbedded, withClient } from '../platform/embedded-postgres.ts';
import { SILENCE } from '../platform/follow.ts';
import { startWorker } from '../platform/jobs.ts';
import { openLog } from '../platform/log.ts';
import { migrate } from '../platform/migrate.ts';
import { jsonl } from './import.fixture.ts';
import { takeOver } from './import.jobs.ts';

vi.setConfig({ testTimeout: 240_000, hookTimeout: 60_000 });

const ROWS = 30_000; // two turns, fifteen chunks
const MB = 1024 * 1024;
const log = openLog('silent');
const cleanUp: (() => unknown)[] = [];
afterEach(async () => {
  for (const tidy of cleanUp.splice(0).reverse()) await tidy();
});

/** The house with its worker, over a database of its own with every safety on. */
async function openReal(folder: string) {
  const cluster = await startEmbedded({ folder, log });
  const owner = openPool(cluster.urlFor('owner'), 'owner', log);
  await migrate(owner, MIGRATIONS);
  const appPool = openPool(cluster.urlFor('app'), 'app', log);
  const tools = openTools(appPool, systemClock, { dataDir: folder, secretKey: undefined, egressInternal: [] });
  const site = { publicUrl: undefined };
  const slices = slicesFor(site);
  const http = await openApp({ tools, bell: SILENCE, appPool, slices, authenticate: authenticateBy(tools, site), log });
  await http.listen({ port: 0, host: '127.0.0.1' });
  const worker = await startWorker({ ...workOf(slices), tools, ownerPool: owner, log, alone: true });
  cleanUp.push(async () => {
    await worker.stop().catch(() => {});
    await http.close();
    await Promise.all([appPool.end().catch(() => {}), owner.end().catch(() => {})]);
    await cluster.stop();
  });
  const token = 'gsw_outage';
  const { rows } = await owner.query(
    `with source as (
       insert into sources (compartment, name, kind, created_at) values ('open', 'outage', 'ticket', now()) returning id),
     person as (
       insert into people (name, email, password_hash, created_at) values ('a', 'a@example.org', 'none', now()) returning id)
     insert into api_tokens (compartment, source_id, name, token_hash, hint, created_by, created_at)
     select 'open', source.id, 'outage', $1, 'gsw_', person.id, now() from source, person returning source_id`,
    [createHash('sha256').update(token).digest()],
  );
  const ask = async (path: string, body?: string | object): Promise<ImportView> => {
    const text = typeof body === 'object' ? JSON.stringify(body) : body;
    const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' };
    const url = `http://127.0.0.1:${(http.server.address() as AddressInfo).port}${path}`;
    const reply = await fetch(url, text === undefined ? { headers } : { method: 'POST', headers, body: text });
    return (await reply.json()) as ImportView;
  };
  return { cluster, owner, tools, ask, sourceId: rows[0].source_id as string };
}
type Real = Awaited<ReturnType<typeof openReal>>;

async function started({ ask, sourceId }: Real): Promise<string> {
  const ts = new Date().toISOString();
  const rows = Array.from({ length: ROWS }, (_, i) => ({
    id: `o${i}`,
    ts,
    text: `upload stuck at ${i} ${'so slow '.repeat(20)}`,
  }));
  const { id, suggested } = await ask('/api/imports?fileName=o.jsonl', jsonl(rows));
  await ask(`/api/imports/${id}/start`, { sourceId, mapping: suggested });
  return id;
}

/** What the import says of itself beside what is there. */
async function looked({ owner }: Real, id: string) {
  const { rows } = await owner.query(
    `select i.state, i.rows_read::int as rows, i.added::int, i.unchanged::int, i.error,
            (select count(*)::int from signals) as kept, (select count(distinct external_id)::int from signals) as things,
            (select signals::int from sources) as counted from imports i where id = $1`,
    [id],
  );
  return rows[0];
}
const progressed = (real: Real, id: string, rows: number) =>
  expect.poll(async () => (await looked(real, id)).rows, { timeout: 90_000, interval: 20 }).toBeGreaterThan(rows);

async function expectWhole(real: Real, id: string): Promise<void> {
  const state = async () => (await looked(real, id).catch(() => null))?.state;
  await expect.poll(state, { timeout: 120_000, interval: 200 }).toBe('done');
  const all = { rows: ROWS, added: ROWS, unchanged: 0, kept: ROWS, things: ROWS, counted: ROWS };
  expect(await looked(real, id)).toEqual({ state: 'done', error: null, ...all });
}

test('the database crashes in the middle, recovers, and the import goes on by itself', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'groundswell-outage-'));
  cleanUp.push(() => rmSync(folder, { recursive: true, force: true }));
  const real = await openReal(folder);
  const id = await started(real);
  await progressed(real, id, 3_000);
  // One killed process takes all sessions with it: the server recovers from its log, at the same address.
  await withClient(real.cluster.urlFor('superuser'), async (client) => {
    client.on('error', () => {});
    const { pid } = (
      await client.query(`select pid from pg_stat_activity where application_name = 'groundswell app' limit 1`)
    ).rows[0];
    process.kill(pid, 'SIGKILL');
    await client.query('select pg_sleep(5)');
  }).catch(() => {});
  await expect.poll(() => looked(real, id).catch(() => null), { timeout: 30_000 }).not.toBeNull();
  const { kept, things, rows } = await looked(real, id);
  expect([kept, things]).toEqual([rows, rows]);
  await expectWhole(real, id);
});

/** A disk of this size for the table of signals alone; null where nobody may mount one. The database's own log has room. */
async function signalsOnSmallDisk({ cluster }: Real, folder: string, megabytes: number): Promise<string | null> {
  const disk = join(folder, 'disk');
  mkdirSync(disk);
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${megabytes}m,mode=755`, 'tmpfs', disk], { stdio: 'ignore' });
  } catch {
    return null;
  }
  cleanUp.splice(1, 0, () => execFileSync('umount', [disk])); // behind the folder, before it: when the database has stopped
  const { uid, gid } = statSync(join(folder, 'postgres'));
  const place = join(disk, 'signals');
  mkdirSync(place);
  chownSync(place, uid, gid);
  await withClient(cluster.urlFor('superuser'), async (client) => {
    await client.query(`create tablespace small location '${place}'`);
    await client.query('alter table signals set tablespace small');
  });
  return disk;
}

test('the disk of the database is full: the import waits and says so, and goes on when there is room', async ({
  skip,
}) => {
  const folder = mkdtempSync(join(tmpdir(), 'groundswell-outage-'));
  cleanUp.push(() => rmSync(folder, { recursive: true, force: true }));
  const real = await openReal(folder);
  const disk = await signalsOnSmallDisk(real, folder, 60);
  if (!disk) {
    console.warn('SKIPPED: only root may mount a small disk, so that an import over a full database was not tested.');
    return skip();
  }
  const id = await started(real);
  await progressed(real, id, 1_000);
  fillDisk(disk, MB);

  const waits = async () => (await looked(real, id)).error;
  await expect.poll(waits, { timeout: 60_000, interval: 100 }).toMatch(/disk is full.*taken and kept/i);
  const stuck = await looked(real, id);
  expect(stuck).toMatchObject({ state: 'running', unchanged: 0, kept: stuck.rows, things: stuck.rows });
  expect(stuck.rows).toBeLessThan(ROWS);
  makeRoom(disk);
  await real.owner.query(`update imports set retry_at = now() where retry_at is not null`); // a pause later
  await takeOver.run(real.tools, {});
  await expectWhole(real, id);
});
