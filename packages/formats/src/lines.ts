/** Lines of text, for whoever reads them in a way of its own. */
import { findLineEnd } from './records.ts';
import { placeRecords } from './rows.ts';

/** A line that is not blank, without its end. */
export interface Line {
  /** As an editor counts: blank lines too. */
  readonly row: number;
  /** Byte of the whole stream right behind this line. */
  readonly after: number;
  /** Empty when there is a fault. */
  readonly text: string;
  /** Why the line cannot be had, in words; null as a rule. */
  readonly fault: string | null;
}

/**
 * Reads the lines of UTF-8 text, as many at a time as each chunk of the stream completes.
 *
 * @param stream the bytes from `fromByte` on, in chunks of any size; a byte order mark is passed over
 * @param place  where in the whole stream it begins: bytes, and lines before that byte
 * @returns      every line that is not blank, in order; memory is bounded by 1 MB and a chunk: a longer line is a fault
 * @throws never by itself: only what the stream throws
 *
 * @example
 * for await (const lines of readLines(body)) for (const { text } of lines) JSON.parse(text);
 */
export async function* readLines(
  stream: AsyncIterable<Uint8Array>,
  place: { readonly fromByte?: number; readonly fromRow?: number } = {},
): AsyncGenerator<readonly Line[]> {
  yield* placeRecords(stream, findLineEnd, { encoding: 'utf-8', lineEnd: '\n', ...place });
}
