/** Bytes cut up as a network would, and all that a reader gives: for tests and for the long fuzz run. */
import { type Form, type RowOrFault, readCsv, readJsonl, unpack } from './index.ts';

/** @param sizes of the chunks, over and over; none for one chunk */
export async function* inChunks(bytes: Uint8Array, sizes: readonly number[] = []): AsyncGenerator<Uint8Array> {
  let at = 0;
  for (let i = 0; at < bytes.length; i++) {
    const next = at + Math.max(1, sizes[i % Math.max(1, sizes.length)] ?? bytes.length);
    yield bytes.slice(at, next);
    at = next;
  }
}

export interface Reading {
  readonly rows: readonly RowOrFault[];
  /** What ended it before its end: the message of an `Unreadable`. Anything else is thrown on. */
  readonly stopped: string | null;
}

export async function readingOf(rows: AsyncIterable<RowOrFault>): Promise<Reading> {
  const read: RowOrFault[] = [];
  try {
    for await (const row of rows) read.push(row);
    return { rows: read, stopped: null };
  } catch (error) {
    if ((error as Error).name !== 'Unreadable') throw error;
    return { rows: read, stopped: (error as Error).message };
  }
}

export interface From {
  readonly columns?: readonly string[];
  readonly fromByte?: number;
  readonly fromRow?: number;
  readonly sizes?: readonly number[];
}

/** A whole file as the server reads it: unpacked, by its form, from a place on. */
export function rowsIn(file: Uint8Array, form: Form, { sizes, ...from }: From = {}): AsyncIterable<RowOrFault> {
  const fromByte = from.fromByte ?? 0;
  const bytes = unpack(inChunks(form.packed ? file : file.subarray(fromByte), sizes), form, { fromByte });
  const options = { ...form, ...from };
  return form.format === 'jsonl' ? readJsonl(bytes, options) : readCsv(bytes, options);
}
