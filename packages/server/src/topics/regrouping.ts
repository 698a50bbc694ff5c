/** What an entry about topics means to the engine, which knows groups by its own names. */
import type { Entry } from '@groundswell/analytics';
import type { Db } from '../platform/db.ts';
import { movedBy } from './regroup.store.ts';
import type { Regrouping } from './stream.ts';
import { groupNameOf } from './topic.store.ts';

type Unplaced = Entry extends infer E ? (E extends Entry ? Omit<E, 'position'> : never) : never;

export async function readRegrouping(db: Db, entry: Regrouping): Promise<Unplaced[]> {
  switch (entry.kind) {
    case 'merge':
      return [{ kind: 'merge', from: await named(db, entry.from), into: await named(db, entry.into) }];
    case 'part':
      return [{ kind: 'part', group: await named(db, entry.topic) }];
    case 'split': {
      const items = (await movedBy(db, entry.act)).map(({ id }) => id);
      return [{ kind: 'split', group: await named(db, entry.topic), items, into: await named(db, entry.into) }];
    }
    case 'move':
      return 'back' in entry ? returns(db, entry.act) : [await moves(db, entry.act, entry.into)];
  }
}

async function moves(db: Db, act: string, into: string | null): Promise<Unplaced> {
  const items = (await movedBy(db, act)).map(({ id }) => id);
  return { kind: 'move', items, into: into === null ? null : await named(db, into), keep: true };
}

/** To each place that they came from; what went on meanwhile is not in it. */
async function returns(db: Db, act: string): Promise<Unplaced[]> {
  const went = (await movedBy(db, act)).filter(({ back }) => back);
  const homes = [...Map.groupBy(went, ({ before }) => before)].sort(([a], [b]) => (a ?? '').localeCompare(b ?? ''));
  const entries: Unplaced[] = [];
  for (const [before, signals] of homes) {
    const into = before === null ? null : await named(db, before);
    entries.push({ kind: 'move', items: signals.map(({ id }) => id), into, keep: false });
  }
  return entries;
}

/** Topics are never deleted, and an entry is written with what it names. */
async function named(db: Db, topic: string): Promise<string> {
  const name = await groupNameOf(db, topic);
  if (name === undefined) throw new Error(`topic ${topic} of the log is not kept`);
  return name;
}
