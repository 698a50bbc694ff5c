/**
 * The body of a batch: lines as they come, in chunks that fit into one transaction. Nothing is read ahead of what is asked
 * for, so that a database that is slow makes the sender wait.
 */
import { Refusal } from '@groundswell/contract';
import { type Line, readLines, Unreadable, unpack } from '@groundswell/formats';
import { type Batch, chain, otherContent } from './batch.ts';

/** 2,000 rows were as fast as 5,000; 4 MB bound the memory of long rows. */
const CHUNK = { rows: 2_000, bytes: 4 * 1024 * 1024 };

export interface Patience {
  /** What has come is kept when nothing more has come for so long. */
  readonly pauseMs: number;
  /** After so long without a byte the stream is taken for broken. */
  readonly stalledMs: number;
  /** So often the answer says how far it came: many clients hang up on an answer that is silent for some minutes. */
  readonly progressMs: number;
}
export const PATIENCE: Patience = { pauseMs: 1_000, stalledMs: 600_000, progressMs: 20_000 };

export interface Flow extends Omit<Patience, 'progressMs'> {
  readonly body: AsyncIterable<Uint8Array>;
  readonly packed: 'gzip' | null;
  readonly fromByte: number;
  /** Aborts when this server is about to stop. */
  readonly stopping: AbortSignal;
}

/** Lines of one transaction, with the place behind the last of them. */
export interface Chunk {
  readonly lines: readonly Line[];
  readonly bytes: number;
  readonly digest: string;
}

export class BatchStream {
  readonly #flow: Flow;
  readonly #known: Batch;
  readonly #parts: AsyncIterator<readonly Line[] | null>;
  #heardAt = performance.now();
  #unpacked = 0;
  #digest: string;
  /** Read, and not passed on yet. */
  #held: Line[] = [];

  constructor(flow: Flow, known: Batch) {
    this.#flow = flow;
    this.#known = known;
    this.#digest = flow.fromByte > 0 ? known.digest : '';
    const bytes = this.#measured(unpack(this.#heard(), flow, { bytesMax: Number.POSITIVE_INFINITY }));
    const place = { fromByte: flow.fromByte, fromRow: flow.fromByte > 0 ? known.lines : 0 };
    this.#parts = this.#withPauses(readLines(bytes, place));
  }

  /** Behind the last byte that has been read. */
  get end(): number {
    return this.#flow.fromByte + this.#unpacked;
  }
  /** True when the body held nothing at all. */
  get empty(): boolean {
    return this.#unpacked === 0;
  }

  /**
   * Reads what is known already and compares it. `alive` is called now and then: it may take minutes. Of a finished batch
   * all is known, and nothing may follow.
   */
  async passOver(alive: () => Promise<void>): Promise<void> {
    const { bytes, digest, finishedAt } = this.#known;
    if (!finishedAt && (this.#flow.fromByte > 0 || bytes === 0)) return;
    for (let part = await this.#parts.next(); !part.done; part = await this.#parts.next()) {
      const lines = part.value ?? [];
      const fresh = lines.findIndex(({ after }) => after > bytes);
      for (const line of fresh < 0 ? lines : lines.slice(0, fresh)) this.#digest = chain(this.#digest, line);
      if (fresh >= 0) {
        if (finishedAt || this.#digest !== digest) throw otherContent(this.#known);
        this.#held = lines.slice(fresh);
        return;
      }
      if (!finishedAt && this.end >= bytes && this.#digest === digest) return;
      await alive();
    }
    const same = finishedAt ? this.empty || this.end === bytes : this.end >= bytes;
    if (!same || (!this.empty && this.#digest !== digest)) throw otherContent(this.#known);
  }

  /** What is left, in chunks. What was whole when the stream broke comes before the error. */
  async *chunks(): AsyncGenerator<Chunk> {
    let lines: Line[] = [];
    let from = this.#known.bytes;
    const cut = (): Chunk => {
      const chunk = { lines, bytes: lines.at(-1)!.after, digest: this.#digest };
      from = chunk.bytes;
      lines = [];
      return chunk;
    };
    try {
      for (;;) {
        for (const line of this.#held.splice(0)) {
          lines.push(line);
          this.#digest = chain(this.#digest, line);
          if (lines.length >= CHUNK.rows || line.after - from >= CHUNK.bytes) yield cut();
        }
        const part = await this.#parts.next();
        if (part.done) break;
        if (part.value) this.#held = [...part.value];
        else if (lines.length > 0) yield cut();
      }
    } catch (error) {
      if (lines.length > 0) yield cut();
      throw error;
    }
    if (lines.length > 0) yield cut();
  }

  /** Lets go of the body, which can then be drained or dropped. */
  async close(): Promise<void> {
    await this.#parts.return?.();
  }

  async *#heard(): AsyncGenerator<Uint8Array> {
    for await (const bytes of this.#flow.body) {
      this.#heardAt = performance.now();
      yield bytes;
    }
  }

  async *#measured(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
    try {
      for await (const part of bytes) {
        this.#unpacked += part.length;
        yield part;
      }
    } catch (error) {
      throw error instanceof Unreadable ? new Refusal('request.invalid', BAD_GZIP) : error;
    }
  }

  /** Lines as they come; null each time that none came for a while. */
  async *#withPauses(parts: AsyncGenerator<readonly Line[]>): AsyncGenerator<readonly Line[] | null> {
    const { pauseMs, stalledMs, stopping } = this.#flow;
    let asked = false; // whoever is asked and does not answer cannot be sent home either
    try {
      for (;;) {
        const next = parts.next();
        asked = true;
        this.#heardAt = performance.now(); // while the database was at work, nobody listened
        for (let part = await arrived(next, pauseMs, stopping); ; part = await arrived(next, pauseMs, stopping)) {
          if (part === 'stopping') throw new Refusal('house.stopping', 'This Groundswell is being stopped.');
          if (part !== 'pause') {
            asked = false;
            if (part.done) return;
            yield part.value;
            break;
          }
          if (performance.now() - this.#heardAt >= stalledMs) throw new Refusal('batch.stalled', stalled(stalledMs));
          yield null;
        }
      }
    } finally {
      if (!asked) await parts.return(undefined);
    }
  }
}

const BAD_GZIP = 'The packed stream is damaged or was cut off; what could be unpacked was read.';

const stalled = (ms: number): string =>
  `Nothing has come for ${ms >= 60_000 ? `${Math.round(ms / 60_000)} minutes` : `${ms / 1000} seconds`}, so the stream was taken for broken.`;

/** Made by hand: `Promise.race` with a promise that outlives the stream would keep something of every chunk. */
function arrived<T>(next: Promise<T>, pauseMs: number, stopping: AbortSignal): Promise<T | 'pause' | 'stopping'> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => end(() => resolve('pause')), pauseMs);
    const stop = () => end(() => resolve('stopping'));
    const end = (say: () => void) => {
      clearTimeout(timer);
      stopping.removeEventListener('abort', stop);
      say();
    };
    stopping.addEventListener('abort', stop, { once: true });
    if (stopping.aborted) stop();
    next.then(
      (value) => end(() => resolve(value)),
      (error: unknown) => end(() => reject(error)),
    );
  });
}
