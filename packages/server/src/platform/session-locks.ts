/**
 * One worker per compartment: a session lock of the database on a connection of its own, gone with the process that held
 * it. If that connection is lost the compartment is let go; whoever works under such a lock must bear that another one
 * works beside it for a moment.
 */
import type { Pool, PoolClient } from 'pg';

/** Says whether this process may work on a compartment. */
export type MayWork = (compartment: string) => Promise<boolean>;

export interface SessionLocks {
  readonly mayWork: MayWork;
  /** Of a compartment that is not there any more, or that another process may take. Of one that is not held: nothing. */
  letGo(compartment: string): Promise<void>;
  release(): Promise<void>;
}

/** `kind` is the first half of the key of every lock of this kind of work; the second is a hash of the compartment's name. */
export function openSessionLocks(pool: Pool, kind: number): SessionLocks {
  const held = new Set<string>();
  let client: PoolClient | null = null;

  const connect = async (): Promise<PoolClient> => {
    if (client) return client;
    const fresh = await pool.connect();
    const lost = () => {
      if (client !== fresh) return;
      held.clear();
      client = null;
      fresh.release(true); // else the pool waits for it when it is closed
    };
    fresh.on('error', lost);
    fresh.on('end', lost);
    client = fresh;
    return fresh;
  };

  return {
    async mayWork(compartment) {
      const session = await connect();
      if (held.has(compartment)) return true;
      const asked = 'select pg_try_advisory_lock($1, hashtext($2)) as got';
      const { rows } = await session.query<{ got: boolean }>(asked, [kind, compartment]);
      if (rows[0]?.got) held.add(compartment);
      return rows[0]?.got === true;
    },
    async letGo(compartment) {
      if (!held.delete(compartment)) return;
      await client?.query('select pg_advisory_unlock($1, hashtext($2))', [kind, compartment]);
    },
    async release() {
      const session = client;
      client = null;
      held.clear();
      // Given back by hand: the server may notice a closed connection only a moment later.
      const left = await session?.query('select pg_advisory_unlock_all()').catch((error: Error) => error);
      session?.release(left instanceof Error);
    },
  };
}
