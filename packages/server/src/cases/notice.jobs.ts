/** News of cases become notices for whoever may see the case now. */
import { z } from 'zod';
import { reactor } from '../access/index.ts';
import { loadEvent, type RecordedEvent } from '../events.ts';
import { tell } from '../notify/index.ts';
import type { Db } from '../platform/db.ts';
import { defineJob } from '../platform/jobs.ts';
import { colleaguesIn, membersOf, watchersOf } from './around.store.ts';
import { askerOf } from './ask.store.ts';
import { loadCase } from './case.store.ts';
import { type Around, newsOf } from './notice.ts';

/** Started by what happens to a case. Run twice, it tells nobody twice. */
export const tellOfCase = defineJob({
  name: 'cases.tell',
  payload: z.object({ eventId: z.uuid() }),
  async run({ db }, { eventId }) {
    const actor = await reactor(db, eventId);
    if (!actor) return; // it went with an invented world
    await db.change(actor, async (trx) => {
      const event = await loadEvent(trx, eventId);
      const news = newsOf(event, await aroundOf(trx, event));
      if (news.every(({ people }) => people.length === 0)) return;
      const may = new Set((await colleaguesIn(trx, event.compartment)).map(({ id }) => id));
      for (const one of news) await tell(trx, { ...one, people: one.people.filter((id) => may.has(id)) });
    });
  },
});

async function aroundOf(db: Db, event: RecordedEvent): Promise<Around> {
  const kase = await loadCase(db, event.subject.id);
  return {
    kase,
    watchers: await watchersOf(db, kase.id),
    team: kase.teamId === null ? [] : await membersOf(db, kase.teamId),
    asker: event.name === 'case.partner_answered' ? await askerOf(db, event.payload.askId) : null,
  };
}
