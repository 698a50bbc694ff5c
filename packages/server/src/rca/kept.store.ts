/** Explanations of issues at rest. */
import type { SignalExplanation } from '@groundswell/contract';
import { sql } from 'kysely';
import type { Db, Trx } from '../platform/db.ts';

export interface Kept {
  readonly issueId: string;
  readonly compartment: string;
  readonly alertId: string;
  readonly computedAt: Date;
  /** Null where there was nothing to compare. */
  readonly explanation: SignalExplanation | null;
}

/** A later word takes the place of an earlier one, and never the other way round. */
export async function keep(trx: Trx, kept: Kept): Promise<void> {
  const { issueId, compartment, alertId, computedAt, explanation } = kept;
  await sql`
    insert into explanations (issue_id, compartment, alert_id, computed_at, body)
    values (${issueId}, ${compartment}, ${alertId}, ${computedAt}, ${explanation && JSON.stringify(explanation)}::jsonb)
    on conflict (issue_id) do update
       set alert_id = excluded.alert_id, computed_at = excluded.computed_at, body = excluded.body
     where explanations.computed_at <= excluded.computed_at`.execute(trx);
}

export async function loadKept(db: Db, issueId: string): Promise<Kept | undefined> {
  const { rows } = await sql<Kept>`
    select issue_id as "issueId", compartment, alert_id as "alertId", computed_at as "computedAt", body as explanation
      from explanations where issue_id = ${issueId}::uuid`.execute(db);
  return rows[0];
}
