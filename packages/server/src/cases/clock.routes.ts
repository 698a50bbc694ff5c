/** The clocks of one case, over HTTP. */
import * as endpoints from '@groundswell/contract';
import type { Actor } from '../access/index.ts';
import { previewRules, readingsOf, whyOf } from '../clocks/index.ts';
import type { Db } from '../platform/db.ts';
import type { App } from '../platform/http.ts';
import { route } from '../platform/route.ts';
import type { Tools } from '../platform/tools.ts';
import { containCase } from './case.actions.ts';
import { referenceOf } from './case.key.ts';
import { casesById, loadCase } from './case.store.ts';
import { type Case, isLive } from './case.ts';

export function clockRoutes(app: App, tools: Tools): void {
  const { db, clock } = tools;
  app.route({
    ...route(endpoints.readCaseClocks),
    handler: ({ actor, params }) =>
      db.as(actor, async (reader) => clocksView(reader, actor, await loadCase(reader, params.id), clock.now())),
  });
  app.route({
    ...route(endpoints.explainCaseClocks),
    handler: ({ actor, params, query }) =>
      db.as(actor, async (reader) => {
        const { id } = await loadCase(reader, params.id);
        const at = clock.now();
        return { at: at.toISOString(), clocks: await whyOf(reader, id, at, query.key) };
      }),
  });
  app.route({
    ...route(endpoints.previewClockRules),
    handler: async ({ actor, body }) => {
      const { items, each, ...counts } = await previewRules(tools, actor, body);
      const cases = await db.as(actor, (reader) =>
        casesById(
          reader,
          each.map(({ itemId }) => itemId),
        ),
      );
      const shown = each.flatMap(({ itemId, ...one }) => {
        const kase = cases.get(itemId);
        return kase ? [{ ...one, caseId: itemId, reference: referenceOf(kase) }] : [];
      });
      return { ...counts, cases: items, each: shown };
    },
  });
  app.route({
    ...route(endpoints.containCase),
    handler: async ({ actor, params, body }) => {
      const kase = await containCase(tools, actor, params.id, body.version);
      return db.as(actor, (reader) => clocksView(reader, actor, kase, clock.now()));
    },
  });
}

async function clocksView(db: Db, actor: Actor, kase: Case, at: Date) {
  const clocks = await readingsOf(db, kase.id, at);
  const open = clocks.some(({ metric, endedAt }) => metric === 'containment' && endedAt === null);
  const can = open && isLive(kase.state) && actor.can.has('case.work') ? (['contain'] as const) : [];
  return { at: at.toISOString(), clocks, can: [...can] };
}
