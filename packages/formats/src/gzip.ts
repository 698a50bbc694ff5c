/**
 * Gzip (RFC 1952), member by member. The frame is read here and only what is deflated by zlib, because zlib's own reader
 * throws away what it has already unpacked when it meets a mistake: half a file would lose good rows.
 */
import { constants, crc32, inflateRawSync } from 'node:zlib';
import { ByteSource, inflate, STEP_BYTES } from './inflate.ts';
import { Unreadable } from './unreadable.ts';

export interface UnpackLimits {
  /** More than this many unpacked bytes are refused. */
  readonly bytesMax?: number;
}
const UNPACKED_MAX = 64 * 1024 ** 3;

/** No text shrinks like this. Deflate itself ends at 1,032. */
const RATIO_MAX = 1000;
/** A small file may: the ratio is judged once so much came out. */
const RATIO_JUDGED_FROM = 100 * 1024 ** 2;

/**
 * The bytes inside. What could be unpacked before a mistake comes out before the mistake is thrown.
 * @throws Unreadable when the file is cut off, damaged, too large, or followed by something else
 */
export async function* gunzip(
  stream: AsyncIterable<Uint8Array>,
  { bytesMax = UNPACKED_MAX }: UnpackLimits = {},
): AsyncGenerator<Uint8Array> {
  const input = new ByteSource(stream);
  let out = 0;
  try {
    while (await beginMember(input, out)) {
      const sum = { crc: 0, length: 0 };
      const before = out;
      const complaints = { cut: (n: number) => cutOff(before + n), damaged: (n: number) => damaged(before + n) };
      for await (const bytes of inflate(input, complaints)) {
        sum.crc = crc32(bytes, sum.crc);
        sum.length = (sum.length + bytes.length) % 2 ** 32;
        out += bytes.length;
        if (out > bytesMax) throw new Unreadable(`Unpacked, the file is larger than ${sizeOf(bytesMax)}. ${SPLIT}`);
        if (out > RATIO_JUDGED_FROM && out > input.taken * RATIO_MAX) throw new Unreadable(BOMB);
        yield bytes;
      }
      const trailer = await input.exactly(8);
      if (!trailer) throw cutOff(out);
      const same = trailer.readUInt32LE(0) === sum.crc >>> 0 && trailer.readUInt32LE(4) === sum.length;
      if (!same) throw damaged(out);
    }
  } finally {
    await input.close();
  }
}

const SPLIT = 'Split it into smaller files and import them one after the other.';
const BOMB =
  'The file unpacks to more than 1,000 times its size, as no export does. Reading was stopped there. If it is real, unpack it yourself and import what is inside.';

const cutOff = (out: number) =>
  new Unreadable(
    `The file ends in the middle; it was probably cut while it was copied. ${sizeOf(out)} were unpacked and read. Copy or export it again and import it once more: nothing is taken in twice.`,
  );

const damaged = (out: number) =>
  new Unreadable(
    `The packed file is damaged: its contents do not agree with its check sum. ${sizeOf(out)} were unpacked and read. Copy or export it again and import it once more.`,
  );

/** @example sizeOf(3_200_000); // '3.2 MB' */
export function sizeOf(bytes: number): string {
  if (bytes < 1000) return `${bytes} bytes`;
  const [unit, name] = bytes < 1e6 ? [1e3, 'kB'] : bytes < 1e9 ? [1e6, 'MB'] : [1e9, 'GB'];
  return `${(bytes / unit).toFixed(bytes / unit < 10 ? 1 : 0)} ${name}`;
}

/** The first `most` bytes inside, as far as these first bytes of the file tell. */
export function gunzipHead(head: Uint8Array, most: number): Buffer {
  const parts: Buffer[] = [];
  let at = 0;
  let found = 0;
  while (found < most) {
    const begin = headerLength(head.subarray(at));
    if (typeof begin !== 'number') break;
    const { bytes, taken } = inflateHead(head.subarray(at + begin), most * 16);
    if (bytes) parts.push(bytes);
    found += bytes?.length ?? 0;
    at += begin + taken + 8;
    if (!bytes || at >= head.length) break;
  }
  return Buffer.concat(parts).subarray(0, most);
}

/** Bounded: of bytes that unpack to more than `most`, half is tried. */
function inflateHead(packed: Uint8Array, most: number): { bytes: Buffer | null; taken: number } {
  for (let length = packed.length; length > 0; length = Math.floor(length / 2)) {
    try {
      const read = inflateRawSync(packed.subarray(0, length), {
        finishFlush: constants.Z_SYNC_FLUSH,
        maxOutputLength: most,
        info: true,
      }) as unknown as { buffer: Buffer; engine: { bytesWritten: number } };
      return { bytes: read.buffer, taken: read.engine.bytesWritten };
    } catch (error) {
      if ((error as { code?: string }).code !== 'ERR_BUFFER_TOO_LARGE') return { bytes: null, taken: 0 };
    }
  }
  return { bytes: null, taken: 0 };
}

/** Reads the header of the next member; false at the end of the file. Zeros behind the last one are padding. */
async function beginMember(input: ByteSource, out: number): Promise<boolean> {
  for (let wanted = 18; ; wanted *= 2) {
    const seen = await input.peek(wanted);
    if (seen.length === 0) return false;
    if (out > 0 && seen[0] === 0) return skipPadding(input, out);
    const length = headerLength(seen);
    if (length === 'no gzip') throw new Unreadable(out > 0 ? followed(out) : 'The file is not packed with gzip.');
    if (length !== 'more') return (await input.exactly(length)) !== null;
    if (seen.length < wanted) throw cutOff(out);
    if (wanted > HEADER_MAX)
      throw new Unreadable('The file is not packed with gzip as it says: its header has no end.');
  }
}

const HEADER_MAX = 256 * 1024;

async function skipPadding(input: ByteSource, out: number): Promise<false> {
  for (let bytes = await input.some(STEP_BYTES); bytes.length > 0; bytes = await input.some(STEP_BYTES)) {
    if (bytes.some((byte) => byte !== 0)) throw new Unreadable(followed(out));
  }
  return false;
}

const followed = (out: number) =>
  `Behind the packed data the file holds something that is not gzip. ${sizeOf(out)} were unpacked and read; the rest cannot be.`;

/** Length of a member's header: ten bytes, and what its flags announce. */
function headerLength(bytes: Uint8Array): number | 'more' | 'no gzip' {
  if ((bytes[0] ?? 0x1f) !== 0x1f || (bytes[1] ?? 0x8b) !== 0x8b || (bytes[2] ?? 8) !== 8) return 'no gzip';
  if (bytes.length < 10) return 'more';
  const flags = bytes[3]!;
  let at = 10;
  if (flags & 4) at += 2 + (bytes[10] ?? 0) + (bytes[11] ?? 0) * 256;
  for (const named of [8, 16]) {
    if (!(flags & named)) continue;
    const end = at < bytes.length ? bytes.indexOf(0, at) : -1;
    if (end < 0) return 'more';
    at = end + 1;
  }
  if (flags & 2) at += 2;
  return at > bytes.length ? 'more' : at;
}
