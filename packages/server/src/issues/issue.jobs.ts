/** Work on issues that no person starts. A job may run twice, late, or beside itself: each is written for that. */
import { z } from 'zod';
import { compartmentNames, reactor, SYSTEM } from '../access/index.ts';
import { loadEvent } from '../events.ts';
import { tell } from '../notify/index.ts';
import { defineJob } from '../platform/jobs.ts';
import type { Tools } from '../platform/tools.ts';
import { readersOf } from './comment.store.ts';
import { hearGrowth, hearSurge, recountChanged } from './issue.actions.ts';
import { keyOf } from './issue.key.ts';
import { loadIssue } from './issue.store.ts';

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

/** Started by a comment, written or edited. Whoever is named in it is told of it once. */
export const tellMentioned = defineJob({
  name: 'issues.tell_mentioned',
  payload: OfEvent,
  async run({ db }, { eventId }) {
    const actor = await reactor(db, eventId);
    if (!actor) return; // it went with an invented world
    await db.change(actor, async (trx) => {
      const event = await loadEvent(trx, eventId);
      if (event.name !== 'comment.written' && event.name !== 'comment.edited') return;
      const { commentId, mentions } = event.payload;
      const issue = await loadIssue(trx, event.subject.id);
      const may = new Set((await readersOf(trx, issue.compartment)).map(({ id }) => id));
      await tell(trx, {
        ...{ eventId, at: event.at, compartment: issue.compartment, kind: 'mention', cause: `comment ${commentId}` },
        subject: { kind: 'issue', id: issue.id, ref: keyOf(issue) },
        facts: {},
        people: mentions.filter((id) => id !== event.actor && may.has(id)),
        once: true,
      });
    });
  },
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
