/** Work on issues that no person starts. A job may run twice, late, or beside itself: each is written for that. */
import { z } from 'zod';
import { compartmentNames, reactor, SYSTEM } from '../access/index.ts';
import { loadEvent } from '../events.ts';
import { defineJob } from '../platform/jobs.ts';
import type { Tools } from '../platform/tools.ts';
import { hearGrowth, hearSurge, recountChanged } from './issue.actions.ts';

const OfEvent = z.object({ eventId: z.uuid() });

/** Started by `alert.raised`. */
export const suspectIssue = defineJob({
  name: 'issues.suspect',
  payload: OfEvent,
  run: (tools, { eventId }) => onAlert(tools, eventId, hearSurge),
});

/** Started by `alert.grew`. */
export const followSurge = defineJob({
  name: 'issues.follow_surge',
  payload: OfEvent,
  run: (tools, { eventId }) => onAlert(tools, eventId, hearGrowth),
});

async function onAlert(tools: Tools, eventId: string, hear: typeof hearSurge): Promise<void> {
  const actor = await reactor(tools.db, eventId);
  if (!actor) return; // it went with an invented world
  const event = await tools.db.as(actor, (db) => loadEvent(db, eventId));
  await hear(tools, actor, event.subject.id);
}

/** Started by the clock: topics grow between two alerts too. */
export const recountIssues = defineJob({
  name: 'issues.recount',
  every: '* * * * *',
  payload: z.object({}),
  async run(tools) {
    for (const compartment of await compartmentNames(tools.db)) {
      await recountChanged(tools, SYSTEM.reactions(compartment));
    }
  },
});
