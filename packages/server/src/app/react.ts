/** From the event to those who react: `record` enqueues this one job, and it enqueues theirs. */
import { z } from 'zod';
import { reactor } from '../access/index.ts';
import { loadEvent } from '../events.ts';
import { defineJob, enqueue } from '../platform/jobs.ts';
import { REACTIONS } from './wiring.ts';

export const react = defineJob({
  name: 'react',
  payload: z.object({ eventId: z.uuid() }),
  async run({ db }, { eventId }) {
    const actor = await reactor(db, eventId);
    if (!actor) return; // `record` writes event and job together, so it was there: it went with an invented world
    await db.change(actor, async (trx) => {
      const { name } = await loadEvent(trx, eventId);
      for (const job of REACTIONS[name]) await enqueue(trx, job.name, { eventId });
    });
  },
});
