/** What happened to clocks, kept: their events, and what these fold to. */
import type { ClockedItem, ItemClock } from '@groundswell/analytics';
import { sql } from 'kysely';
import type { Trx } from '../platform/db.ts';
import { type Of, text } from './clock.store.ts';

const dateOf = (ms: number | null): Date | null => (ms === null ? null : new Date(ms));

export interface ChangedClock {
  readonly clock: ItemClock;
  readonly place: number;
  /** How many of its events were kept before. */
  readonly known: number;
  readonly dueAt: number | null;
}

export interface ChangedItem extends Of {
  readonly item: ClockedItem;
  readonly lookAt: number | null;
  readonly dueAt: number | null;
  readonly clocks: readonly ChangedClock[];
}

/** Events are added, what they fold to is written over. Refused as a whole where another was there first. */
export async function keepItems(trx: Trx, changed: readonly ChangedItem[]): Promise<void> {
  const events = changed.flatMap((one) =>
    one.clocks.flatMap(({ clock, known }) =>
      clock.events.slice(known).map((event, i) => ({ one, clock, event, seq: known + i })),
    ),
  );
  if (events.length > 0) {
    await trx
      .insertInto('clock_events')
      .values(
        events.map(({ one, clock, event, seq }) => ({
          ...{ item_id: one.id, key: clock.key, seq, compartment: one.compartment, at: new Date(event.at) },
          ...{ kind: event.kind, event: text(event) },
          version: event.kind === 'warn' || event.kind === 'breach' ? event.version : null,
          share: event.kind === 'warn' ? event.share : event.kind === 'breach' ? 1 : null,
        })),
      )
      .execute();
  }
  await keepClocks(trx, changed);
  await keepRows(trx, changed);
}

async function keepClocks(trx: Trx, changed: readonly ChangedItem[]): Promise<void> {
  const rows = changed.flatMap(({ id, compartment, clocks }) =>
    clocks.map(({ clock, place, dueAt }) => ({
      ...{ item_id: id, key: clock.key, compartment, place, metric: clock.metric, track: clock.track, ask: clock.ask },
      ...{ ask_facts: text(clock.askFacts), phase: clock.state.phase, state: text(clock.state) },
      target_ms: clock.state.pin?.targetMs?.toString() ?? null,
      due_at: dateOf(dueAt),
      review_at: dateOf(clock.reviewAt),
    })),
  );
  if (rows.length === 0) return;
  await trx
    .insertInto('clocks')
    .values(rows)
    .onConflict((conflict) =>
      conflict.columns(['item_id', 'key']).doUpdateSet(({ ref }) => ({
        ask_facts: ref('excluded.ask_facts'),
        phase: ref('excluded.phase'),
        state: ref('excluded.state'),
        target_ms: ref('excluded.target_ms'),
        due_at: ref('excluded.due_at'),
        review_at: ref('excluded.review_at'),
      })),
    )
    .execute();
}

async function keepRows(trx: Trx, changed: readonly ChangedItem[]): Promise<void> {
  await trx
    .insertInto('clock_items')
    .values(
      changed.map(({ id, compartment, item, lookAt, dueAt }) => ({
        ...{
          item_id: id,
          compartment,
          facts: text(item.facts),
          standing: text(item.standing),
          answered: item.answered,
        },
        ...{ at: new Date(item.at), review_at: dateOf(item.reviewAt), look_at: dateOf(lookAt), due_at: dateOf(dueAt) },
      })),
    )
    .onConflict((conflict) =>
      conflict.column('item_id').doUpdateSet(({ ref }) => ({
        facts: ref('excluded.facts'),
        standing: ref('excluded.standing'),
        answered: ref('excluded.answered'),
        at: ref('excluded.at'),
        review_at: ref('excluded.review_at'),
        look_at: ref('excluded.look_at'),
        due_at: ref('excluded.due_at'),
      })),
    )
    .execute();
}

/** A look before the next round of the clock. */
export async function lookIn(trx: Trx, ms: number): Promise<void> {
  await sql`select app.look_in(${Math.max(0, Math.ceil(ms))})`.execute(trx);
}
