/** Clocks by time alone. A job may run twice, late, or beside itself: what was found is not found again. */
import { z } from 'zod';
import { compartmentNames, reactor, SYSTEM } from '../access/index.ts';
import { loadEvent } from '../events.ts';
import { defineJob } from '../platform/jobs.ts';
import type { Tools } from '../platform/tools.ts';
import { applyRules } from './apply.actions.ts';
import { lookIn } from './keep.store.ts';
import { type Begin, lookAround } from './look.actions.ts';

/** A round of the clock later the next one comes by itself. */
const ROUND_MS = 60_000;

async function lookEverywhere(tools: Tools, begin: Begin): Promise<void> {
  const failed: unknown[] = [];
  for (const compartment of await compartmentNames(tools.db)) {
    try {
      const next = await lookAround(tools, compartment, begin);
      if (next !== null) await wakeAt(tools, compartment, next);
    } catch (error) {
      failed.push(error); // one wall holds up no other
    }
  }
  if (failed.length > 0) throw new AggregateError(failed, 'some clocks were not looked at');
}

async function wakeAt({ db, clock }: Tools, compartment: string, next: Date): Promise<void> {
  const ms = next.getTime() - clock.now().getTime();
  if (ms < ROUND_MS) await db.change(SYSTEM.reactions(compartment), (trx) => lookIn(trx, ms));
}

export const clockJobs = (begin: Begin) => ({
  /** Put off to the moment at which something is due. */
  look: defineJob({ name: 'clocks.look', payload: z.object({}), run: (tools) => lookEverywhere(tools, begin) }),
  /** For what was due while nobody was there, and for what lies further ahead than a round. */
  lookEachMinute: defineJob({
    name: 'clocks.look_each_minute',
    every: '* * * * *',
    payload: z.object({}),
    run: (tools) => lookEverywhere(tools, begin),
  }),
});

/** Started by an edited policy or calendar: behind every wall, for they are the house's. */
export const applyClockRules = defineJob({
  name: 'clocks.apply_rules',
  payload: z.object({ eventId: z.uuid() }),
  async run(tools, { eventId }) {
    const actor = await reactor(tools.db, eventId);
    if (!actor) return; // it went with its compartment
    const event = await tools.db.as(actor, (db) => loadEvent(db, eventId));
    if (event.name !== 'clock_policy.set' && event.name !== 'clock_calendar.set') return;
    const { running } = event.payload;
    for (const compartment of await compartmentNames(tools.db)) {
      await applyRules(tools, compartment, { eventId, running });
    }
  },
});
