/** Batches are let go when nobody can want to go on with them any more. Their signals stay. */
import { BATCH_KEPT_DAYS } from '@groundswell/contract';
import { compartmentNames, SYSTEM } from '../access/index.ts';
import type { Tools } from '../platform/tools.ts';
import { dropOldBatches, dropOldRefusals } from './batch.store.ts';

const DAY_MS = 86_400_000;
/** A batch may have refused millions of rows: as many at once as a transaction removes in a second. */
const AT_ONCE = 20_000;

/**
 * The refused rows go first and in pieces, then the batches that have none left. What dies in between goes on with the next
 * hour, and so does a batch that comes back to life in between: only the list of what it refused is shorter then.
 */
export async function forgetBatches({ db, clock }: Tools, atOnce = AT_ONCE): Promise<void> {
  const before = new Date(clock.now().getTime() - BATCH_KEPT_DAYS * DAY_MS);
  for (const compartment of await compartmentNames(db)) {
    const actor = SYSTEM.intake(compartment);
    let gone: number;
    do gone = await db.change(actor, (trx) => dropOldRefusals(trx, before, atOnce));
    while (gone === atOnce);
    await db.change(actor, (trx) => dropOldBatches(trx, before));
  }
}
