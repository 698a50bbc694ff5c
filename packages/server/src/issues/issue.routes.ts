/** Issues over HTTP. */
import * as endpoints from '@groundswell/contract';
import { Refusal } from '@groundswell/contract';
import type { Actor } from '../access/index.ts';
import type { App } from '../platform/http.ts';
import { route } from '../platform/route.ts';
import type { Tools } from '../platform/tools.ts';
import { budgetOf, type Streams } from '../topics/index.ts';
import { moveIssue, noteLook, renameIssue } from './issue.actions.ts';
import { moveIssues, undoMoves } from './issue.bulk.actions.ts';
import { detailOf } from './issue.detail.ts';
import { askIssues, facetsOf, gravesFor, showNotes, whyFound } from './issue.facets.ts';
import { countGroups, type IssueQuery, listPage, type Position, positionOf } from './issue.list.store.ts';
import { loadIssue } from './issue.store.ts';
import type { Issue } from './issue.ts';
import { viewIssues } from './issue.view.ts';

export function issueRoutes(app: App, tools: Tools): void {
  const { db, clock } = tools;
  const streams: Streams = new Map();

  app.route({
    ...route(endpoints.listIssues),
    handler: async ({ actor, query }) =>
      db.as(actor, async (reader) => {
        const now = clock.now();
        const graves = await gravesFor(reader, query, now);
        const asked = await askIssues(reader, query.q, graves && { graves });
        const filter = { ...query, asked, graves };
        const page = await listPage(reader, filter, readPosition(query));
        const issues = page.slice(0, query.limit);
        const last = page.length > query.limit ? issues.at(-1) : undefined;
        return {
          issues: await viewIssues(reader, actor, issues, now),
          why: asked ? issues.map((issue) => whyFound(asked, issue)) : [],
          next: last ? writePosition(query, positionOf(last, query.sort, graves)) : null,
          counts: await countGroups(reader, filter),
          facets: query.after === undefined ? await facetsOf(reader, query, asked, graves) : [],
          notes: showNotes(asked),
        };
      }),
  });

  app.route({
    ...route(endpoints.readIssue),
    async handler({ actor, params }) {
      const [issue, detail] = await db.as(actor, async (reader) => {
        const kept = await loadIssue(reader, params.id);
        const budget = await budgetOf(reader, kept.compartment);
        return [kept, await detailOf(reader, actor, kept, { budget, now: clock.now(), streams })] as const;
      });
      await noteLook(tools, actor, issue);
      return detail;
    },
  });

  app.route({
    ...route(endpoints.moveIssue),
    handler: async ({ actor, params, body }) => view(tools, actor, await moveIssue(tools, actor, params.id, body)),
  });

  app.route({
    ...route(endpoints.moveIssues),
    handler: async ({ actor, body }) => ({ outcomes: await moveIssues(tools, actor, body) }),
  });

  app.route({
    ...route(endpoints.undoMoves),
    handler: async ({ actor, body }) => ({ outcomes: await undoMoves(tools, actor, body.issues) }),
  });

  app.route({
    ...route(endpoints.renameIssue),
    handler: async ({ actor, params, body }) => view(tools, actor, await renameIssue(tools, actor, params.id, body)),
  });
}

async function view({ db, clock }: Tools, actor: Actor, issue: Issue): Promise<endpoints.IssueRow> {
  const [row] = await db.as(actor, (reader) => viewIssues(reader, actor, [issue], clock.now()));
  return row!;
}

/** A cursor belongs to the order that it was made for. */
function writePosition({ sort, order }: IssueQuery, { value, id }: Position): string {
  return Buffer.from(JSON.stringify([sort, order, value, id])).toString('base64url');
}

function readPosition({ sort, order, after }: IssueQuery): Position | null {
  if (after === undefined) return null;
  try {
    const [madeSort, madeOrder, value, id] = JSON.parse(Buffer.from(after, 'base64url').toString()) as unknown[];
    const isOurs = madeSort === sort && madeOrder === order && typeof value === 'string' && isUuid(id);
    if (
      isOurs &&
      !Number.isNaN(sort === 'noticed' || sort === 'onset' || sort === 'changed' ? Date.parse(value) : Number(value))
    ) {
      return { value, id };
    }
  } catch {
    // not ours either: refused below
  }
  throw new Refusal(
    'request.invalid',
    'This page of the list is not one that was given out. Start again at the first page.',
  );
}

const isUuid = (word: unknown): word is string => typeof word === 'string' && /^[0-9a-f-]{36}$/.test(word);
