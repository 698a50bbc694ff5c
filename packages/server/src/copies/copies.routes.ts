/** Copied texts over HTTP. */
import {
  type CopyGroupView,
  Instant,
  listCopyGroups as listEndpoint,
  Refusal,
  readCopyGroup as readEndpoint,
} from '@groundswell/contract';
import { z } from 'zod';
import type { Actor } from '../access/index.ts';
import type { Db } from '../platform/db.ts';
import type { App } from '../platform/http.ts';
import { route } from '../platform/route.ts';
import type { Tools } from '../platform/tools.ts';
import { loadSignals } from '../signals/index.ts';
import { timeOfHour } from './copies.ts';
import { countWaiting } from './follow.store.ts';
import {
  type Group,
  listPage,
  loadGroup,
  loadGroupHours,
  loadParts,
  loadSparks,
  type Position,
  positionOf,
} from './group.store.ts';

export function copiesRoutes(app: App, tools: Tools): void {
  app.route({
    ...route(listEndpoint),
    handler: ({ actor, query }) =>
      tools.db.as(actor, async (db) => {
        const after = query.after === undefined ? null : readCursor(query.after, query.sort);
        const page = await listPage(db, query, after);
        const last = page.length === query.limit ? page.at(-1) : undefined;
        return {
          groups: await viewGroups(db, page),
          next: last ? writeCursor(positionOf(last, query.sort)) : null,
          waiting: await waitingFor(db, actor),
        };
      }),
  });

  app.route({
    ...route(readEndpoint),
    handler: ({ actor, params }) =>
      tools.db.as(actor, async (db) => {
        const group = await loadGroup(db, params.id);
        const [view] = group ? await viewGroups(db, [group]) : [];
        if (!view) throw new Refusal('copies.not_found', `There is no group of copied texts ${params.id}.`);
        const hours = await loadGroupHours(db, params.id);
        return { ...view, hours: hours.map(({ hour, signals }) => ({ at: timeOfHour(hour).toISOString(), signals })) };
      }),
  });
}

async function waitingFor(db: Db, { compartments }: Actor): Promise<number> {
  let waiting = 0;
  for (const compartment of compartments) waiting += await countWaiting(db, compartment);
  return waiting;
}

const SPARK_PARTS = 24;

async function viewGroups(db: Db, groups: readonly Group[]): Promise<CopyGroupView[]> {
  const ids = groups.map(({ id }) => id);
  const parts = await loadParts(db, ids);
  const sparks = await loadSparks(db, ids, SPARK_PARTS);
  const firsts = await loadSignals(
    db,
    groups.map(({ firstSignalId }) => firstSignalId),
  );
  const samples = new Map(firsts.map((signal) => [signal.id, signal]));
  return groups.flatMap((group) => {
    const sample = samples.get(group.firstSignalId);
    if (!sample) return [];
    const { exact, halfHours, characters, firstSignalId, firstAt, lastAt, ...rest } = group;
    const copies = { groupId: group.id, signals: group.signals, authors: group.authors, likeness: 'exact' as const };
    return [
      {
        ...rest,
        ...parts.get(group.id)!,
        exactShare: exact / group.signals,
        firstAt: firstAt.toISOString(),
        lastAt: lastAt.toISOString(),
        because: { people: group.authors, hours: halfHours, characters },
        spark: sparks.get(group.id)!,
        sample: { ...sample, copies },
      },
    ];
  });
}

/** By what is sorted by: a word that was given out for another order compares nothing. */
const Parts = {
  newest: z.tuple([Instant, z.uuid()]),
  largest: z.tuple([z.string().regex(/^\d{1,9}$/), z.uuid()]),
};

const writeCursor = ({ value, id }: Position): string => Buffer.from(JSON.stringify([value, id])).toString('base64url');

/** Cursors come back from outside: whatever we have not written is refused in words. */
function readCursor(said: string, sort: keyof typeof Parts): Position {
  try {
    const [value, id] = Parts[sort].parse(JSON.parse(Buffer.from(said, 'base64url').toString()));
    return { value, id };
  } catch {
    throw new Refusal('request.invalid', 'The word in "after" is not one that was given out. Start again without it.');
  }
}
