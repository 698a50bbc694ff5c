/** Items and their clocks, at rest: the events of each clock, and what they fold to, for lists and sorting. */
import {
  type CalendarOf,
  type ClockEvent,
  type ClockedItem,
  type ClockState,
  type ItemClock,
  type Metric,
  NOT_BEGUN,
  type Reference,
  replay,
} from '@groundswell/analytics';
import { sql } from 'kysely';
import type { Db, Trx } from '../platform/db.ts';

type Json<T> = T;
declare module '../platform/database.ts' {
  interface Database {
    clock_items: {
      item_id: string;
      compartment: string;
      facts: Json<Readonly<Record<string, string>>>;
      standing: Json<ClockedItem['standing']>;
      answered: boolean;
      at: Date | null;
      review_at: Date | null;
      look_at: Date | null;
      due_at: Date | null;
    };
    clocks: {
      item_id: string;
      key: string;
      compartment: string;
      place: number;
      metric: Metric;
      track: string;
      ask: string | null;
      ask_facts: Json<Readonly<Record<string, string>>>;
      phase: ClockState['phase'];
      state: Json<ClockState>;
      /** A bigint is text to the driver. */
      target_ms: string | null;
      due_at: Date | null;
      review_at: Date | null;
    };
    clock_events: {
      item_id: string;
      key: string;
      seq: number;
      compartment: string;
      at: Date;
      kind: ClockEvent['kind'];
      version: number | null;
      share: number | null;
      event: Json<ClockEvent>;
    };
  }
}

/** What has clocks, and behind which wall. */
export interface Of {
  readonly id: string;
  readonly compartment: string;
}

/** An item as it stands. `begun` is false as long as its past has not been read. */
export interface HeldItem extends Of {
  readonly begun: boolean;
  readonly kept: Omit<ClockedItem, 'clocks'>;
}

const ITEM = ['item_id as id', 'compartment', 'facts', 'standing', 'answered', 'at', 'review_at as reviewAt'] as const;

const msOf = (moment: Date | null): number | null => moment?.getTime() ?? null;
/** For a column of jsonb. */
export const text = <T>(value: T): T => JSON.stringify(value) as unknown as T;

interface ItemRow extends Of {
  readonly facts: ClockedItem['facts'];
  readonly standing: ClockedItem['standing'];
  readonly answered: boolean;
  readonly at: Date | null;
  readonly reviewAt: Date | null;
}

const held = ({ id, compartment, facts, standing, answered, at, reviewAt }: ItemRow): HeldItem => ({
  ...{ id, compartment, begun: at !== null },
  kept: { facts, standing, answered, at: msOf(at) ?? 0, reviewAt: msOf(reviewAt) },
});

/** Until the end of the transaction, and in one order: whoever needs two takes both at once. */
export async function holdItems(trx: Trx, wanted: readonly Of[]): Promise<HeldItem[]> {
  await trx
    .insertInto('clock_items')
    .values(
      wanted.map(({ id, compartment }) => ({
        ...{ item_id: id, compartment, facts: text({}), standing: text({ is: 'active' as const }), answered: false },
        ...{ at: null, review_at: null, look_at: null, due_at: null },
      })),
    )
    .onConflict((conflict) => conflict.doNothing())
    .execute();
  const ids = wanted.map(({ id }) => id);
  const rows = await trx
    .selectFrom('clock_items')
    .select(ITEM)
    .where('item_id', 'in', ids)
    .orderBy('item_id')
    .forUpdate()
    .execute();
  return rows.map(held);
}

/** Some of those that are due, which nobody else holds. */
export async function claimDue(trx: Trx, now: Date, limit: number): Promise<HeldItem[]> {
  const rows = await trx
    .selectFrom('clock_items')
    .select(ITEM)
    .where('look_at', '<=', now)
    .orderBy('look_at')
    .limit(limit)
    .forUpdate()
    .skipLocked()
    .execute();
  return rows.map(held);
}

/** The next moment at which time alone changes something behind this wall. */
export async function nextLookAt(db: Db): Promise<Date | null> {
  const looks = db.selectFrom('clock_items').select('look_at').where('look_at', 'is not', null);
  return (await looks.orderBy('look_at').limit(1).executeTakeFirst())?.look_at ?? null;
}

const OPEN = sql<boolean>`item_id in (select c.item_id from clocks c where c.phase in ('running', 'paused'))`;

/** Items with a clock that is open, by id, behind this one. */
export async function openItems(db: Db, after: string | null, limit: number): Promise<HeldItem[]> {
  const open = db.selectFrom('clock_items').select(ITEM).where(OPEN).where('at', 'is not', null);
  const behind = after === null ? open : open.where('item_id', '>', after);
  return (await behind.orderBy('item_id').limit(limit).execute()).map(held);
}

/** The same, held until the end of the transaction. */
export async function holdOpen(trx: Trx, after: string | null, limit: number): Promise<HeldItem[]> {
  const open = trx.selectFrom('clock_items').select(ITEM).where(OPEN).where('at', 'is not', null);
  const behind = after === null ? open : open.where('item_id', '>', after);
  return (await behind.orderBy('item_id').limit(limit).forUpdate().execute()).map(held);
}

/** What is broken is not looked at again and again, and holds up nobody. */
export async function putOffLook(trx: Trx, id: string, until: Date): Promise<void> {
  await trx.updateTable('clock_items').set({ look_at: until }).where('item_id', '=', id).execute();
}

export interface ClockRow {
  readonly itemId: string;
  readonly key: string;
  readonly metric: Metric;
  readonly track: string;
  readonly ask: string | null;
  readonly askFacts: Readonly<Record<string, string>>;
  readonly phase: ClockState['phase'];
  readonly state: ClockState;
  readonly reviewAt: Date | null;
}
const CLOCK = [
  'item_id as itemId',
  'key',
  'metric',
  'track',
  'ask',
  'ask_facts as askFacts',
  'phase',
  'state',
  'review_at as reviewAt',
] as const;

export const isOpen = (phase: ClockState['phase']): boolean => phase === 'running' || phase === 'paused';

export async function clocksOf(db: Db, items: readonly string[]): Promise<ClockRow[]> {
  if (items.length === 0) return [];
  const clocks = db
    .selectFrom('clocks')
    .select(CLOCK)
    .where('item_id', 'in', [...items]);
  return clocks.orderBy('item_id').orderBy('place').execute();
}

/** Those that promise something and are not over. */
export async function promisesOf(db: Db, items: readonly string[]): Promise<ClockRow[]> {
  if (items.length === 0) return [];
  const clocks = db
    .selectFrom('clocks')
    .select(CLOCK)
    .where('item_id', 'in', [...items]);
  return clocks
    .where('phase', 'in', ['running', 'paused'])
    .where('target_ms', 'is not', null)
    .orderBy('item_id')
    .orderBy('place')
    .execute();
}

/** In the order in which they were written, by `item/key`; of open clocks alone, or of these. */
export async function eventsOfClocks(
  db: Db,
  wanted: readonly { readonly itemId: string; readonly key: string }[],
): Promise<ReadonlyMap<string, ClockEvent[]>> {
  const { rows } = await sql<{ itemId: string; key: string; event: ClockEvent }>`
    select item_id as "itemId", key, event from clock_events
     where (item_id, key) in (select * from unnest(${wanted.map(({ itemId }) => itemId)}::uuid[],
                                                   ${wanted.map(({ key }) => key)}::text[]))
     order by item_id, key, seq`.execute(db);
  const found = new Map<string, ClockEvent[]>();
  for (const { itemId, key, event } of rows) {
    const word = `${itemId}/${key}`;
    found.set(word, [...(found.get(word) ?? []), event]);
  }
  return found;
}

/** Every version of a calendar that these were ever counted by. */
export const calendarsIn = (events: ReadonlyMap<string, readonly ClockEvent[]>): Reference[] =>
  [...events.values()].flat().flatMap((event) => (event.kind === 'apply' && event.pin ? [event.pin.calendar] : []));

/** As the core wants an ended clock: that it was there. Its events stay away, and nothing is done with it any more. */
const OVER: ClockState = { ...NOT_BEGUN, phase: 'fulfilled' };

export function asItem(
  { id, kept }: HeldItem,
  rows: readonly ClockRow[],
  events: ReadonlyMap<string, ClockEvent[]>,
  calendarOf: CalendarOf,
): ClockedItem {
  const clocks = rows.map(({ key, metric, track, ask, askFacts, phase, reviewAt }): ItemClock => {
    const told = isOpen(phase) ? (events.get(`${id}/${key}`) ?? []) : [];
    const state = isOpen(phase) ? replay(told, calendarOf) : OVER;
    return { ...{ key, metric, track, ask, askFacts, state }, events: told, reviewAt: msOf(reviewAt) };
  });
  return { ...kept, clocks };
}
