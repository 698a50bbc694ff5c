/** Plain SQL, forward only: each file once, in name order, in a transaction of its own, as the owner. */
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { runMigrations as migrateQueue } from 'graphile-worker';
import type { Pool, PoolClient } from 'pg';
import { CannotStart } from './cannot-start.ts';
import { quietQueueLog } from './jobs.ts';

/** Any constant: two starters on one database take turns by it. */
const LOCK = 4_747_001;

interface Migration {
  readonly name: string;
  readonly text: string;
  readonly hash: string;
}

/** Brings the database to what `folder` says, and returns the names of the files that were new. */
export async function migrate(ownerPool: Pool, folder: string): Promise<string[]> {
  const files = readMigrations(folder);
  const client = await ownerPool.connect();
  try {
    await client.query('select pg_advisory_lock($1)', [LOCK]);
    const missing = await compare(client, files);
    for (const file of missing) await apply(client, file);
    if (missing.length > 0) await migrateQueue({ pgPool: ownerPool, logger: quietQueueLog });
    return missing.map((file) => file.name);
  } finally {
    await client.query('select pg_advisory_unlock($1)', [LOCK]).catch(() => {});
    client.release();
  }
}

function readMigrations(folder: string): Migration[] {
  const names = readdirSync(folder)
    .filter((name) => name.endsWith('.sql'))
    .sort();
  return names.map((name) => {
    // A checkout may have turned the line ends: that is no change of the file.
    const text = readFileSync(join(folder, name), 'utf8').replaceAll('\r\n', '\n');
    return { name, text, hash: createHash('sha256').update(text).digest('hex') };
  });
}

async function compare(client: PoolClient, files: Migration[]): Promise<Migration[]> {
  await client.query(
    `create table if not exists schema_migrations (
       name text primary key, hash text not null, applied_at timestamptz not null default now())`,
  );
  const { rows } = await client.query<{ name: string; hash: string }>('select name, hash from schema_migrations');
  const applied = new Map(rows.map((row) => [row.name, row.hash]));
  for (const name of applied.keys()) {
    if (!files.some((file) => file.name === name)) {
      throw new CannotStart(
        `The database has had the migration ${name}, which this Groundswell does not know: the database is newer. ` +
          'Nothing was changed. Start the newer Groundswell, or restore a backup made before it.',
      );
    }
  }
  return files.filter((file) => {
    const before = applied.get(file.name);
    if (before !== undefined && before !== file.hash) {
      throw new CannotStart(
        `The migration ${file.name} was changed after it had been applied here. Nothing was changed. ` +
          'Put the file back as it was, and write the difference as a new migration.',
      );
    }
    return before === undefined;
  });
}

async function apply(client: PoolClient, { name, text, hash }: Migration): Promise<void> {
  try {
    await client.query('begin');
    await client.query(text);
    await client.query('insert into schema_migrations (name, hash) values ($1, $2)', [name, hash]);
    await client.query('commit');
  } catch (cause) {
    await client.query('rollback').catch(() => {});
    const why = cause instanceof Error ? cause.message : String(cause);
    throw new CannotStart(`The migration ${name} failed and was taken back whole: ${why}`, { cause });
  }
}

/** What a database still lacks, in one sentence, or null: for `/readyz`. */
export async function migrationGap(pool: Pool, folder: string): Promise<string | null> {
  const { rows } = await pool.query<{ present: boolean }>(
    "select to_regclass('schema_migrations') is not null as present",
  );
  if (!rows[0]?.present) return 'no migration has run';
  const applied = await pool.query<{ name: string }>('select name from schema_migrations');
  const known = new Set(applied.rows.map((row) => row.name));
  const missing = readMigrations(folder).filter((file) => !known.has(file.name));
  return missing.length > 0 ? `migrations missing: ${missing.map((file) => file.name).join(', ')}` : null;
}
