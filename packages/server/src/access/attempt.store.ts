/** Failed sign-ins at rest. A try is counted before it is judged, so that a hundred at once are not all the first. */
import { sql } from 'kysely';
import type { Trx } from '../platform/db.ts';
import { type Counter, tooMany, WINDOW_MS } from './attempt.ts';

declare module '../platform/database.ts' {
  interface Database {
    sign_in_attempts: { key: Buffer; window_start: Date; failures: number };
  }
}

const FORGOTTEN_AT_ONCE = 100;

/** Counts this try in every counter, or refuses it and counts nothing. */
export async function countAttempt(trx: Trx, counters: readonly Counter[], at: Date): Promise<void> {
  const passed = new Date(at.getTime() - WINDOW_MS);
  for (const { key, limit } of counters) {
    const { rowCount } = await sql`
      insert into sign_in_attempts as a (key, window_start, failures) values (${key}, ${at}, 1)
      on conflict (key) do update set
        window_start = case when a.window_start <= ${passed} then ${at} else a.window_start end,
        failures = case when a.window_start <= ${passed} then 1 else a.failures + 1 end
      where a.window_start <= ${passed} or a.failures < ${limit}`
      .execute(trx)
      .then((done) => ({ rowCount: Number(done.numAffectedRows ?? 0n) }));
    if (rowCount === 0) throw tooMany(await windowOf(trx, key), at);
  }
}

/** The try was no failure after all. */
export async function uncountAttempt(trx: Trx, counters: readonly Counter[]): Promise<void> {
  for (const { key } of counters) {
    await trx
      .updateTable('sign_in_attempts')
      .set((eb) => ({ failures: eb('failures', '-', 1) }))
      .where('key', '=', key)
      .where('failures', '>', 0)
      .execute();
  }
}

/** Windows that have passed are removed a few at a time, by whoever comes by; rows that another holds are left to it. */
export async function forgetAttempts(trx: Trx, at: Date): Promise<void> {
  const old = trx
    .selectFrom('sign_in_attempts')
    .select('key')
    .where('window_start', '<=', new Date(at.getTime() - WINDOW_MS))
    .limit(FORGOTTEN_AT_ONCE)
    .forUpdate()
    .skipLocked();
  await trx.deleteFrom('sign_in_attempts').where('key', 'in', old).execute();
}

async function windowOf(trx: Trx, key: Buffer): Promise<Date> {
  const row = await trx
    .selectFrom('sign_in_attempts')
    .select('window_start')
    .where('key', '=', key)
    .executeTakeFirstOrThrow();
  return row.window_start;
}
