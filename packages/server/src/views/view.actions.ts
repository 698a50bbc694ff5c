/** Saving views, sharing them, and watching what they find. */
import { Refusal, VIEWS_PER_PERSON, type ViewKind, type ViewSearch, type ViewShare } from '@groundswell/contract';
import { type Actor, compartmentNames, mustHave, SYSTEM } from '../access/index.ts';
import { record } from '../events.ts';
import type { Trx } from '../platform/db.ts';
import type { Tools } from '../platform/tools.ts';
import type { countSignals } from '../signals/index.ts';
import {
  countOwn,
  dropView,
  dropWatch,
  insertView,
  listWatches,
  loadView,
  type ShownView,
  saveTold,
  saveViewRow,
  setWatch,
  teamsOf,
  type WatchedView,
  watcherOf,
} from './view.store.ts';
import { dayOf, isDue } from './view.ts';

interface Said {
  readonly name: string;
  readonly search: ViewSearch;
  readonly share: ViewShare;
}

/** Views belong to people, and to where they stand: the house, or one invented world. */
function placeOf(actor: Actor): string {
  const place = actor.openPart ?? (actor.compartments.includes('open') ? 'open' : actor.compartments[0]);
  if (actor.kind === 'person' && place !== undefined) return place;
  throw new Refusal('access.not_allowed', 'Views are saved by people who can see something. Nothing was kept.');
}

export async function saveView(
  { db, clock }: Tools,
  actor: Actor,
  { kind, ...said }: Said & { kind: ViewKind },
): Promise<ShownView> {
  const compartment = placeOf(actor);
  const at = clock.now();

  return db.change(actor, async (trx) => {
    if ((await countOwn(trx, actor.id)) >= VIEWS_PER_PERSON) {
      throw new Refusal('view.too_many', `You have ${VIEWS_PER_PERSON} views already. Remove one of them first.`);
    }
    await mustBeIn(trx, actor, said.share);
    const viewId = await insertView(trx, { compartment, kind, ownerId: actor.id, ...said }, at);
    const about = { at, compartment, subject: { kind: 'view', id: viewId } } as const;
    await record(trx, actor, { name: 'view.saved', ...about, payload: { viewId } });
    return loadView(trx, actor.id, viewId);
  });
}

async function mustBeIn(trx: Trx, actor: Actor, share: ViewShare): Promise<void> {
  if (share.with !== 'team' || (await teamsOf(trx, actor.id)).some(({ id }) => id === share.team)) return;
  throw new Refusal('team.not_found', 'You are not in this team, so the view was not shared with it. Choose another.');
}

/** Whoever made it changes it; others save their own. */
async function loadOwn(trx: Trx, actor: Actor, id: string): Promise<ShownView> {
  const view = await loadView(trx, actor.id, id);
  if (view.ownerId === actor.id) return view;
  throw new Refusal('access.not_allowed', 'A view is changed by whoever made it. Save it as one of your own.');
}

export async function changeView(
  { db, clock }: Tools,
  actor: Actor,
  id: string,
  { version, ...said }: Said & { version: number },
): Promise<ShownView> {
  const at = clock.now();
  return db.change(actor, async (trx) => {
    const view = await loadOwn(trx, actor, id);
    await mustBeIn(trx, actor, said.share);
    await saveViewRow(trx, { ...view, ...said }, version);
    const about = { at, compartment: view.compartment, subject: { kind: 'view', id } } as const;
    await record(trx, actor, { name: 'view.saved', ...about, payload: { viewId: id } });
    return loadView(trx, actor.id, id);
  });
}

export async function removeView({ db, clock }: Tools, actor: Actor, id: string): Promise<void> {
  const at = clock.now();
  await db.change(actor, async (trx) => {
    const { compartment } = await loadOwn(trx, actor, id);
    await dropView(trx, id);
    const about = { at, compartment, subject: { kind: 'view', id } } as const;
    await record(trx, actor, { name: 'view.removed', ...about, payload: { viewId: id } });
  });
}

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
      await setWatch(trx, { viewId: id, personId: actor.id, compartment, above }, at);
      await record(trx, actor, { name: 'watch.set', ...about, payload: { viewId: id, above } });
    }
    return loadView(trx, actor.id, id);
  });
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
