/** All streams of this process: who listens, since when, and when a stream ends. */
import { Refusal } from '@groundswell/contract';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Actor } from '../platform/actor.ts';
import type { Cursor } from '../platform/follow.ts';
import { gauge } from '../platform/metrics.ts';
import { STREAM_HEADERS } from './frames.ts';
import { COUNTED_KINDS, countedNews, newsOf, wallOf } from './live.ts';
import { readMissed } from './missed.ts';
import { readPosition, writePosition } from './position.ts';
import { openStream, type Stream } from './stream.ts';
import type { Watch, WatchRoom } from './watch.ts';
import { openWatches, type Watches } from './watches.ts';

export interface Patience {
  readonly beatMs: number;
  /** At most this many streams of one person; a browser needs one, however many tabs it has. */
  readonly perPerson: number;
  readonly waitingMax: number;
  /** The session could not be asked for this long: then nobody knows whether it still holds. */
  readonly unaskedMs: number;
}
export const PATIENCE: Patience = { beatMs: 20_000, perPerson: 20, waitingMax: 256 * 1024, unaskedMs: 60_000 };

/** Who a request is from now; null when nobody any more. Throws what the database throws. */
export type StillThere = (request: FastifyRequest) => Promise<Actor | null>;

interface Held {
  readonly stream: Stream;
  readonly request: FastifyRequest;
  readonly actor: Actor;
  askedAt: number;
}

const BACK_SOON_MS = 2_000;

export class Switchboard {
  readonly #room: WatchRoom;
  readonly #still: StillThere;
  readonly #patience: Patience;
  readonly #watches: Watches;
  readonly #streams = new Set<Held>();
  readonly #perPerson = new Map<string, number>();
  readonly #timer: NodeJS.Timeout;
  #round = Promise.resolve();
  #roundIsToCome = false;
  #closing = false;

  constructor(room: WatchRoom, still: StillThere, patience: Patience) {
    this.#room = room;
    this.#still = still;
    this.#patience = patience;
    this.#watches = openWatches(room, () => this.#goRound());
    this.#timer = setInterval(() => this.#beat(), patience.beatMs).unref();
    gauge('groundswell_live_streams', 'Browsers that are told of changes as they happen.', () => this.#streams.size);
  }

  /** Answers until the browser hangs up, or until it must end. */
  async join(request: FastifyRequest, reply: FastifyReply, after: string | undefined): Promise<void> {
    const { actor } = request;
    const { raw } = reply;
    this.#reserve(actor.id);
    const watch = await this.#watches.take(actor.compartments).catch((error: unknown) => {
      this.#free(actor.id);
      throw error;
    });
    const gone = () => {
      this.#free(actor.id);
      this.#watches.leave(actor.compartments);
    };
    reply.headers(STREAM_HEADERS).hijack();
    if (raw.destroyed) return gone(); // hung up meanwhile: no further word comes of it
    raw.once('close', gone);
    raw.writeHead(200, reply.getHeaders() as Record<string, string>).flushHeaders();
    raw.socket?.setNoDelay?.(true);
    const stream = openStream({
      raw,
      actor,
      positionAt: this.#positionsOf(actor),
      waitingMax: this.#patience.waitingMax,
    });
    const held: Held = { stream, request, actor, askedAt: performance.now() };
    const deaf = watch.listen(stream); // before anything is read: nothing falls between the two
    this.#streams.add(held);
    raw.once('close', () => {
      deaf();
      this.#streams.delete(held);
    });
    await this.#begin(held, watch, after);
    if (this.#closing) stream.bye('stopping', BACK_SOON_MS);
  }

  /** Ends every stream with the word to come back: another process, or the next start, goes on where it was. */
  async close(): Promise<void> {
    this.#closing = true;
    clearInterval(this.#timer);
    for (const { stream } of this.#streams) stream.bye('stopping', BACK_SOON_MS);
    await Promise.all([this.#watches.close(), this.#round]);
  }

  #positionsOf({ compartments }: Actor) {
    const wall = wallOf(compartments);
    const { vault, clock } = this.#room.tools;
    return (cursor: Cursor) => writePosition(vault, wall, cursor, clock.now());
  }

  /** From now on, or from where they were. */
  async #begin({ stream, actor }: Held, watch: Watch, after: string | undefined): Promise<void> {
    const { tools, log } = this.#room;
    const now = watch.cursor();
    if (after === undefined) {
      stream.hello(now);
      return stream.caughtUp(now);
    }
    try {
      const from = readPosition(tools.vault, wallOf(actor.compartments), after, tools.clock.now());
      const missed = from === null ? null : await readMissed(tools, actor.compartments, from);
      if (missed === null) {
        stream.reset(now);
        return stream.caughtUp(now);
      }
      stream.hello(missed.cursor);
      stream.tell(newsOf(missed.rows, actor), missed.cursor);
      stream.tell(countedNews(COUNTED_KINDS, actor.can)); // what only counts leaves no trail to read
      stream.caughtUp(missed.cursor);
    } catch (error) {
      log.warn({ err: error }, 'live: what was missed could not be read');
      stream.bye('trouble', BACK_SOON_MS);
    }
  }

  #beat(): void {
    for (const { stream } of this.#streams) stream.beat();
    this.#goRound();
  }

  /** Whether everybody may still hear what they hear: at every beat, and at once when an event says that it may be otherwise. */
  #goRound(): void {
    if (this.#roundIsToCome) return; // it will see this too
    this.#roundIsToCome = true;
    this.#round = this.#round.then(async () => {
      this.#roundIsToCome = false;
      for (const held of [...this.#streams]) await this.#ask(held);
    });
  }

  async #ask(held: Held): Promise<void> {
    const now = performance.now();
    const actor = await this.#still(held.request).catch((error: unknown) => {
      if (error instanceof Refusal) return null; // the world that it stood in is gone
      this.#room.log.debug({ err: error }, 'live: a session could not be asked for');
      return undefined;
    });
    if (actor === undefined) {
      if (now - held.askedAt > this.#patience.unaskedMs) held.stream.bye('trouble', BACK_SOON_MS);
      return;
    }
    held.askedAt = now;
    if (actor === null) held.stream.bye('ended', BACK_SOON_MS);
    else if (!isSame(actor, held.actor)) held.stream.bye('moved', 0);
  }

  #reserve(personId: string): void {
    const mine = this.#perPerson.get(personId) ?? 0;
    if (mine >= this.#patience.perPerson) {
      throw new Refusal(
        'live.too_many',
        `This account has ${mine} windows open that are kept up to date, and more are not. Close some; this one works without.`,
        { retryAfterSeconds: 60 },
      );
    }
    this.#perPerson.set(personId, mine + 1);
  }

  #free(personId: string): void {
    const left = (this.#perPerson.get(personId) ?? 1) - 1;
    if (left > 0) this.#perPerson.set(personId, left);
    else this.#perPerson.delete(personId);
  }
}

const isSame = (a: Actor, b: Actor): boolean =>
  wallOf(a.compartments) === wallOf(b.compartments) && [...a.can].sort().join() === [...b.can].sort().join();
