/** Plans of shifts, over HTTP. */
import { instantOf, isZone } from '@groundswell/analytics';
import * as endpoints from '@groundswell/contract';
import { Refusal } from '@groundswell/contract';
import { readIcs, Unreadable } from '@groundswell/formats';
import type { App } from '../platform/http.ts';
import { route } from '../platform/route.ts';
import type { Tools } from '../platform/tools.ts';
import { changeShift, makeShift, removeShift, standIn } from './shift.actions.ts';
import { listShifts, type Shift } from './shift.store.ts';
import { planOf } from './turn.ts';

export function shiftRoutes(app: App, tools: Tools): void {
  app.route({
    ...route(endpoints.listShifts),
    handler: async ({ actor }) => ({
      shifts: (await tools.db.as(actor, (db) => listShifts(db))).map(viewOf),
      can: actor.can.has('case.configure') ? (['change'] as const).slice() : [],
    }),
  });
  app.route({
    ...route(endpoints.makeShift),
    handler: async ({ actor, body }) => viewOf(await makeShift(tools, actor, body)),
  });
  app.route({
    ...route(endpoints.changeShift),
    handler: async ({ actor, params, body }) => viewOf(await changeShift(tools, actor, params.id, body)),
  });
  app.route({
    ...route(endpoints.removeShift),
    handler: ({ actor, params }) => removeShift(tools, actor, params.id).then(() => ({ removed: true })),
  });
  app.route({
    ...route(endpoints.standIn),
    handler: ({ actor, params, body }) => standIn(tools, actor, params, body),
  });
  app.route({ ...route(endpoints.readShifts), handler: async ({ body }) => shiftsIn(body) });
}

const viewOf = (shift: Shift): endpoints.ShiftView => ({
  ...shift,
  days: [...shift.days],
  people: [...shift.people],
});

interface CalendarFile {
  readonly ics: string;
  readonly zone: string;
  readonly teamId: string;
  readonly from: string;
  readonly until: string;
}

function shiftsIn({ ics, zone, teamId, from, until }: CalendarFile) {
  if (!isZone(zone)) throw new Refusal('request.invalid', `"${zone}" is no time zone that this machine knows.`);
  try {
    const { events, refused } = readIcs(ics, { zones: { isZone, instantOf }, from, until });
    const plans = events.map((event) => ({ event, plan: planOf(event, zone) }));
    return {
      shifts: plans.flatMap(({ event, plan }) => {
        const name = endpoints.makeShift.body.shape.name.safeParse(event.summary.slice(0, 60));
        if (typeof plan === 'string') return [];
        return [{ teamId, name: name.success ? name.data : plan.begins, ...plan, days: [...plan.days], people: [] }];
      }),
      refused: [
        ...refused,
        ...plans.flatMap(({ event, plan }) => (typeof plan === 'string' ? [{ line: event.line, reason: plan }] : [])),
      ],
    };
  } catch (error) {
    if (error instanceof Unreadable || error instanceof RangeError) throw new Refusal('request.invalid', error.message);
    throw error;
  }
}
