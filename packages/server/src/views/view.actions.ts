/** Saving views, sharing them, and watching what they find. */
import { Refusal, VIEWS_PER_PERSON, type ViewKind, type ViewSearch, type ViewShare } from '@groundswell/contract';
import type { Actor } from '../access/index.ts';
import { record } from '../events.ts';
import type { Trx } from '../platform/db.ts';
import type { Tools } from '../platform/tools.ts';
import {
  countOwn,
  insertView,
  listViewsOf,
  loadView,
  markRemoved,
  markRestored,
  type ShownView,
  saveOrder,
  saveStart,
  saveViewRow,
  teamsOf,
} from './view.store.ts';
import { DAY_MS } from './view.ts';

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
    await mustHaveRoom(trx, actor);
    await mustBeIn(trx, actor, said.share);
    const viewId = await insertView(trx, { compartment, kind, ownerId: actor.id, ...said }, at);
    const about = { at, compartment, subject: { kind: 'view', id: viewId } } as const;
    await record(trx, actor, { name: 'view.saved', ...about, payload: { viewId } });
    return loadView(trx, actor.id, viewId);
  });
}

async function mustHaveRoom(trx: Trx, actor: Actor): Promise<void> {
  if ((await countOwn(trx, actor.id)) < VIEWS_PER_PERSON) return;
  throw new Refusal('view.too_many', `You have ${VIEWS_PER_PERSON} views already. Remove one of them first.`);
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

type ViewEvent = 'view.removed' | 'view.restored';

const write = (trx: Trx, actor: Actor, name: ViewEvent, { id, compartment }: ShownView, at: Date) =>
  record(trx, actor, { name, at, compartment, subject: { kind: 'view', id }, payload: { viewId: id } });

/** For a day it can be taken back. */
export async function removeView({ db, clock }: Tools, actor: Actor, id: string): Promise<void> {
  const at = clock.now();
  await db.change(actor, async (trx) => {
    const view = await loadOwn(trx, actor, id);
    await markRemoved(trx, view, at, new Date(at.getTime() - DAY_MS));
    await write(trx, actor, 'view.removed', view, at);
  });
}

export async function restoreView({ db, clock }: Tools, actor: Actor, id: string): Promise<ShownView> {
  const at = clock.now();
  return db.change(actor, async (trx) => {
    await mustHaveRoom(trx, actor);
    if (!(await markRestored(trx, id, actor.id))) {
      throw new Refusal('view.not_found', 'There is no view of yours here that could be brought back.');
    }
    const view = await loadView(trx, actor.id, id);
    await write(trx, actor, 'view.restored', view, at);
    return view;
  });
}

/** Those that are named come first. Whichever of them are not there any more are passed over. */
export async function orderViews(
  { db, clock }: Tools,
  actor: Actor,
  { kind, views }: { kind: ViewKind; views: readonly string[] },
): Promise<ShownView[]> {
  const compartment = placeOf(actor);
  const at = clock.now();
  return db.change(actor, async (trx) => {
    const mine = new Set((await listViewsOf(trx, actor.id, kind)).map(({ id }) => id));
    const named = [...new Set(views)].filter((id) => mine.has(id));
    await saveOrder(trx, actor.id, named);
    const about = { at, compartment, subject: { kind: 'person', id: actor.id } } as const;
    await record(trx, actor, { name: 'view.ordered', ...about, payload: { personId: actor.id } });
    return listViewsOf(trx, actor.id, kind);
  });
}

export async function startView({ db, clock }: Tools, actor: Actor, id: string, starts: boolean): Promise<ShownView> {
  placeOf(actor);
  const at = clock.now();
  return db.change(actor, async (trx) => {
    const view = await loadView(trx, actor.id, id);
    await saveStart(trx, actor.id, view, starts);
    const about = { at, compartment: view.compartment, subject: { kind: 'view', id } } as const;
    await record(trx, actor, { name: 'view.started', ...about, payload: { viewId: id, starts } });
    return loadView(trx, actor.id, id);
  });
}
