/** Watching what a saved search finds: being told, and seeing how much is new. */
import { FRESH_MOST, Refusal } from '@groundswell/contract';
import { type Actor, compartmentNames, mustHave, SYSTEM } from '../access/index.ts';
import { record } from '../events.ts';
import type { Db } from '../platform/db.ts';
import type { Tools } from '../platform/tools.ts';
import type { countSignals } from '../signals/index.ts';
import {
  dropWatch,
  listWatches,
  loadView,
  type ShownView,
  saveSeen,
  saveTold,
  setWatch,
  type WatchedView,
  watcherOf,
} from './view.store.ts';
import { dayOf, isDue, since } from './view.ts';

export async function watchView(
  { db, clock }: Tools,
  actor: Actor,
  id: string,
  above: number | null,
): Promise<ShownView> {
  mustHave(actor, 'signal.read');
  const at = clock.now();
  return db.change(actor, async (trx) => {
    const view = await loadView(trx, actor.id, id);
    if (view.kind !== 'signals') throw new Refusal('request.invalid', 'Only a search of signals can be watched.');
    const { compartment } = view;
    const about = { at, compartment, subject: { kind: 'view', id } } as const;
    if (above === null) {
      await dropWatch(trx, id, actor.id);
      await record(trx, actor, { name: 'watch.ended', ...about, payload: { viewId: id } });
    } else {
      const seenAt = await nowAt(trx, actor, id, at);
      await setWatch(trx, { viewId: id, personId: actor.id, compartment, above, seenAt }, at);
      await record(trx, actor, { name: 'watch.set', ...about, payload: { viewId: id, above } });
    }
    return loadView(trx, actor.id, id);
  });
}

/** What time it is where the view is: an invented world has a clock of its own. */
async function nowAt(db: Db, actor: Actor, viewId: string, at: Date): Promise<Date> {
  return (await watcherOf(db, { viewId, personId: actor.id }))?.playedTo ?? at;
}

/** From here on what is new is counted anew. A look leaves no event. */
export async function seeView({ db, clock }: Tools, actor: Actor, id: string): Promise<ShownView> {
  mustHave(actor, 'signal.read');
  return db.change(actor, async (trx) => {
    await loadView(trx, actor.id, id);
    await saveSeen(trx, id, actor.id, await nowAt(trx, actor, id, clock.now()));
    return loadView(trx, actor.id, id);
  });
}

/** So many are counted each time that views are listed; further ones show no number. */
const COUNTED_MOST = 20;

/** How much each watched view would show that is new. A search that cannot be asked any more, or not in time, has no number. */
export async function countFresh(
  { db }: Tools,
  actor: Actor,
  views: readonly ShownView[],
  count: CountSignals,
): Promise<ReadonlyMap<string, number>> {
  const found = new Map<string, number>();
  if (!actor.can.has('signal.read')) return found;
  for (const { id, search, seenAt } of views.filter(({ above }) => above !== null).slice(0, COUNTED_MOST)) {
    const filter = seenAt && since(search, seenAt);
    if (!filter) continue;
    const n = await db.as(actor, (reader) => count(reader, filter, FRESH_MOST + 1)).catch(() => null);
    if (n !== null) found.set(id, Math.min(n, FRESH_MOST + 1));
  }
  return found;
}

/** What a search finds, asked of the slice that knows signals and of those above it. */
export type CountSignals = ReturnType<typeof countSignals>;

/** Looks at every watch behind the wall of whoever set it. Returns how many have spoken. */
export async function lookAtWatches(tools: Tools, count: CountSignals): Promise<number> {
  let told = 0;
  for (const compartment of await compartmentNames(tools.db)) {
    const watches = await tools.db.as(SYSTEM.reactions(compartment), listWatches);
    for (const watch of watches) if (await lookAt(tools, watch, count)) told++;
  }
  return told;
}

async function lookAt({ db, clock }: Tools, watch: WatchedView, count: CountSignals): Promise<boolean> {
  const { viewId, personId, compartment, above } = watch;
  const system = SYSTEM.reactions(compartment);
  const watcher = await db.as(system, (reader) => watcherOf(reader, watch));
  if (!watcher?.active || !watcher.can.includes('signal.read')) return false;
  const now = watcher.playedTo ?? clock.now();
  const filter = isDue(watch, now) ? dayOf(watch.search, now) : null;
  if (!filter) return false;
  const behind = { id: personId, compartments: [...watcher.compartments] };
  const signals = await db.as(behind, (reader) => count(reader, filter, above + 10_000));
  if (signals <= above) return false;
  return db.change(system, async (trx) => {
    if (!(await saveTold(trx, watch, signals, now))) return false;
    const about = { at: clock.now(), compartment, subject: { kind: 'view', id: viewId } } as const;
    await record(trx, system, { name: 'watch.exceeded', ...about, payload: { viewId, personId, signals, above } });
    return true;
  });
}
