/** What happens to an item happens to its clocks: in the same transaction, under the lock of the item. */
import {
  type ClockedItem,
  type Happening,
  happen,
  type ItemClock,
  NEW_ITEM,
  nextLook,
  type Rulebook,
  readClock,
  worthTelling,
} from '@groundswell/analytics';
import { SYSTEM } from '../access/index.ts';
import { type NewEvent, recordAll } from '../events.ts';
import type { Db, Trx } from '../platform/db.ts';
import { asItem, calendarsIn, clocksOf, eventsOfClocks, type HeldItem, isOpen } from './clock.store.ts';
import { type ChangedClock, type ChangedItem, keepItems, lookIn } from './keep.store.ts';
import { askFacts, askPolicies, newAskPolicy } from './promise.ts';
import { type HouseRules, loadRulebook } from './rulebook.store.ts';

declare module '../events.ts' {
  interface Payloads {
    /** So much of a promise is used up. `reached`: when it was, which may be earlier than anybody looked. */
    'case.clock_warned': { key: string; metric: string; track: string; share: number; reached: string };
    'case.clock_breached': { key: string; metric: string; track: string; reached: string };
  }
}

/** `due`: a partner was given more time, or less. */
export interface Step {
  readonly happening: Happening;
  readonly due?: { readonly ask: string; readonly at: number };
}

/** What a partner is asked, with the time that they are given: counted day and night. */
export const askedUntil = askFacts;

/** An item before and after, with what is to be kept of it. */
interface Lived {
  readonly held: HeldItem;
  readonly before: ClockedItem;
  readonly after: ClockedItem;
}

export interface Loaded {
  /** As it stands. Refuses by itself what is broken, so that one item costs no other anything. */
  readonly itemOf: (held: HeldItem) => ClockedItem;
  readonly rulebook: HouseRules;
}

/** Loaded together, so that many cost as much as one. */
export async function loadItems(db: Db, held: readonly HeldItem[]): Promise<Loaded> {
  const rows = await clocksOf(
    db,
    held.map(({ id }) => id),
  );
  const events = await eventsOfClocks(
    db,
    rows.filter(({ phase }) => isOpen(phase)),
  );
  const rulebook = await loadRulebook(db, calendarsIn(events));
  const byItem = Map.groupBy(rows, ({ itemId }) => itemId);
  const itemOf = (one: HeldItem) =>
    one.begun ? asItem(one, byItem.get(one.id) ?? [], events, rulebook.calendarOf) : NEW_ITEM;
  return { itemOf, rulebook };
}

/** What steps make of an item, by the rules of today. */
export function liveThrough(before: ClockedItem, steps: readonly Step[], rulebook: Rulebook): ClockedItem {
  let item = before;
  for (const { happening, due } of steps) {
    if (due) item = { ...item, clocks: item.clocks.map((clock) => postponed(clock, due)) };
    const question =
      happening.kind === 'partner_asked' ? newAskPolicy(happening.facts, Math.max(happening.at, item.at)) : [];
    const policies = [...askPolicies(item.clocks), ...question, ...rulebook.policies];
    item = happen(item, happening, { ...rulebook, policies }).item;
  }
  return item;
}

const postponed = (clock: ItemClock, { ask, at }: { ask: string; at: number }): ItemClock =>
  clock.ask === ask ? { ...clock, askFacts: askFacts(ask, at) } : clock;

/** The item is held by this transaction. */
export async function happenTo(trx: Trx, at: Date, held: HeldItem, steps: readonly Step[]): Promise<void> {
  const { itemOf, rulebook } = await loadItems(trx, [held]);
  const before = itemOf(held);
  const after = liveThrough(before, steps, rulebook);
  const lookAt = await keepLived(trx, at, [{ held, before, after }], rulebook);
  if (lookAt !== null && lookAt - at.getTime() < ROUND_MS) await lookIn(trx, lookAt - at.getTime());
}

/** The clock comes round so often by itself. */
const ROUND_MS = 60_000;

/** Kept, and told what is worth telling: all of it or nothing. Answers with the first moment to look again. */
export async function keepLived(
  trx: Trx,
  at: Date,
  lived: readonly Lived[],
  rulebook: Rulebook,
): Promise<number | null> {
  const changed = lived.map((one) => changesOf(one, rulebook));
  await keepItems(trx, changed);
  // Nobody did it: time did. All of them stand behind one wall.
  const told = changed.flatMap((one) => marksOf(at, one));
  if (told.length > 0) await recordAll(trx, SYSTEM.reactions(told[0]!.compartment), told);
  const looks = changed.flatMap(({ lookAt }) => lookAt ?? []);
  return looks.length === 0 ? null : Math.min(...looks);
}

function changesOf({ held, before, after }: Lived, { calendarOf }: Rulebook): ChangedItem {
  const dueOf = ({ state }: ItemClock) => (isOpen(state.phase) ? readClock(state, after.at, calendarOf).dueAt : null);
  const clocks = after.clocks.flatMap((clock, place): ChangedClock[] => {
    const was = before.clocks[place];
    return was && isSame(was, clock) ? [] : [{ clock, place, known: was?.events.length ?? 0, dueAt: dueOf(clock) }];
  });
  const dues = after.clocks.flatMap((clock) => (clock.state.phase === 'running' ? (dueOf(clock) ?? []) : []));
  return {
    ...{ id: held.id, compartment: held.compartment, item: after, clocks },
    lookAt: nextLook(after, calendarOf),
    dueAt: dues.length === 0 ? null : Math.min(...dues),
  };
}

const isSame = (was: ItemClock, is: ItemClock): boolean =>
  was.events.length === is.events.length && was.reviewAt === is.reviewAt && was.askFacts === is.askFacts;

/** One line a clock, however many marks were found at once. */
const marksOf = (at: Date, { id, compartment, clocks }: ChangedItem): NewEvent[] =>
  clocks.flatMap(({ clock, known }): NewEvent[] => {
    const { key, metric, track, events, state } = clock;
    const found = events.slice(known).flatMap((event) => {
      if (event.kind !== 'warn' && event.kind !== 'breach') return [];
      const share = event.kind === 'warn' ? event.share : 1;
      return state.marks.filter((mark) => mark.version === event.version && mark.share === share);
    });
    const mark = worthTelling(found);
    if (!mark) return [];
    const said = { key, metric, track, reached: new Date(mark.at).toISOString() };
    const about = { at, compartment, subject: { kind: 'case', id } } as const;
    return mark.share === 1
      ? [{ ...about, name: 'case.clock_breached', payload: said }]
      : [{ ...about, name: 'case.clock_warned', payload: { ...said, share: mark.share } }];
  });

/** For how long the requester of an item that has just been given up waits for an answer; null if they do not. */
export async function waitedUnanswered(trx: Trx, id: string, at: Date): Promise<number | null> {
  const waiting = (await clocksOf(trx, [id])).find(
    ({ metric, track, state }) =>
      (metric === 'first_answer' || metric === 'next_answer') &&
      track === 'house' &&
      (isOpen(state.phase) || (state.phase === 'cancelled' && state.endedAt === at.getTime())),
  );
  return waiting ? waiting.state.spentMs : null;
}
