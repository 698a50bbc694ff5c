/** One stream to one browser: what it has been told, and what still waits until it has caught up. */
import type { ServerResponse } from 'node:http';
import type { ByeReason, LiveNews } from '@groundswell/contract';
import type { Actor } from '../platform/actor.ts';
import { type Batch, type Cursor, readCursor } from '../platform/follow.ts';
import { beat, bye, hello, news, reset } from './frames.ts';
import { type CountedKind, countedNews, newsOf } from './live.ts';
import type { EventRow, Listener } from './watch.ts';

export interface Stream extends Listener {
  readonly personId: string;
  readonly closed: boolean;
  /** What was missed is read in turns; meanwhile what happens waits. */
  caughtUp(cursor: Cursor): void;
  hello(cursor: Cursor): void;
  reset(cursor: Cursor): void;
  tell(list: readonly LiveNews[], cursor?: Cursor): void;
  beat(): void;
  bye(why: ByeReason, retryMs: number): void;
}

export interface StreamRoom {
  readonly raw: ServerResponse;
  readonly actor: Actor;
  readonly positionAt: (cursor: Cursor) => string;
  /** Bytes that may wait for a reader who does not read. */
  readonly waitingMax: number;
}

/** Batches that happen while one catches up. More of them, and everything is asked for again instead. */
const HELD_MAX = 20;

export function openStream({ raw, actor, positionAt, waitingMax }: StreamRoom): Stream {
  let closed = false;
  let held: Batch<EventRow>[] | null = [];
  let known: Cursor = null;
  raw.once('close', () => {
    closed = true;
  });

  /** Who does not read is let go, instead of being kept in memory: the browser comes back and is told what it missed. */
  function say(text: string): void {
    if (closed) return;
    raw.write(text);
    if (raw.writableLength <= waitingMax) return;
    closed = true;
    raw.destroy();
  }
  function tell(list: readonly LiveNews[], cursor?: Cursor): void {
    if (list.length > 0) say(news(list, cursor === undefined ? undefined : positionAt(cursor)));
  }
  /** Who caught up by themselves may be ahead of what is read for all: what they know is passed over. */
  function tellRows({ rows, cursor }: Batch<EventRow>): void {
    const fresh = known === null ? rows : rows.filter((row) => isAfter(row, known));
    if (fresh.length > 0) known = null;
    tell(newsOf(fresh, actor), cursor);
  }

  return {
    personId: actor.id,
    get closed() {
      return closed;
    },
    onRows(batch) {
      if (held === null) return tellRows(batch);
      if (held.length < HELD_MAX) held.push(batch);
      else held = [{ rows: [], cursor: batch.cursor }]; // too much; `caughtUp` sees the gap
    },
    onCounted: (kinds: readonly CountedKind[]) => tell(countedNews(kinds, actor.can)),
    caughtUp(cursor) {
      const waiting = held ?? [];
      held = null;
      const gap = waiting.find(({ rows }) => rows.length === 0);
      if (gap) return say(reset(positionAt(waiting.at(-1)!.cursor)));
      known = cursor;
      for (const batch of waiting) tellRows(batch);
    },
    hello: (cursor) => say(hello(positionAt(cursor))),
    reset: (cursor) => say(reset(positionAt(cursor))),
    tell,
    beat: () => say(beat()),
    bye(why, retryMs) {
      if (closed) return;
      say(bye(why, retryMs));
      closed = true;
      raw.end();
    },
  };
}

/** Whether a row stands behind a position that was already told. */
function isAfter({ follow_xid, follow_key }: EventRow, cursor: Cursor): boolean {
  if (cursor === null) return true;
  const { xid, key } = readCursor(cursor);
  const [rowXid, lastXid] = [BigInt(follow_xid), BigInt(xid)];
  if (rowXid !== lastXid) return rowXid > lastXid;
  return key === null || BigInt(follow_key) > BigInt(key);
}
