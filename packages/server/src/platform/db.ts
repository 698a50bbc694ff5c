/** Reads take a `Db`. Writes take a `Trx`, so that no write can be made outside a transaction. Both know who asks. */
import { Kysely, PostgresDialect, PostgresDriver, sql, type Transaction } from 'kysely';
import { Pool } from 'pg';
import type { Logger } from 'pino';
import { z } from 'zod';
import type { Database } from './database.ts';

export type Db = Pick<Kysely<Database>, 'selectFrom' | 'getExecutor'>;
export type Trx = Transaction<Database>;

/** On whose behalf. The words go into SQL as literals (a bound SET does not exist), so they are checked to be plain. */
const Asker = z.object({
  id: z.string().regex(/^[a-z0-9._-]+$/),
  compartments: z.array(z.string().regex(/^[a-z0-9_]+$/)).readonly(),
});
export type Asker = Readonly<z.infer<typeof Asker>>;

export type Gate = ReturnType<typeof openDb>;

export function openDb(pool: Pool) {
  const kysely = new Kysely<Database>({ dialect: new OneMessageDialect(pool) });
  return {
    /** A read-only transaction that sees what `actor` may see. */
    as: <T>(actor: Asker, fn: (db: Db) => Promise<T>): Promise<T> =>
      kysely.transaction().execute((trx) => begin(trx, 'read only', actor).then(() => fn(trx))),
    /** One write, kept whole or not at all. */
    change: <T>(actor: Asker, fn: (trx: Trx) => Promise<T>): Promise<T> =>
      kysely.transaction().execute((trx) => begin(trx, 'read write', actor).then(() => fn(trx))),
  };
}

/** The beginning and who asks travel in one message: every transaction of every request pays for this round trip. */
async function begin(trx: Trx, mode: 'read only' | 'read write', actor: Asker): Promise<void> {
  const { id, compartments } = Asker.parse(actor);
  const who = `set local app.actor = '${id}'; set local app.compartments = '${compartments.join(',')}'`;
  await sql.raw(`start transaction ${mode}; ${who}`).execute(trx);
}

/** Leaves the beginning of a transaction to `begin`. */
class OneMessageDialect extends PostgresDialect {
  readonly #pool: Pool;
  constructor(pool: Pool) {
    super({ pool });
    this.#pool = pool;
  }
  override createDriver(): PostgresDriver {
    return new SilentBeginner({ pool: this.#pool });
  }
}

class SilentBeginner extends PostgresDriver {
  override async beginTransaction(): Promise<void> {}
}

/**
 * Connections per process; one process of each kind stays below half of PostgreSQL's usual 100, so that a second
 * set can start before the first has gone.
 */
export const CONNECTIONS = {
  /** Requests and job bodies, as `gs_app`. */
  app: 20,
  /** The engine's thread: one for the log, one for a history run, one for its locks, one spare. */
  engine: 4,
  /** The thread for copied texts: one that reads and writes, one for its locks, one spare. */
  copies: 3,
  /** Migrations and the job queue's own polling, as the owner: four workers, one listener, one spare. */
  owner: 6,
} as const;

/** A request that reads for longer than this is stopped by the database, and its connection is free again. */
const STATEMENT_LIMIT_MS: Readonly<Partial<Record<keyof typeof CONNECTIONS, number>>> = {
  app: 60_000,
  engine: 900_000, // it sorts whole imports
  copies: 900_000, // it reads what it remembers again after a restart
};

/**
 * PostgreSQL takes the reading of 420,000 entries of a common word for some 4 ms; it takes 150, ten times as long as to walk
 * through the newest signals or to read those of the rare value that was asked for beside the word (tools/bench/search.ts).
 */
const PLANNING = '-c cpu_index_tuple_cost=0.05';

export function openPool(url: string, kind: keyof typeof CONNECTIONS, log: Logger): Pool {
  const limit = STATEMENT_LIMIT_MS[kind];
  const pool = new Pool({
    connectionString: url,
    max: CONNECTIONS[kind],
    application_name: `groundswell ${kind}`,
    connectionTimeoutMillis: 10_000,
    options: PLANNING,
    ...(limit !== undefined && { statement_timeout: limit, idle_in_transaction_session_timeout: limit }),
  });
  // An idle connection that the server ends (57P01 at shutdown) is an event of the pool; unheard, it would kill node.
  pool.on('error', (error) => {
    if (pool.ending) return; // a pool that ends does not wait for its connections to say good-bye
    log.warn({ err: error }, 'an idle database connection was lost; the pool opens another');
  });
  // A connection that breaks while it is lent out tells its borrower by the failing query; the event itself is not news.
  pool.on('connect', (client) => client.on('error', () => {}));
  return pool;
}
