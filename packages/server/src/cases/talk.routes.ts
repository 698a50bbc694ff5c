/** What is said of a case, over HTTP: outside, to partners, inside, each at an address of its own. */
import * as endpoints from '@groundswell/contract';
import type { Actor } from '../access/index.ts';
import type { App } from '../platform/http.ts';
import { route } from '../platform/route.ts';
import type { Tools } from '../platform/tools.ts';
import { askPartner, changeAsk } from './ask.actions.ts';
import type { Ask } from './ask.store.ts';
import { namesIn, viewAsk, viewMessage, viewNote } from './case.view.ts';
import { cancelMessage, receiveMessage, writeMessage } from './message.actions.ts';
import type { Message } from './message.store.ts';
import { changeNote, saveDraft, writeNote } from './note.actions.ts';
import type { Note } from './note.store.ts';
import { dropTemplate, fillTemplate, keepTemplate, readTemplates } from './template.actions.ts';
import { type Template, variablesOf } from './template.ts';

export function talkRoutes(app: App, tools: Tools): void {
  outside(app, tools);
  partners(app, tools);
  inside(app, tools);
  templates(app, tools);
}

function outside(app: App, tools: Tools): void {
  const view = async (actor: Actor, one: Message) =>
    viewMessage(one, actor, await tools.db.as(actor, (db) => namesIn(db, [one.authorId])));
  app.route({
    ...route(endpoints.writeMessage),
    handler: async ({ actor, params, body }) => view(actor, await writeMessage(tools, actor, params.id, body)),
  });
  app.route({
    ...route(endpoints.receiveMessage),
    handler: async ({ actor, params, body }) => view(actor, await receiveMessage(tools, actor, params.id, body)),
  });
  app.route({
    ...route(endpoints.cancelMessage),
    handler: async ({ actor, params }) => view(actor, await cancelMessage(tools, actor, params.id, params.part)),
  });
}

function partners(app: App, tools: Tools): void {
  const view = async (actor: Actor, one: Ask) =>
    viewAsk(one, actor, await tools.db.as(actor, (db) => namesIn(db, [one.authorId, one.answeredBy])));
  app.route({
    ...route(endpoints.askPartner),
    handler: async ({ actor, params, body }) => view(actor, await askPartner(tools, actor, params.id, body)),
  });
  app.route({
    ...route(endpoints.changeAsk),
    handler: async ({ actor, params, body }) =>
      view(actor, await changeAsk(tools, actor, params.id, params.part, body)),
  });
}

function inside(app: App, tools: Tools): void {
  const view = async (actor: Actor, one: Note) =>
    viewNote(one, actor, tools.clock.now(), await tools.db.as(actor, (db) => namesIn(db, [one.authorId])));
  app.route({
    ...route(endpoints.writeNote),
    handler: async ({ actor, params, body }) => view(actor, await writeNote(tools, actor, params.id, body.text)),
  });
  app.route({
    ...route(endpoints.editNote),
    handler: async ({ actor, params, body }) =>
      view(actor, await changeNote(tools, actor, { ref: params.id, id: params.part }, body.text)),
  });
  app.route({
    ...route(endpoints.deleteNote),
    handler: async ({ actor, params }) =>
      view(actor, await changeNote(tools, actor, { ref: params.id, id: params.part }, null)),
  });
  app.route({
    ...route(endpoints.saveDraft),
    handler: async ({ actor, params, body }) => {
      const draft = await saveDraft(tools, actor, { ref: params.id, kind: params.kind }, body.body);
      return { draft: draft && { ...draft, at: draft.at.toISOString() } };
    },
  });
}

function templates(app: App, tools: Tools): void {
  const view = (one: Template): endpoints.CaseTemplate => ({
    ...one,
    texts: { ...one.texts },
    variables: variablesOf(one.texts),
  });
  app.route({
    ...route(endpoints.listCaseTemplates),
    handler: async ({ actor }) => ({ templates: (await readTemplates(tools, actor)).map(view) }),
  });
  app.route({
    ...route(endpoints.saveCaseTemplate),
    handler: async ({ actor, body }) => view(await keepTemplate(tools, actor, body)),
  });
  app.route({
    ...route(endpoints.removeCaseTemplate),
    handler: async ({ actor, params }) => ({ id: await dropTemplate(tools, actor, params.id) }),
  });
  app.route({
    ...route(endpoints.fillCaseTemplate),
    handler: ({ actor, params, body }) =>
      fillTemplate(tools, actor, { ref: params.id, template: params.part, ...body }),
  });
}
