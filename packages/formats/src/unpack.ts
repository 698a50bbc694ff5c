/** What is in a packed file, from any place on. */
import { gunzip, type UnpackLimits } from './gzip.ts';
import type { Form } from './sniff.ts';

export interface UnpackOptions extends UnpackLimits {
  /** Unpacked bytes that are not wanted any more: the `after` of a row that was read before. */
  readonly fromByte?: number;
}

/**
 * The contents of a file from `fromByte` on, as the readers want them. `after` of a row always counts unpacked bytes.
 * Nothing is unpacked ahead: memory is flat whatever the file holds.
 *
 * @param stream the file from its first byte when it is packed; from `fromByte` on when it is not
 * @throws Unreadable when a packed file is cut off, damaged or a bomb; all that came before it has come out
 * @example
 * const start = form.packed ? 0 : fromByte;
 * for await (const bytes of unpack(createReadStream(path, { start }), form, { fromByte })) …
 */
export async function* unpack(
  stream: AsyncIterable<Uint8Array>,
  { packed }: Pick<Form, 'packed'>,
  { fromByte = 0, ...limits }: UnpackOptions = {},
): AsyncGenerator<Uint8Array> {
  if (!packed) {
    yield* stream;
    return;
  }
  let unwanted = fromByte;
  for await (const bytes of gunzip(stream, limits)) {
    if (bytes.length > unwanted) yield unwanted > 0 ? bytes.subarray(unwanted) : bytes;
    unwanted = Math.max(0, unwanted - bytes.length);
  }
}
