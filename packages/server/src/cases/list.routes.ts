/** The queue, my desk, and many cases at once, over HTTP. */
import * as endpoints from '@groundswell/contract';
import { Refusal } from '@groundswell/contract';
import type { App } from '../platform/http.ts';
import { route } from '../platform/route.ts';
import type { Tools } from '../platform/tools.ts';
import { bulkCases, echoCases, undoCases } from './bulk.actions.ts';
import { countGroups, facetsOf } from './case.facet.store.ts';
import { BY_CLOCK, type CaseQuery, listPage, type Position, positionOf } from './case.list.store.ts';
import { viewCases } from './case.view.ts';
import { deskOf } from './desk.view.ts';

export function listRoutes(app: App, tools: Tools): void {
  const { db, clock } = tools;
  app.route({
    ...route(endpoints.listCases),
    handler: async ({ actor, query }) =>
      db.as(actor, async (reader) => {
        const me = actor.kind === 'person' ? actor.id : null;
        const page = await listPage(reader, query, me, readPosition(query));
        const cases = page.slice(0, query.limit);
        const last = page.length > query.limit ? cases.at(-1) : undefined;
        return {
          cases: await viewCases(reader, actor, cases, clock.now()),
          next: last ? writePosition(query, positionOf(last, query.sort)) : null,
          counts: query.after === undefined ? await countGroups(reader, query, me) : null,
          facets: query.facets ? await facetsOf(reader, query, me) : [],
        };
      }),
  });
  app.route({ ...route(endpoints.readDesk), handler: ({ actor }) => deskOf(tools, actor) });
  app.route({
    ...route(endpoints.echoCases),
    handler: ({ actor, body }) => echoCases(tools, actor, body.cases, body.act),
  });
  app.route({
    ...route(endpoints.bulkCases),
    handler: async ({ actor, body }) => ({ outcomes: await bulkCases(tools, actor, body.cases, body.act) }),
  });
  app.route({
    ...route(endpoints.undoCases),
    handler: async ({ actor, body }) => ({ outcomes: await undoCases(tools, actor, body.cases) }),
  });
}

/** A priority; or, by due, that the page ended among those whose clock runs. */
const isPlace = (value: unknown, sort: CaseQuery['sort']): value is string =>
  typeof value === 'string' && (/^[0-4]$/.test(value) || (sort === 'due' && value === BY_CLOCK));

/** A cursor belongs to the order that it was made for. */
function writePosition({ sort, order }: CaseQuery, { value, at, id }: Position): string {
  return Buffer.from(JSON.stringify([sort, order, value, at, id])).toString('base64url');
}

function readPosition({ sort, order, after }: CaseQuery): Position | null {
  if (after === undefined) return null;
  try {
    const [madeSort, madeOrder, value, at, id] = JSON.parse(Buffer.from(after, 'base64url').toString()) as unknown[];
    const isOurs = madeSort === sort && madeOrder === order && isPlace(value, sort);
    const isWhere = typeof at === 'string' && !Number.isNaN(Date.parse(at)) && typeof id === 'string';
    if (isOurs && isWhere && /^[0-9a-f-]{36}$/.test(id)) return { value, at: new Date(at).toISOString(), id };
  } catch {
    // not ours either: refused below
  }
  throw new Refusal(
    'request.invalid',
    'This page of the list is not one that was given out. Start again at the first page.',
  );
}
