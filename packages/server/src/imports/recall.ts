/** The bytes of what could not be read: a stream that passes by, remembered from one place on, in bounded memory. */

/** Of a line that is longer only its beginning is remembered: nobody mends it by its middle. */
const REMEMBERED_MAX = 4 * 1024 * 1024;

export class Recall {
  readonly #chunks: { readonly at: number; readonly bytes: Uint8Array }[] = [];
  #passed = 0;
  #held = 0;
  #from = 0;

  /** Sees bytes as they pass. */
  readonly watch = (bytes: Uint8Array): void => {
    this.#chunks.push({ at: this.#passed, bytes });
    this.#passed += bytes.length;
    this.#held += bytes.length;
    // The first hold the beginning of the line, the last the beginning of the next.
    while (this.#held > REMEMBERED_MAX && this.#chunks.length > 2) {
      this.#held -= this.#chunks.splice(-2, 1)[0]!.bytes.length;
    }
  };

  /** Nobody will ask for what stands before `end`. */
  letGo(end: number): void {
    const chunks = this.#chunks;
    while (chunks[0] && chunks[0].at + chunks[0].bytes.length <= end) this.#held -= chunks.shift()!.bytes.length;
    this.#from = end;
  }

  /** What stands from the last place that was let go up to `end`, of that the first `most` bytes. */
  until(end: number, most: number): Uint8Array {
    const parts: Uint8Array[] = [];
    const stop = Math.min(end, this.#from + most);
    let next = this.#from;
    for (const { at, bytes } of this.#chunks) {
      if (at > next || next >= stop) break; // behind a hole nothing follows
      const part = bytes.subarray(next - at, stop - at);
      parts.push(part);
      next += part.length;
    }
    return Buffer.concat(parts);
  }
}
