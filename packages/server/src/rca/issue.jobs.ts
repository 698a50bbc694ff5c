/** Explanations that no person asks for: as a surge is raised and grows. Run twice or late, the last word holds. */
import { z } from 'zod';
import { reactor } from '../access/index.ts';
import { loadEvent } from '../events.ts';
import { defineJob } from '../platform/jobs.ts';
import type { Room } from './explain.actions.ts';
import { explainAlert } from './issue.actions.ts';

/** Its name, for the table of reactions; the job itself is made with what it needs. */
export const EXPLAIN_SURGE = { name: 'rca.explain_surge' } as const;

/** Started by `alert.raised`, `alert.grew` and `issue.suspected`. */
export const explainSurge = (room: Room) =>
  defineJob({
    ...EXPLAIN_SURGE,
    payload: z.object({ eventId: z.uuid() }),
    async run(tools, { eventId }) {
      const actor = await reactor(tools.db, eventId);
      if (!actor) return; // it went with an invented world
      const { name, subject, payload } = await tools.db.as(actor, (db) => loadEvent(db, eventId));
      const alertId = name === 'issue.suspected' ? (payload as { alertId: string }).alertId : subject.id;
      await explainAlert(tools, actor, alertId, room);
    },
  });
