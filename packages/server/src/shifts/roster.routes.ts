/** Who is on, who comes next, and what people bring, over HTTP. */
import * as endpoints from '@groundswell/contract';
import { Refusal } from '@groundswell/contract';
import { writeIcs } from '@groundswell/formats';
import type { App } from '../platform/http.ts';
import { route } from '../platform/route.ts';
import type { Tools } from '../platform/tools.ts';
import { sayWhatIBring } from './shift.actions.ts';
import { listBrings } from './shift.store.ts';
import { rosterAt, turnsBetween } from './turn.view.ts';

const DAY_MS = 86_400_000;

export function rosterRoutes(app: App, tools: Tools): void {
  const { db, clock } = tools;
  app.route({
    ...route(endpoints.readRoster),
    handler: ({ actor }) =>
      db.as(actor, async (reader) => {
        const at = clock.now();
        const can = actor.can.has('case.configure') ? (['change'] as const).slice() : [];
        return { at: at.toISOString(), teams: await rosterAt(reader, at), can };
      }),
  });
  app.route({
    ...route(endpoints.listTurns),
    handler: ({ actor, query }) =>
      db.as(actor, async (reader) => ({ turns: await turnsBetween(reader, ...boundsOf(query), query.team) })),
  });
  app.route({
    ...route(endpoints.writeRoster),
    handler: ({ actor, query }) =>
      db.as(actor, async (reader) => {
        const turns = await turnsBetween(reader, ...boundsOf(query), query.team);
        const events = turns
          .filter(({ places }) => !query.person || places.some(({ person }) => person.id === query.person))
          .map(({ shiftId, day, name, from, to, places }) => ({
            uid: `${shiftId}-${day}@groundswell`,
            summary: [name, places.map(({ person }) => person.name).join(', ')].filter(Boolean).join(': '),
            from: Date.parse(from),
            to: Date.parse(to),
          }));
        return { ics: writeIcs('Groundswell', events, clock.now().getTime()) };
      }),
  });
  app.route({
    ...route(endpoints.listWhatPeopleBring),
    handler: async ({ actor }) => ({ people: await db.as(actor, listBrings) }),
  });
  app.route({
    ...route(endpoints.sayWhatIBring),
    handler: ({ actor, body }) => sayWhatIBring(tools, actor, body),
  });
}

/** Days of UTC, both included. */
function boundsOf({ from, until }: { from: string; until: string }): [number, number] {
  const [start, end] = [Date.parse(from), Date.parse(until) + DAY_MS];
  if (end > start && end - start <= endpoints.ROSTER_DAYS_MAX * DAY_MS && start >= 0 && end < Date.UTC(2199, 0)) {
    return [start, end];
  }
  throw new Refusal('request.invalid', `Ask for up to ${endpoints.ROSTER_DAYS_MAX} days, the first one first.`);
}
