/** The counts on the home page. */
import { sql } from 'kysely';
import type { Db } from '../platform/db.ts';

const DAY_MS = 86_400_000;

/** Signals received in the last 24 hours and in the 24 before. */
export async function countReceived(db: Db, now: Date): Promise<{ today: number; yesterday: number }> {
  const dayAgo = new Date(now.getTime() - DAY_MS);
  const { rows } = await sql<{ today: number; yesterday: number }>`
    select coalesce(sum(row_count) filter (where received_at > ${dayAgo}), 0)::int as today,
           coalesce(sum(row_count) filter (where received_at <= ${dayAgo}), 0)::int as yesterday
      from intake_batches where received_at > ${new Date(now.getTime() - 2 * DAY_MS)} and received_at <= ${now}`.execute(
    db,
  );
  return rows[0]!;
}

const FAILED_SHOWN_MS = 7 * DAY_MS;

/** Imports at work, and those that failed in the last week: an older one is no news. */
export async function countImports(db: Db, now: Date): Promise<{ running: number; failed: number }> {
  const { rows } = await sql<{ running: number; failed: number }>`
    select count(*) filter (where state = 'running')::int as running,
           count(*) filter (where state = 'failed' and finished_at > ${new Date(now.getTime() - FAILED_SHOWN_MS)})::int as failed
      from imports where not of_world`.execute(db);
  return rows[0]!;
}
