/** Work that is due a little later, in the transaction that makes it necessary. */
import { HOLD_SECONDS } from '@groundswell/contract';
import { sql } from 'kysely';
import type { Trx } from '../platform/db.ts';

/** The job that lets go of whatever may no longer be taken back. */
export const SEND_HELD = 'cases.send_held';

/** A second behind the end of what is held, by the clock of the database; one that comes too early leaves it to the next. */
export async function putOff(trx: Trx, job: string): Promise<void> {
  await sql`select app.enqueue_in(${job}, '{}'::jsonb, ${HOLD_SECONDS + 1})`.execute(trx);
}
