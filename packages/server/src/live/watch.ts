/** Reading for everybody behind one wall: once, however many streams they hold. */
import { setTimeout as sleep } from 'node:timers/promises';
import { PRESENCE_HOLDS_MS } from '@groundswell/contract';
import type { Actor } from '../platform/actor.ts';
import { type Batch, type Bell, type Cursor, EVENTS, endOf, follow } from '../platform/follow.ts';
import type { Logger } from '../platform/log.ts';
import type { Tools } from '../platform/tools.ts';
import type { CountedKind, Happened } from './live.ts';
import { changedSince, type Marks, readMarks } from './marks.store.ts';

export interface EventRow extends Happened {
  readonly follow_xid: string;
  readonly follow_key: string;
}

export interface Listener {
  onRows(batch: Batch<EventRow>): void;
  onCounted(kinds: readonly CountedKind[]): void;
}

export interface Watch {
  /** How far it has read; whoever listens from now on hears everything behind it. */
  cursor(): Cursor;
  listen(listener: Listener): () => void;
  stop(): Promise<void>;
}

export interface WatchRoom {
  readonly tools: Tools;
  readonly bell: Bell;
  readonly log: Logger;
}

export const BATCH = 500;
/** What only counts is told at most this often; signals half as often, for they never stop. */
const LOOK_EVERY_MS = 1_000;
const SIGNALS_EVERY_MS = 2_000;
const AGAIN_MS = 1_000;

export async function openWatch({ tools, bell, log }: WatchRoom, actor: Actor): Promise<Watch> {
  const { db, clock } = tools;
  const listeners = new Set<Listener>();
  const stop = new AbortController();
  const look = (since: string | null) =>
    db.as(actor, (reader) => readMarks(reader, since, new Date(clock.now().getTime() - PRESENCE_HOLDS_MS)));
  let cursor = await db.as(actor, endOf);
  let marks: Marks = await look(null);

  /** Goes on where it was when the database was away for a while. */
  async function untilStopped(turn: () => Promise<void>): Promise<void> {
    while (!stop.signal.aborted) {
      try {
        await turn();
      } catch (error) {
        log.warn({ err: error }, 'live: reading broke off and is tried again');
        await sleep(AGAIN_MS, undefined, { signal: stop.signal }).catch(() => {});
      }
    }
  }

  const followEvents = () =>
    follow<EventRow>({
      db,
      actor,
      source: EVENTS,
      from: cursor,
      batch: BATCH,
      bell,
      signal: stop.signal,
      onRows: async (batch) => {
        cursor = batch.cursor;
        for (const listener of listeners) listener.onRows(batch);
      },
    });

  const paced = paceSignals();
  async function lookAgain(): Promise<void> {
    await sleep(LOOK_EVERY_MS, undefined, { signal: stop.signal }).catch(() => {});
    if (stop.signal.aborted) return;
    const next = await look(marks.horizon);
    const kinds = changedSince(marks, { ...next, signals: paced(next.signals) });
    marks = next;
    if (kinds.length > 0) for (const listener of listeners) listener.onCounted(kinds);
  }

  const done = Promise.all([untilStopped(followEvents), untilStopped(lookAgain)]);
  return {
    cursor: () => cursor,
    listen(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    async stop() {
      stop.abort();
      await done;
    },
  };
}

/** Whether to tell of signals at this look: what came too soon after the last word waits for a later one. */
function paceSignals(): (came: boolean) => boolean {
  let from = 0;
  let waits = false;
  return (came) => {
    waits ||= came;
    if (!waits || performance.now() < from) return false;
    waits = false;
    from = performance.now() + SIGNALS_EVERY_MS - LOOK_EVERY_MS / 2; // never a whole turn late
    return true;
  };
}
