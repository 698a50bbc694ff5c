/**
 * Deflated bytes, unpacked step by step so that nothing is lost: what could be unpacked before a mistake comes out before
 * the mistake is thrown, and what lies behind the end is still there to be read.
 */
import { constants, createInflateRaw } from 'node:zlib';

/** What comes out of one step is at most 1,032 times as much: so a bomb takes 8 MB of memory, not 64. */
export const STEP_BYTES = 8 * 1024;
const OUT_BYTES = 64 * 1024;

/** Bytes of a stream, taken as they are needed. */
export class ByteSource {
  readonly #chunks: AsyncIterator<Uint8Array>;
  #rest: Buffer = Buffer.alloc(0);
  taken = 0;

  constructor(stream: AsyncIterable<Uint8Array>) {
    this.#chunks = stream[Symbol.asyncIterator]();
  }

  /** At most `most` bytes, none only at the end. */
  async some(most: number): Promise<Buffer> {
    while (this.#rest.length === 0 && (await this.#more()));
    return this.#take(Math.min(most, this.#rest.length));
  }

  async exactly(count: number): Promise<Buffer | null> {
    return (await this.peek(count)).length < count ? null : this.#take(count);
  }

  async peek(count: number): Promise<Buffer> {
    while (this.#rest.length < count && (await this.#more()));
    return this.#rest;
  }

  giveBack(bytes: Buffer): void {
    this.taken -= bytes.length;
    this.#rest = Buffer.concat([bytes, this.#rest]);
  }

  async #more(): Promise<boolean> {
    const next = await this.#chunks.next();
    if (next.done) return false;
    const { value } = next;
    const chunk = Buffer.from(value.buffer, value.byteOffset, value.byteLength);
    this.#rest = this.#rest.length > 0 ? Buffer.concat([this.#rest, chunk]) : chunk;
    return true;
  }

  #take(count: number): Buffer {
    const bytes = this.#rest.subarray(0, count);
    this.#rest = this.#rest.subarray(count);
    this.taken += count;
    return bytes;
  }

  /** Lets go of the stream, also of one that is not read to its end. */
  async close(): Promise<void> {
    await this.#chunks.return?.();
  }
}

/** What is thrown, given the bytes that came out before. */
export interface Complaints {
  readonly cut: (out: number) => Error;
  readonly damaged: (out: number) => Error;
}

/** One deflated stream. What lies behind its end is given back to `input`. */
export async function* inflate(input: ByteSource, complaints: Complaints): AsyncGenerator<Buffer> {
  const engine = createInflateRaw({ chunkSize: OUT_BYTES, finishFlush: constants.Z_SYNC_FLUSH });
  const ready: Buffer[] = [];
  const ended = new Promise<'ended'>((resolve) => engine.once('end', () => resolve('ended')));
  const failed = new Promise<'failed'>((resolve) => engine.once('error', () => resolve('failed')));
  engine.on('data', (bytes: Buffer) => ready.push(bytes));
  let fed = 0;
  let out = 0;
  try {
    for (;;) {
      const step = await input.some(STEP_BYTES);
      const written = new Promise<'written'>((resolve) => {
        const done = () => resolve('written');
        if (step.length === 0) engine.end(done);
        else engine.write(step, (error) => !error && done());
      });
      fed += step.length;
      const state = await Promise.race([step.length === 0 ? ended : written, ended, failed]);
      for (const bytes of ready.splice(0)) {
        out += bytes.length;
        yield bytes;
      }
      if (state === 'failed') throw complaints.damaged(out);
      if (state !== 'ended') continue;
      if (step.length === 0) throw complaints.cut(out); // the check sum never came
      input.giveBack(step.subarray(step.length - (fed - engine.bytesWritten)));
      return;
    }
  } finally {
    engine.destroy();
  }
}
