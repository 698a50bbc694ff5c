/** What time alone does to batons: what nobody accepts is said aloud, once. */
import { BATON_LOUD_MINUTES } from '@groundswell/contract';
import { z } from 'zod';
import { compartmentNames, SYSTEM } from '../access/index.ts';
import { casesById } from '../cases/index.ts';
import { recordAll } from '../events.ts';
import { defineJob } from '../platform/jobs.ts';
import type { Tools } from '../platform/tools.ts';
import { holdQuiet, markLoud } from './baton.store.ts';
import { handsOver } from './baton.view.ts';

const MINUTE_MS = 60_000;
/** In one transaction; the rest comes with the next round. */
const AT_ONCE = 500;

/**
 * A job may run twice, late, or beside itself: what was said is not said again. A baton whose case has ended or changed
 * hands meanwhile waits for nobody, so nothing is said of it.
 */
async function nameLoudIn({ db, clock }: Tools, compartment: string): Promise<void> {
  const at = clock.now();
  const actor = SYSTEM.reactions(compartment);
  await db.change(actor, async (trx) => {
    const quiet = await holdQuiet(trx, compartment, new Date(at.getTime() - BATON_LOUD_MINUTES * MINUTE_MS), AT_ONCE);
    await markLoud(
      trx,
      quiet.map(({ id }) => id),
      at,
    );
    const cases = await casesById(
      trx,
      quiet.map(({ caseId }) => caseId),
    );
    const loud = quiet.filter((baton) => handsOver(baton, cases.get(baton.caseId)));
    await recordAll(
      trx,
      actor,
      loud.map(({ id, caseId, senderId, receiverId }) => ({
        ...{ name: 'case.baton_unanswered', at, compartment, subject: { kind: 'case', id: caseId } },
        payload: { batonId: id, senderId, receiverId },
      })),
    );
  });
}

export const nameLoudBatons = defineJob({
  name: 'handover.name_loud',
  every: '* * * * *',
  payload: z.object({}),
  async run(tools) {
    const failed: unknown[] = [];
    for (const compartment of await compartmentNames(tools.db)) {
      // One wall holds up no other.
      await nameLoudIn(tools, compartment).catch((error: unknown) => failed.push(error));
    }
    if (failed.length > 0) throw new AggregateError(failed, 'some hand-overs were not looked at');
  },
});
