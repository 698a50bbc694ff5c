/** Tasks, links, parts and updates to many, over HTTP. */
import * as endpoints from '@groundswell/contract';
import type { Actor } from '../access/index.ts';
import { loadIssue } from '../issues/index.ts';
import type { App } from '../platform/http.ts';
import { route } from '../platform/route.ts';
import type { Tools } from '../platform/tools.ts';
import { settleBroadcast, writeBroadcast } from './broadcast.actions.ts';
import { type Broadcast, broadcastsOf, countBroadcasts } from './broadcast.store.ts';
import { besideOf } from './case.detail.ts';
import type { Case } from './case.ts';
import { isoOf, namesIn, personOf, viewCases, viewTask } from './case.view.ts';
import { declineEnd, linkCase, splitCase, unlinkCase } from './issue-link.actions.ts';
import { liveCasesOf } from './issue-link.store.ts';
import { addTask, changeTask, settleTask } from './task.actions.ts';
import type { Task } from './task.store.ts';

export function besideRoutes(app: App, tools: Tools): void {
  tasks(app, tools);
  links(app, tools);
  broadcasts(app, tools);
}

function tasks(app: App, tools: Tools): void {
  const view = async (actor: Actor, one: Task) =>
    viewTask(one, await tools.db.as(actor, (db) => namesIn(db, [one.ownerId, one.madeBy, one.doneBy])));
  app.route({
    ...route(endpoints.addTask),
    handler: async ({ actor, params, body }) => view(actor, await addTask(tools, actor, params.id, body)),
  });
  app.route({
    ...route(endpoints.changeTask),
    handler: async ({ actor, params, body }) =>
      view(actor, await changeTask(tools, actor, { ref: params.id, id: params.part }, body)),
  });
  app.route({
    ...route(endpoints.settleTask),
    handler: async ({ actor, params, body }) =>
      view(actor, await settleTask(tools, actor, { ref: params.id, id: params.part }, body.done)),
  });
}

function links(app: App, tools: Tools): void {
  const beside = (actor: Actor, kase: Case) => tools.db.as(actor, (db) => besideOf(db, kase.id));
  app.route({
    ...route(endpoints.linkCase),
    handler: async ({ actor, params, body }) => beside(actor, await linkCase(tools, actor, params.id, body)),
  });
  app.route({
    ...route(endpoints.unlinkCase),
    handler: async ({ actor, params, body }) => beside(actor, await unlinkCase(tools, actor, params.id, body)),
  });
  app.route({
    ...route(endpoints.declineEnd),
    handler: async ({ actor, params }) => beside(actor, await declineEnd(tools, actor, params.id, params.part)),
  });
  app.route({
    ...route(endpoints.splitCase),
    async handler({ actor, params, body }) {
      const done = await splitCase(tools, actor, params.id, body);
      const [kase, part] = await tools.db.as(actor, (db) =>
        viewCases(db, actor, [done.case, done.part], tools.clock.now()),
      );
      return { case: kase!, part: part! };
    },
  });
}

function broadcasts(app: App, tools: Tools): void {
  app.route({
    ...route(endpoints.listBroadcasts),
    async handler({ actor, params }) {
      const found = await tools.db.as(actor, async (db) => broadcastsOf(db, (await loadIssue(db, params.id)).id));
      return { broadcasts: await viewBroadcasts(tools, actor, found) };
    },
  });
  app.route({
    ...route(endpoints.writeBroadcast),
    handler: async ({ actor, params, body }) => one(tools, actor, await writeBroadcast(tools, actor, params.id, body)),
  });
  app.route({
    ...route(endpoints.decideBroadcast),
    handler: async ({ actor, params, body }) => one(tools, actor, await settleBroadcast(tools, actor, params.id, body)),
  });
}

const one = async (tools: Tools, actor: Actor, broadcast: Broadcast) =>
  (await viewBroadcasts(tools, actor, [broadcast]))[0]!;

function viewBroadcasts({ db }: Tools, actor: Actor, found: readonly Broadcast[]): Promise<endpoints.CaseBroadcast[]> {
  return db.as(actor, async (reader) => {
    const names = await namesIn(
      reader,
      found.flatMap(({ writtenBy, decidedBy }) => [writtenBy, decidedBy]),
    );
    const counts = await countBroadcasts(
      reader,
      found.map(({ id }) => id),
    );
    const reaches = found[0] ? (await liveCasesOf(reader, found[0].issueId)).length : 0;
    const open = actor.can.has('case.answer');
    return found.map(({ compartment: _, ...said }) => ({
      ...said,
      texts: { ...said.texts },
      writtenBy: personOf(said.writtenBy, names)!,
      writtenAt: said.writtenAt.toISOString(),
      decidedBy: personOf(said.decidedBy, names),
      decidedAt: isoOf(said.decidedAt),
      ...{ cases: counts.get(said.id)?.cases ?? 0, left: counts.get(said.id)?.left ?? 0, reaches },
      can:
        open && said.state === 'proposed' ? (said.writtenBy === actor.id ? ['withdraw'] : ['approve', 'withdraw']) : [],
    }));
  });
}
