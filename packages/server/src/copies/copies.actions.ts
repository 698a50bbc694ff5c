/** Keeping what was found: members, counts, shapes and the place that was reached, all in one transaction. */
import { PHRASE_WEIGHT, weightOf } from '@groundswell/analytics';
import type { Actor } from '../access/index.ts';
import type { Trx } from '../platform/db.ts';
import type { Cursor } from '../platform/follow.ts';
import type { Tools } from '../platform/tools.ts';
import {
  type GrownGroup,
  growGroups,
  insertGroups,
  insertMembers,
  loadHours,
  moveTallies,
  removeMembers,
  saveShapes,
} from './copies.store.ts';
import { type Found, growthOf, halfHoursOf, type Member, memberOf, shapeOf, talliesOf, wordsOf } from './copies.ts';
import { movePlace, type Place, readSignals } from './follow.store.ts';

/** Another process has compared the same batches: what is known here is no longer true. */
export class Overtaken extends Error {}

export interface Progress {
  readonly compartment: string;
  readonly from: Place;
  readonly cursor: Cursor;
}

export async function keepFound(
  { db }: Pick<Tools, 'db'>,
  actor: Actor,
  { compartment, from, cursor }: Progress,
  found: Found,
): Promise<Place> {
  return db.change(actor, async (trx) => {
    if (!(await movePlace(trx, compartment, from, cursor))) {
      throw new Overtaken(`Copies in ${compartment} were compared by another process meanwhile.`);
    }
    const firsts = await openGroups(trx, compartment, found);
    const wanted = [...firsts, ...found.members];
    const added = await insertMembers(trx, compartment, wanted);
    const joined = wanted.filter(({ signalId }) => added.has(signalId));
    const gone = await removeMembers(trx, found.left);
    const authors = await moveTallies(trx, compartment, talliesOf(joined, gone));
    const growths = growthOf(joined, gone).map((growth) => ({ ...growth, authors: authors.get(growth.groupId) ?? 0 }));
    await reshape(trx, await growGroups(trx, growths));
    return { cursor, version: from.version + 1 };
  });
}

/** A group begins with a signal that was alone until now. */
async function openGroups(trx: Trx, compartment: string, { founded }: Found): Promise<Member[]> {
  if (founded.length === 0) return [];
  const said = await readSignals(
    trx,
    founded.map(({ firstId }) => firstId),
  );
  const groupOf = new Map(founded.map(({ firstId, groupId }) => [firstId, groupId]));
  await insertGroups(
    trx,
    said.map((first) => ({
      id: groupOf.get(first.id)!,
      compartment,
      firstSignalId: first.id,
      characters: first.length,
      weight: weightOf(wordsOf(first)),
      at: first.at,
    })),
  );
  return said.map((first) => memberOf(first, groupOf.get(first.id)!, true));
}

/** Only a group that may be a campaign is asked for its hours: a phrase of years has thousands of them. */
async function reshape(trx: Trx, groups: readonly GrownGroup[]): Promise<void> {
  const long = groups.filter(({ weight }) => weight >= PHRASE_WEIGHT).map(({ id }) => id);
  const hours = await loadHours(trx, long);
  const news = groups.map((group) => {
    const halfHours = halfHoursOf(hours.get(group.id) ?? []);
    return { id: group.id, halfHours, shape: shapeOf({ ...group, halfHours }) };
  });
  const before = new Map(groups.map((group) => [group.id, group]));
  await saveShapes(
    trx,
    news.filter(({ id, shape, halfHours }) => {
      const old = before.get(id)!;
      return old.shape !== shape || old.halfHours !== halfHours;
    }),
  );
}
