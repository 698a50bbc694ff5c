/** Saved views and watches at rest. */
import { Refusal, type ViewKind, type ViewSearch, type ViewShare } from '@groundswell/contract';
import { type Generated, sql } from 'kysely';
import type { Db, Trx } from '../platform/db.ts';
import type { View, Watch } from './view.ts';

declare module '../platform/database.ts' {
  interface Database {
    saved_views: ViewsTable;
    view_watches: WatchesTable;
    view_marks: {
      person_id: string;
      view_id: string;
      compartment: string;
      place: number | null;
      starts: Generated<boolean>;
    };
  }
}

interface ViewsTable {
  id: Generated<string>;
  compartment: string;
  owner_id: string;
  kind: ViewKind;
  name: string;
  search: string;
  shared: ViewShare['with'];
  team_id: string | null;
  version: Generated<number>;
  created_at: Date;
  removed_at: Generated<Date | null>;
}

interface WatchesTable {
  view_id: string;
  person_id: string;
  compartment: string;
  above: number;
  made_at: Date;
  told_at: Date | null;
  told_signals: number | null;
  seen_at: Date | null;
}

export interface ShownView extends View {
  readonly owner: string;
  readonly team: string | null;
  readonly above: number | null;
  readonly toldAt: Date | null;
  readonly toldSignals: number | null;
  readonly seenAt: Date | null;
  readonly starts: boolean;
}

interface Row extends Omit<ShownView, 'search' | 'share'> {
  readonly search: string;
  readonly shared: ViewShare['with'];
  readonly teamId: string | null;
}

/** Those that somebody may use: their own, those of their teams, and everybody's. */
const viewsFor = (personId: string) => sql`
  select v.id, v.compartment, v.version, v.owner_id as "ownerId", v.kind, v.name, v.search, v.shared, v.team_id as "teamId",
         p.name as owner, t.name as team, w.above, w.told_at as "toldAt", w.told_signals as "toldSignals",
         w.seen_at as "seenAt", coalesce(k.starts, false) as starts
    from saved_views v join people p on p.id = v.owner_id
    left join teams t on t.id = v.team_id
    left join view_watches w on w.view_id = v.id and w.person_id = ${personId}
    left join view_marks k on k.view_id = v.id and k.person_id = ${personId}
   where v.removed_at is null and (v.owner_id = ${personId} or v.shared = 'everyone'
          or v.team_id in (select m.team_id from team_members m where m.person_id = ${personId}))`;

const asView = ({ search, shared, teamId, ...row }: Row): ShownView => ({
  ...row,
  search: JSON.parse(search) as ViewSearch,
  share: shared === 'team' ? { with: 'team', team: teamId! } : { with: shared },
});

export async function listViewsOf(db: Db, personId: string, kind: ViewKind | undefined): Promise<ShownView[]> {
  const ofKind = kind === undefined ? sql`` : sql`and v.kind = ${kind}`;
  const { rows } = await sql<Row>`
    ${viewsFor(personId)} ${ofKind} order by k.place nulls last, v.owner_id <> ${personId}, lower(v.name), v.id limit 1000`.execute(
    db,
  );
  return rows.map(asView);
}

/** Hidden, absent and somebody else's own get the same answer. */
export async function loadView(db: Db, personId: string, id: string): Promise<ShownView> {
  const { rows } = await sql<Row>`${viewsFor(personId)} and v.id = ${id}`.execute(db);
  if (!rows[0]) throw new Refusal('view.not_found', 'There is no such view, or it is not shared with you any more.');
  return asView(rows[0]);
}

export async function countOwn(db: Db, personId: string): Promise<number> {
  const { rows } = await sql<{ n: number }>`
    select count(*)::int as n from saved_views where owner_id = ${personId} and removed_at is null`.execute(db);
  return rows[0]!.n;
}

export async function teamsOf(db: Db, personId: string): Promise<{ id: string; name: string }[]> {
  const { rows } = await sql<{ id: string; name: string }>`
    select t.id, t.name from team_members m join teams t on t.id = m.team_id
     where m.person_id = ${personId} order by lower(t.name)`.execute(db);
  return rows;
}

const said = ({ name, search, share }: Pick<View, 'name' | 'search' | 'share'>) => ({
  name,
  search: JSON.stringify(search),
  shared: share.with,
  team_id: share.with === 'team' ? share.team : null,
});

export async function insertView(trx: Trx, view: Omit<View, 'id' | 'version'>, at: Date): Promise<string> {
  const { compartment, kind, ownerId } = view;
  const row = { compartment, owner_id: ownerId, kind, created_at: at, ...said(view) };
  return (await trx.insertInto('saved_views').values(row).returning('id').executeTakeFirstOrThrow()).id;
}

export async function saveViewRow(trx: Trx, view: View, seen: number): Promise<void> {
  const changed = trx.updateTable('saved_views').set({ ...said(view), version: seen + 1 });
  const { numUpdatedRows } = await changed
    .where('id', '=', view.id)
    .where('version', '=', seen)
    .executeTakeFirstOrThrow();
  if (numUpdatedRows === 1n) return;
  throw new Refusal('view.changed_meanwhile', 'This view was changed meanwhile. Nothing of yours was kept. Reload it.');
}

/** Watches on it stay with it, and are silent meanwhile. What its owner removed longer ago is gone for good. */
export async function markRemoved(trx: Trx, { id, ownerId }: View, at: Date, before: Date): Promise<void> {
  const gone = sql`select id from saved_views where owner_id = ${ownerId} and removed_at < ${before}`;
  await sql`delete from view_watches where view_id in (${gone})`.execute(trx);
  await sql`delete from view_marks where view_id in (${gone})`.execute(trx);
  await sql`delete from saved_views where id in (${gone})`.execute(trx);
  await sql`update saved_views set removed_at = ${at} where id = ${id}`.execute(trx);
}

/** False if there is nothing of theirs to bring back. */
export async function markRestored(trx: Trx, id: string, ownerId: string): Promise<boolean> {
  const { numAffectedRows } = await sql`
    update saved_views set removed_at = null
     where id = ${id} and owner_id = ${ownerId} and removed_at is not null`.execute(trx);
  return numAffectedRows === 1n;
}

/** In this order, before all that are not named. */
export async function saveOrder(trx: Trx, personId: string, ids: readonly string[]): Promise<void> {
  await sql`
    insert into view_marks (person_id, view_id, compartment, place)
    select ${personId}, v.id, v.compartment, o.place
      from unnest(${[...ids]}::uuid[]) with ordinality as o (id, place) join saved_views v on v.id = o.id
    on conflict (person_id, view_id) do update set place = excluded.place`.execute(trx);
}

export async function saveStart(trx: Trx, personId: string, { id, kind, compartment }: View, starts: boolean) {
  await sql`
    update view_marks set starts = false
     where person_id = ${personId} and starts
       and view_id in (select v.id from saved_views v where v.kind = ${kind})`.execute(trx);
  if (!starts) return;
  await sql`
    insert into view_marks (person_id, view_id, compartment, starts) values (${personId}, ${id}, ${compartment}, true)
    on conflict (person_id, view_id) do update set starts = true`.execute(trx);
}

export async function saveSeen(trx: Trx, viewId: string, personId: string, at: Date): Promise<void> {
  await sql`update view_watches set seen_at = ${at} where view_id = ${viewId} and person_id = ${personId}`.execute(trx);
}

export async function setWatch(trx: Trx, watch: Omit<Watch, 'toldAt'> & { seenAt: Date }, at: Date): Promise<void> {
  const { viewId, personId, compartment, above, seenAt } = watch;
  await trx
    .insertInto('view_watches')
    .values({
      view_id: viewId,
      person_id: personId,
      compartment,
      above,
      made_at: at,
      told_at: null,
      told_signals: null,
      seen_at: seenAt,
    })
    .onConflict((clash) => clash.columns(['view_id', 'person_id']).doUpdateSet({ above, told_at: null }))
    .execute();
}

export async function dropWatch(trx: Trx, viewId: string, personId: string): Promise<void> {
  await trx.deleteFrom('view_watches').where('view_id', '=', viewId).where('person_id', '=', personId).execute();
}

export interface WatchedView extends Watch {
  readonly search: ViewSearch;
}

/** All of a compartment, for the job; a view that is no longer shared with whoever watches it is left out. */
export async function listWatches(db: Db): Promise<WatchedView[]> {
  const { rows } = await sql<Omit<WatchedView, 'search'> & { search: string }>`
    select w.view_id as "viewId", w.person_id as "personId", w.compartment, w.above, w.told_at as "toldAt", v.search
      from view_watches w join saved_views v on v.id = w.view_id
     where v.kind = 'signals' and v.removed_at is null
       and (v.owner_id = w.person_id or v.shared = 'everyone'
            or v.team_id in (select m.team_id from team_members m where m.person_id = w.person_id))
     order by w.view_id, w.person_id`.execute(db);
  return rows.map((row) => ({ ...row, search: JSON.parse(row.search) as ViewSearch }));
}

export interface Watcher {
  readonly active: boolean;
  readonly can: readonly string[];
  readonly compartments: readonly string[];
  /** How late it is in an invented world; null in the house. */
  readonly playedTo: Date | null;
}

export async function watcherOf(
  db: Db,
  { viewId, personId }: Pick<Watch, 'viewId' | 'personId'>,
): Promise<Watcher | undefined> {
  const { rows } = await sql<Watcher>`
    select active, can, compartments, played_to as "playedTo" from app.watcher_of(${viewId}, ${personId})`.execute(db);
  return rows[0];
}

/** False if somebody else has just told it, or the watch has ended or changed. */
export async function saveTold(trx: Trx, watch: Watch, signals: number, at: Date): Promise<boolean> {
  const { numAffectedRows } = await sql`
    update view_watches set told_at = ${at}, told_signals = ${signals}
     where view_id = ${watch.viewId} and person_id = ${watch.personId} and above = ${watch.above}
       and told_at is not distinct from ${watch.toldAt}`.execute(trx);
  return numAffectedRows === 1n;
}

export interface Told {
  readonly viewId: string;
  readonly name: string;
  readonly search: ViewSearch;
  readonly at: Date;
  readonly signals: number;
  readonly above: number;
}

/** What somebody's watches have said since then, newest first. */
export async function toldTo(db: Db, personId: string, since: Date, limit: number): Promise<Told[]> {
  const { rows } = await sql<Omit<Told, 'search'> & { search: string }>`
    select v.id as "viewId", v.name, v.search, w.told_at as at, w.told_signals as signals, w.above
      from view_watches w join saved_views v on v.id = w.view_id
     where w.person_id = ${personId} and w.told_at > ${since} and v.removed_at is null order by w.told_at desc, v.id limit ${limit}`.execute(
    db,
  );
  return rows.map((row) => ({ ...row, search: JSON.parse(row.search) as ViewSearch }));
}
