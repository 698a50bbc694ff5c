/** What changes without an event, because it only counts: looked at as a whole, for everybody behind one wall at once. */
import { sql } from 'kysely';
import type { Db } from '../platform/db.ts';
import type { CountedKind } from './live.ts';

export interface Marks {
  /** Everything below is settled. */
  readonly horizon: string;
  /** Signals came in between the last horizon and this one. */
  readonly signals: boolean;
  readonly topic: string;
  readonly issue: string;
  readonly presence: string;
}

/** @param since the horizon of the look before: what committed late is seen by the look after, and nothing twice */
export async function readMarks(db: Db, since: string | null, present: Date): Promise<Marks> {
  const { rows } = await sql<Marks>`
    select pg_snapshot_xmin(pg_current_snapshot())::text as horizon,
           ${since === null ? sql`false` : sql`exists (select from intake_batches where xid >= ${since}::xid8 and xid < pg_snapshot_xmin(pg_current_snapshot()))`} as signals,
           (select coalesce(string_agg(id || ':' || items || ':' || state, ',' order by id), '') from engine_runs
             where import_id is null or state <> 'done') as topic,
           (select coalesce(max(counted_at)::text, '') || ':' || count(*) from issues) as issue,
           (select coalesce(string_agg(person_id || ':' || issue_id, ',' order by person_id, issue_id), '') from presence
             where seen_at > ${present}) as presence`.execute(db);
  return rows[0]!;
}

export function changedSince(before: Marks, after: Marks): CountedKind[] {
  const compared = (['topic', 'issue', 'presence'] as const).filter((kind) => before[kind] !== after[kind]);
  return after.signals ? ['signal', ...compared] : compared;
}
