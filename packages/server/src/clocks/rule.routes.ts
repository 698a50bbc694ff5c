/** Policies and calendars over HTTP. */
import * as endpoints from '@groundswell/contract';
import { Refusal } from '@groundswell/contract';
import { readIcs, Unreadable } from '@groundswell/formats';
import { namesOf } from '../access/index.ts';
import type { App } from '../platform/http.ts';
import { route } from '../platform/route.ts';
import type { Tools } from '../platform/tools.ts';
import { setCalendar, setPolicy } from './rule.actions.ts';
import { calendarVersions, newestCalendars, newestPolicies } from './rule.store.ts';
import { holidayOf, mustCount, ZONES } from './rule.ts';

export function ruleRoutes(app: App, tools: Tools): void {
  const { db } = tools;
  app.route({
    ...route(endpoints.readClockRules),
    handler: ({ actor }) =>
      db.as(actor, async (reader) => {
        const [policies, calendars] = [await newestPolicies(reader), await newestCalendars(reader)];
        const specs = new Map((await calendarVersions(reader, calendars, [])).map((one) => [one.id, one.spec!]));
        const names = await namesOf(
          reader,
          [...policies, ...calendars].map(({ madeBy }) => madeBy),
        );
        return {
          policies: policies.map(({ spec, ...one }) =>
            endpoints.ClockPolicy.parse({ ...one, ...spec, ...made(one, names) }),
          ),
          calendars: calendars.map(({ key: _, ...one }) => {
            const spec = endpoints.ClockCalendarSpec.parse(specs.get(one.id));
            return { ...one, teams: [...one.teams], spec, holidaysUntil: lastDay(spec), ...made(one, names) };
          }),
          can: actor.can.has('case.configure') ? (['change'] as const).slice() : [],
        };
      }),
  });
  app.route({
    ...route(endpoints.setClockPolicy),
    handler: ({ actor, params, body }) => setPolicy(tools, actor, params.id, body),
  });
  app.route({
    ...route(endpoints.setClockCalendar),
    handler: ({ actor, params, body }) => setCalendar(tools, actor, params.id, body),
  });
  app.route({ ...route(endpoints.readHolidays), handler: async ({ body }) => holidaysIn(body) });
}

const made = ({ madeAt, madeBy }: { madeAt: Date; madeBy: string }, names: ReadonlyMap<string, string>) => ({
  madeAt: madeAt.toISOString(),
  madeBy: names.get(madeBy) ?? null,
});

function lastDay({ holidays }: endpoints.ClockCalendarSpec): string | null {
  const days = holidays.map(({ from }) => from.slice(0, 10)).sort();
  return days.at(-1) ?? null;
}

function holidaysIn({ ics, zone, from, until }: { ics: string; zone: string; from: string; until: string }) {
  try {
    const { events, refused } = readIcs(ics, { zones: ZONES, from, until });
    // Refuses a zone that nobody knows, days that cannot be, and more holidays than a calendar holds.
    mustCount({ zone, hours: 'always' });
    const holidays = events.map((event) => holidayOf(event, zone)).filter((one) => one.to > one.from);
    mustCount({ zone, hours: 'always', holidays });
    return { holidays, refused, until };
  } catch (error) {
    if (error instanceof Unreadable || error instanceof RangeError) throw new Refusal('request.invalid', error.message);
    throw error;
  }
}
