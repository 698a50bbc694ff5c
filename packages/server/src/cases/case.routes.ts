/** One case over HTTP. */
import * as endpoints from '@groundswell/contract';
import type { Actor } from '../access/index.ts';
import { mustStandSomewhere } from '../access/index.ts';
import { insertLegalLine, legalLines } from '../clocks/index.ts';
import { record } from '../events.ts';
import { linesOf } from '../issues/index.ts';
import type { App } from '../platform/http.ts';
import { route } from '../platform/route.ts';
import type { Tools } from '../platform/tools.ts';
import { assignCase, changeCase, changePeople, moveCase, refuseCase, setPriority, watchCase } from './case.actions.ts';
import { detailOf } from './case.detail.ts';
import { loadCase } from './case.store.ts';
import type { Case } from './case.ts';
import { viewCases } from './case.view.ts';
import { legalOf, openCase } from './open.actions.ts';
import { prefillCase } from './prefill.ts';
import { nameOf, proposePriority } from './priority.ts';
import { timelineOf } from './timeline.store.ts';

export function caseRoutes(app: App, tools: Tools): void {
  const { db, clock } = tools;

  app.route({
    ...route(endpoints.openCase),
    handler: async ({ actor, body }) => view(tools, actor, await openCase(tools, actor, body)),
  });
  app.route({ ...route(endpoints.prefillCase), handler: ({ actor, body }) => prefillCase(tools, actor, body) });
  app.route({
    ...route(endpoints.proposePriority),
    handler: async ({ actor, body }) => {
      const legal = await db.as(actor, (reader) => legalOf(reader, body, clock.now()));
      const { priority, reasons } = proposePriority(body, legal);
      return { priority: nameOf(priority), reasons: [...reasons] };
    },
  });
  app.route({
    ...route(endpoints.readCase),
    handler: ({ actor, params }) =>
      db.as(actor, async (reader) => detailOf(reader, actor, await loadCase(reader, params.id), clock.now())),
  });
  app.route({
    ...route(endpoints.readTimeline),
    handler: ({ actor, params, query }) =>
      db.as(actor, async (reader) => {
        const { id } = await loadCase(reader, params.id);
        const { kind, after, ...rest } = query;
        const asked = { ...rest, after: positionIn(after), ...(kind !== undefined && { kinds: [kind].flat() }) };
        const { lines, next } = await timelineOf(reader, id, asked);
        return { lines: await linesOf(reader, lines), next };
      }),
  });
  deciding(app, tools);
  legal(app, tools);
}

function deciding(app: App, tools: Tools): void {
  app.route({
    ...route(endpoints.moveCase),
    handler: async ({ actor, params, body }) => view(tools, actor, await moveCase(tools, actor, params.id, body)),
  });
  app.route({
    ...route(endpoints.changeCase),
    handler: async ({ actor, params, body }) => view(tools, actor, await changeCase(tools, actor, params.id, body)),
  });
  app.route({
    ...route(endpoints.setPriority),
    handler: async ({ actor, params, body }) => view(tools, actor, await setPriority(tools, actor, params.id, body)),
  });
  app.route({
    ...route(endpoints.assignCase),
    handler: async ({ actor, params, body }) => view(tools, actor, await assignCase(tools, actor, params.id, body)),
  });
  app.route({
    ...route(endpoints.refuseCase),
    handler: async ({ actor, params, body }) => view(tools, actor, await refuseCase(tools, actor, params.id, body)),
  });
  app.route({
    ...route(endpoints.watchCase),
    handler: async ({ actor, params, body }) => ({ watching: await watchCase(tools, actor, params.id, body.watching) }),
  });
  app.route({
    ...route(endpoints.changeCasePeople),
    handler: async ({ actor, params, body }) => {
      const people = await changePeople(tools, actor, params.id, body);
      return { people: people.map((one) => ({ ...one, at: one.at.toISOString() })) };
    },
  });
}

function legal(app: App, { db, clock }: Tools): void {
  app.route({
    ...route(endpoints.listLegalClocks),
    handler: async ({ actor, query }) => ({ clocks: await db.as(actor, (reader) => legalLines(reader, query.at)) }),
  });
  app.route({
    ...route(endpoints.setLegalClock),
    handler: async ({ actor, body }) => {
      mustStandSomewhere(actor);
      const at = clock.now();
      return db.change(actor, async (trx) => {
        const line = await insertLegalLine(trx, body, actor.id);
        await record(trx, actor, {
          name: 'legal_clock.set',
          at,
          compartment: actor.compartments[0]!,
          subject: { kind: 'legal_clock', id: line.id },
          payload: { legalClockId: line.id, code: line.code, from: line.from },
        });
        return line;
      });
    },
  });
}

/** A number of the record; anything else begins at the newest. */
const positionIn = (said: string | undefined): string | undefined =>
  said !== undefined && /^\d{1,18}$/.test(said) ? said : undefined;

async function view({ db, clock }: Tools, actor: Actor, kase: Case): Promise<endpoints.CaseRow> {
  const [row] = await db.as(actor, (reader) => viewCases(reader, actor, [kase], clock.now()));
  return row!;
}
