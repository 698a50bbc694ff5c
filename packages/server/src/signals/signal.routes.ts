/** Signals over HTTP. */
import {
  Refusal,
  type ReplyOf,
  readSignal as readEndpoint,
  type SignalView,
  searchSignals as searchEndpoint,
  sendSignals as sendEndpoint,
  suggestValues as suggestEndpoint,
  summariseSignals as summariseEndpoint,
} from '@groundswell/contract';
import type { Db } from '../platform/db.ts';
import type { App } from '../platform/http.ts';
import { route } from '../platform/route.ts';
import type { Tools } from '../platform/tools.ts';
import type { Above } from './above.ts';
import { readCursor, writeCursor } from './cursor.ts';
import { understood } from './filter.store.ts';
import { takeSignals } from './intake.actions.ts';
import { explained } from './search.actions.ts';
import { findPage } from './search.store.ts';
import { loadKept } from './signal.store.ts';
import { viewSignal } from './signal.ts';
import { sourceFor } from './source.ts';
import { suggest } from './suggest.actions.ts';
import { summarise } from './summary.actions.ts';

export function signalRoutes(app: App, tools: Tools, above: Above): void {
  app.register(async (bare) => {
    const room = bare as unknown as App; // a room of its own has the types of the house, and fastify does not say so
    takeAnyNames(room);
    room.route({
      ...route(sendEndpoint),
      handler({ actor, query, body }) {
        const rows = [body].flat().map((value, i) => ({ row: i + 1, value }));
        return takeSignals(tools, actor, sourceFor(actor, query.source), rows);
      },
    });
  });

  app.route({
    ...route(searchEndpoint),
    handler: ({ actor, query }) => tools.db.as(actor, (db) => readPage(db, query, above)),
  });

  app.route({
    ...route(summariseEndpoint),
    handler: ({ actor, query }) => tools.db.as(actor, (db) => summarise(db, query, above)),
  });

  app.route({
    ...route(suggestEndpoint),
    handler: ({ actor, query }) => tools.db.as(actor, async (db) => ({ values: await suggest(db, query, above) })),
  });

  app.route({
    ...route(readEndpoint),
    handler: ({ actor, params, query }) =>
      tools.db.as(actor, (db) => readOne(db, params.id, query.reveal ?? false, above)),
  });
}

/**
 * Elsewhere a body with the name `__proto__` is refused as a whole. Here it is one of a thousand rows: each is judged by
 * itself, and its names are only read. A single signal becomes a list of one, because the check of a bare object drops
 * that name without a word.
 */
function takeAnyNames(room: App): void {
  const parse = room.getDefaultJsonParser('ignore', 'ignore');
  room.removeContentTypeParser('application/json');
  room.addContentTypeParser<string>('application/json', { parseAs: 'string' }, (request, text, done) =>
    parse(request, text, (error, said) => {
      const single = typeof said === 'object' && said !== null && !Array.isArray(said);
      done(error, single ? [said] : said);
    }),
  );
}

type Query = Parameters<typeof findPage>[1]['filter'] &
  Pick<Parameters<typeof findPage>[1], 'sort' | 'limit'> & { after?: string };

async function readPage(
  db: Db,
  { sort, limit, after, ...filter }: Query,
  above: Above,
): Promise<ReplyOf<typeof searchEndpoint>> {
  const meant = await understood(db, filter, above);
  const page = await findPage(
    db,
    { filter: meant, sort, limit, after: after === undefined ? null : readCursor(after) },
    above,
  );
  const found = await explained(
    db,
    page.map(({ id }) => id),
    meant,
    above,
  );
  const [signals, why] = [found.map(({ signal }) => signal), found.map((one) => one.why)];
  const last = page.length === limit ? page.at(-1) : undefined;
  return { signals, why, next: last ? writeCursor(last) : null };
}

async function readOne(db: Db, id: string, reveal: boolean, above: Above): Promise<SignalView> {
  const [kept] = await loadKept(db, [id]);
  if (!kept) throw new Refusal('signal.not_found', `There is no signal ${id}.`);
  const tags = await tagsOf(db, [id], above);
  return viewSignal(kept, tags(id), { reveal });
}

/** What the slices above say of these signals. */
async function tagsOf(db: Db, ids: readonly string[], above: Above) {
  const [topics, copies] = [await above.topicsOf(db, ids), await above.copiesOf(db, ids)];
  return (id: string) => ({ topic: topics.get(id) ?? null, copies: copies.get(id) ?? null });
}
