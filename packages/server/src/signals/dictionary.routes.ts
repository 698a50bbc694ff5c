/** The dictionary of dimensions over HTTP. */
import {
  setCap as capEndpoint,
  type DimensionView,
  listDimensions,
  type MergeView,
  mergeValues as mergeEndpoint,
  type ReplyOf,
  readDimension,
  unmergeValue as unmergeEndpoint,
} from '@groundswell/contract';
import { type Actor, namesOf } from '../access/index.ts';
import type { Db } from '../platform/db.ts';
import type { App } from '../platform/http.ts';
import { route } from '../platform/route.ts';
import type { Tools } from '../platform/tools.ts';
import { mergeValues, setCap, unmergeValue } from './dictionary.actions.ts';
import { listNames, listValues, namesLeftOut, type ValuesAsked } from './dictionary.list.store.ts';
import { type Dimension, type KeptMerge, liveMerges, noSuchDimension } from './dictionary.merge.store.ts';
import { findAlike } from './dictionary.ts';

export function dictionaryRoutes(app: App, tools: Tools): void {
  app.route({
    ...route(listDimensions),
    handler: ({ actor, query: { compartment } }) =>
      tools.db.as(actor, async (db) => ({
        dimensions: await listNames(db, { compartment }),
        namesLeftOut: await namesLeftOut(db, compartment),
        can: openTo(actor),
      })),
  });

  app.route({
    ...route(readDimension),
    handler: ({ actor, params, query }) =>
      tools.db.as(actor, async (db) => ({ ...(await readOne(db, { ...params, ...query })), can: openTo(actor) })),
  });

  app.route({
    ...route(mergeEndpoint),
    async handler({ actor, params, body }) {
      const live = await mergeValues(tools, actor, params.name, body);
      return { merges: await tools.db.as(actor, (db) => viewMerges(db, live)) };
    },
  });

  app.route({
    ...route(unmergeEndpoint),
    async handler({ actor, params }) {
      const live = await unmergeValue(tools, actor, params);
      return { merges: await tools.db.as(actor, (db) => viewMerges(db, live)) };
    },
  });

  app.route({
    ...route(capEndpoint),
    async handler({ actor, params: { name }, body }) {
      const compartment = await setCap(tools, actor, name, body);
      return tools.db.as(actor, (db) => loadName(db, { compartment, name }));
    },
  });
}

const openTo = (actor: Actor) => (actor.can.has('source.manage') ? (['merge', 'set_cap'] as const).slice() : []);

async function loadName(db: Db, dimension: Dimension): Promise<DimensionView> {
  const [view] = await listNames(db, dimension);
  if (!view) throw noSuchDimension();
  return view;
}

/** Values that are looked at for likenesses, the most used first. */
const COMPARED_MAX = 20_000;
const PROPOSED_MAX = 20;

type Reading = Omit<ReplyOf<typeof readDimension>, 'can'>;

async function readOne(db: Db, asked: ValuesAsked): Promise<Reading> {
  const dimension = await loadName(db, asked);
  const { total, values } = await listValues(db, asked);
  const live = await liveMerges(db, asked);
  const views = await viewMerges(db, live);
  const mergedInto = Map.groupBy(views, (_, i) => live[i]!.countsAs);
  const every = { ...asked, source: undefined, q: undefined, sort: 'rows', offset: 0, limit: COMPARED_MAX } as const;
  return {
    dimension,
    values: values.map(({ value, rows, firstAt, lastAt }) => ({
      value,
      rows,
      firstAt: firstAt.toISOString(),
      lastAt: lastAt.toISOString(),
      merged: mergedInto.get(value) ?? [],
    })),
    total,
    alike: asked.offset === 0 ? findAlike((await listValues(db, every)).values, PROPOSED_MAX) : [],
  };
}

/** In the order given. */
async function viewMerges(db: Db, merges: readonly KeptMerge[]): Promise<MergeView[]> {
  const names = await namesOf(
    db,
    merges.map(({ by }) => by),
  );
  return merges.map(({ id, from, to, at, by }) => ({ id, from, to, at: at.toISOString(), by: names.get(by) ?? by }));
}
