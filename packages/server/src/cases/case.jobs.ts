/** Work on cases that no person starts. A job may run twice, late, or beside itself: each is written for that. */
import { z } from 'zod';
import { compartmentNames, reactor, SYSTEM } from '../access/index.ts';
import { loadEvent } from '../events.ts';
import { defineJob } from '../platform/jobs.ts';
import type { Tools } from '../platform/tools.ts';
import { sendAsk } from './ask.actions.ts';
import { dueAsks } from './ask.store.ts';
import { SEND_HELD } from './hold.store.ts';
import { proposeEnds } from './issue-link.actions.ts';
import { sendMessage } from './message.actions.ts';
import { dueMessages } from './message.store.ts';

/** In every compartment: each message and ask in a transaction of its own, so that one holds up no other. */
async function letGo(tools: Tools): Promise<void> {
  const now = tools.clock.now();
  for (const compartment of await compartmentNames(tools.db)) {
    const actor = SYSTEM.reactions(compartment);
    const [messages, asks] = await tools.db.as(actor, async (db) => [
      await dueMessages(db, now),
      await dueAsks(db, now),
    ]);
    for (const id of messages) await sendMessage(tools, actor, id);
    for (const id of asks) await sendAsk(tools, actor, id);
  }
}

/** Put off by whoever writes. */
export const sendHeld = defineJob({ name: SEND_HELD, payload: z.object({}), run: letGo });

/** Started by the clock: for what a job was lost for, or came too early for. */
export const sendOverdue = defineJob({
  name: 'cases.send_overdue',
  every: '* * * * *',
  payload: z.object({}),
  run: letGo,
});

/** Started by `issue.moved`. */
export const proposeCaseEnds = defineJob({
  name: 'cases.propose_ends',
  payload: z.object({ eventId: z.uuid() }),
  async run(tools, { eventId }) {
    const actor = await reactor(tools.db, eventId);
    if (!actor) return; // it went with an invented world
    const event = await tools.db.as(actor, (db) => loadEvent(db, eventId));
    if (event.name === 'issue.moved') await proposeEnds(tools, actor, event.subject.id, event.payload.to);
  },
});
