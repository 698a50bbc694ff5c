/** Calls that were answered: every SQL statement on `webhook_calls`. */
import { sql } from 'kysely';
import type { Db, Trx } from '../platform/db.ts';

interface Call {
  readonly connectorId: string;
  readonly callId: string;
}

export async function wasAnswered(db: Db, { connectorId, callId }: Call): Promise<boolean> {
  const { rows } = await sql`
    select 1 from webhook_calls where connector_id = ${connectorId} and call_id = ${callId}`.execute(db);
  return rows.length > 0;
}

/** False when another transaction has kept the same call meanwhile. */
export async function keepCall(trx: Trx, call: Call & { compartment: string; at: Date }): Promise<boolean> {
  const { connectorId, callId, compartment, at } = call;
  const { numAffectedRows } = await sql`
    insert into webhook_calls (connector_id, compartment, call_id, at)
    values (${connectorId}, ${compartment}, ${callId}, ${at}) on conflict do nothing`.execute(trx);
  return numAffectedRows === 1n;
}

export async function dropCalls(trx: Trx, before: Date): Promise<void> {
  await sql`delete from webhook_calls where at < ${before}`.execute(trx);
}
