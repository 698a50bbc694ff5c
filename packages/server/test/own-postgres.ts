/** A PostgreSQL of the operator's own, in the oldest version that is promised: for tests that stop and start it. */
import { execFileSync } from 'node:child_process';
import { chmodSync, existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chooseAccount, giveTo } from '../src/platform/postgres-account.ts';

/** Debian's. */
export const OWN_MAJOR = 15;
const BIN = `/usr/lib/postgresql/${OWN_MAJOR}/bin`;

export const ownPostgresIsThere = existsSync(join(BIN, 'postgres'));

/** Once for each test file that cannot do without. */
export function sayIfMissing(untested: string): void {
  if (!ownPostgresIsThere) console.log(`*** NO POSTGRESQL ${OWN_MAJOR} at ${BIN}: ${untested} is not tested. ***`);
}

export interface OwnPostgres {
  /** For the house's data, and whatever else should go with the server. */
  readonly folder: string;
  urlOf(user: 'groundswell' | 'admin' | 'gs_owner' | 'gs_app', database?: string): string;
  start(): void;
  /** `fast` ends all sessions in order, `immediate` is a crash. */
  stop(how: 'fast' | 'immediate'): void;
  remove(): void;
}

/** Started, with a login and an empty database for Groundswell, as the README says. */
export async function openOwnPostgres(settings: readonly string[] = []): Promise<OwnPostgres> {
  const folder = mkdtempSync(join(tmpdir(), 'groundswell-own-'));
  chmodSync(folder, 0o755);
  const account = chooseAccount(folder);
  giveTo(account, folder);
  const port = await freePort();
  // As the account that PostgreSQL accepts: it refuses to be started by root.
  const pg = (program: string, ...args: string[]) =>
    void execFileSync(join(BIN, program), args, { ...account, cwd: '/', stdio: 'ignore' });
  const secret = join(folder, 'secret');
  writeFileSync(secret, 'secret');
  const data = join(folder, 'pg');
  pg('initdb', '-D', data, '-U', 'admin', '-A', 'scram-sha-256', '--pwfile', secret, '-E', 'UTF8', '--no-sync');
  const all = ['listen_addresses=127.0.0.1', 'unix_socket_directories=', 'fsync=off', ...settings];
  const flags = `-p ${port} ${all.map((one) => `-c ${one}`).join(' ')}`;
  const start = () => pg('pg_ctl', '-D', data, '-w', '-l', join(folder, 'log'), '-o', flags, 'start');
  const stop = (how: string) => pg('pg_ctl', '-D', data, '-w', '-m', how, 'stop');
  start();
  const place = ['-h', '127.0.0.1', '-p', String(port), '-U', 'admin', '-d', 'postgres'];
  const env = { ...process.env, PGPASSWORD: 'secret' };
  for (const sql of [
    `create role groundswell login createrole password 'secret'`,
    'create database groundswell owner groundswell',
  ]) {
    execFileSync(join(BIN, 'psql'), [...place, '-c', sql], { env, stdio: 'ignore' });
  }
  return {
    folder,
    urlOf: (user, database = 'groundswell') => `postgres://${user}:secret@127.0.0.1:${port}/${database}`,
    start,
    stop,
    remove() {
      try {
        stop('immediate');
      } catch {
        // a test had stopped it
      }
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1');
  await new Promise((up) => probe.once('listening', up));
  const { port: free } = probe.address() as { port: number };
  await new Promise((down) => probe.close(down));
  return free;
}
