/** What people do with issues together, over HTTP. */
import * as endpoints from '@groundswell/contract';
import type { Actor } from '../access/index.ts';
import type { App } from '../platform/http.ts';
import { route } from '../platform/route.ts';
import type { Tools } from '../platform/tools.ts';
import {
  assignIssue,
  deleteComment,
  editComment,
  followIssue,
  followIssues,
  markIssues,
  markSeen,
  writeComment,
} from './comment.actions.ts';
import type { Comment } from './comment.ts';
import { assignIssues } from './issue.bulk.actions.ts';
import { loadIssue } from './issue.store.ts';
import { viewIssues } from './issue.view.ts';
import { listGiveable } from './owner.store.ts';
import { type Done, linkIssues, mergeIssue, moveTopicSignals, splitIssue } from './triage.actions.ts';
import { triageOf, viewActs, viewComments } from './triage.view.ts';
import { undoTriage } from './triage-undo.actions.ts';

export function triageRoutes(app: App, tools: Tools): void {
  const { db, clock } = tools;
  app.route({
    ...route(endpoints.readTriage),
    handler: ({ actor, params }) =>
      db.as(actor, async (reader) => triageOf(reader, actor, await loadIssue(reader, params.id), clock.now())),
  });
  app.route({
    ...route(endpoints.mergeIssue),
    handler: async ({ actor, params, body }) => view(tools, actor, await mergeIssue(tools, actor, params.id, body)),
  });
  app.route({
    ...route(endpoints.splitIssue),
    handler: async ({ actor, params, body }) => view(tools, actor, await splitIssue(tools, actor, params.id, body)),
  });
  app.route({
    ...route(endpoints.moveTopicSignals),
    handler: async ({ actor, body }) => view(tools, actor, await moveTopicSignals(tools, actor, body)),
  });
  app.route({
    ...route(endpoints.linkIssues),
    handler: async ({ actor, params, body }) => view(tools, actor, await linkIssues(tools, actor, params.id, body)),
  });
  app.route({
    ...route(endpoints.undoTriage),
    async handler({ actor, params }) {
      const { act, stay } = await undoTriage(tools, actor, params.id);
      const [shown] = await db.as(actor, (reader) => viewActs(reader, [act]));
      return { act: shown!, stay };
    },
  });
}

/** Many at once, and what belongs to it. */
export function ownerRoutes(app: App, tools: Tools): void {
  app.route({
    ...route(endpoints.assignIssues),
    handler: async ({ actor, body }) => ({ outcomes: await assignIssues(tools, actor, body) }),
  });
  app.route({
    ...route(endpoints.listOwners),
    handler: async ({ actor }) => ({ people: await tools.db.as(actor, listGiveable) }),
  });
  app.route({
    ...route(endpoints.followIssues),
    handler: async ({ actor, body }) => ({ issues: await followIssues(tools, actor, body) }),
  });
  app.route({
    ...route(endpoints.markIssues),
    handler: async ({ actor, body }) => ({ issues: await markIssues(tools, actor, body) }),
  });
}

export function commentRoutes(app: App, tools: Tools): void {
  app.route({
    ...route(endpoints.assignIssue),
    async handler({ actor, params, body }) {
      const issue = await assignIssue(tools, actor, params.id, body);
      const [row] = await tools.db.as(actor, (reader) => viewIssues(reader, actor, [issue], tools.clock.now()));
      return row!;
    },
  });
  app.route({
    ...route(endpoints.followIssue),
    handler: async ({ actor, params, body }) => ({
      following: await followIssue(tools, actor, params.id, body.following),
    }),
  });
  app.route({
    ...route(endpoints.markSeen),
    handler: async ({ actor, params }) => ({ at: (await markSeen(tools, actor, params.id)).toISOString() }),
  });
  app.route({
    ...route(endpoints.writeComment),
    handler: async ({ actor, params, body }) => shown(tools, actor, await writeComment(tools, actor, params.id, body)),
  });
  app.route({
    ...route(endpoints.editComment),
    handler: async ({ actor, params: { id: ref, comment: id }, body }) =>
      shown(tools, actor, await editComment(tools, actor, { ref, id }, body)),
  });
  app.route({
    ...route(endpoints.deleteComment),
    handler: async ({ actor, params: { id: ref, comment: id } }) =>
      shown(tools, actor, await deleteComment(tools, actor, { ref, id })),
  });
}

async function shown({ db, clock }: Tools, actor: Actor, comment: Comment): Promise<endpoints.IssueComment> {
  const [one] = await db.as(actor, (reader) => viewComments(reader, actor, [comment], clock.now()));
  return one!;
}

async function view({ db, clock }: Tools, actor: Actor, { act, issue }: Done) {
  return db.as(actor, async (reader) => {
    const [shownAct] = await viewActs(reader, [act]);
    const [row] = issue ? await viewIssues(reader, actor, [issue], clock.now()) : [];
    return { act: shownAct!, issue: row ?? null };
  });
}
