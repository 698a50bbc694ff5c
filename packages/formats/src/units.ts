/**
 * Bytes as text of known width: the ground on which the readers of lines and records stand.
 *
 * A reader must say at which byte a row ends, so that it can go on from there. Decoded UTF-8 has lost its bytes. So files
 * are cut up in *units*, one character per unit: a byte (UTF-8 and all older ones) or two (UTF-16). Line ends, quotes and
 * delimiters look the same in all of them, and position × width is the byte. Only a whole record is decoded.
 */

import { TextDecoder } from 'node:util';

export const ENCODINGS = [
  'utf-8',
  'utf-16le',
  'utf-16be',
  'windows-1252',
  'windows-1251',
  'windows-1256',
  'shift_jis',
  'euc-kr',
  'gb18030',
] as const;
export type Encoding = (typeof ENCODINGS)[number];

/** `\n` also stands for `\r\n`. */
export type LineEnd = '\n' | '\r';

/** Bytes of one unit. */
export const widthOf = (encoding: Encoding): 1 | 2 => (encoding.startsWith('utf-16') ? 2 : 1);

/** The byte order mark as it looks in units. */
export function bomOf(encoding: Encoding): string {
  if (encoding === 'utf-8') return '\u00EF\u00BB\u00BF';
  return widthOf(encoding) === 2 ? '\uFEFF' : '';
}

/**
 * The units of some bytes. An odd last byte of UTF-16 is left out.
 * @example
 * toUnits(Uint8Array.of(0xc3, 0xa4), 'utf-8'); // 'Ã¤': two bytes, two units
 */
export function toUnits(bytes: Uint8Array, encoding: Encoding): string {
  const view = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (widthOf(encoding) === 1) return view.toString('latin1');
  const whole = view.subarray(0, view.length & ~1);
  return (encoding === 'utf-16le' ? whole : Buffer.from(whole).swap16()).toString('utf16le');
}

const DECODERS = new Map<Encoding, TextDecoder>();

function decoderOf(encoding: Encoding): TextDecoder {
  const known = DECODERS.get(encoding);
  if (known) return known;
  const made = new TextDecoder(encoding);
  DECODERS.set(encoding, made);
  return made;
}

/** The words that units stand for. Bytes that are no text become U+FFFD; nothing throws. */
export function decodeUnits(units: string, encoding: Encoding): string {
  if (units === '') return ''; // a file may be millions of blank lines
  if (widthOf(encoding) === 2) return units.toWellFormed();
  const bytes = Buffer.from(units, 'latin1');
  return encoding === 'utf-8' ? bytes.toString('utf8') : decoderOf(encoding).decode(bytes);
}

/**
 * A stream of bytes as a stream of units. UTF-16 units that are cut in two by a chunk are put together again; old
 * Macintosh line ends (`\r` alone) become the usual ones, which moves nothing.
 */
export async function* unitsOf(
  bytes: AsyncIterable<Uint8Array>,
  encoding: Encoding,
  lineEnd: LineEnd,
): AsyncGenerator<string> {
  let rest: Uint8Array = new Uint8Array(0);
  for await (const chunk of bytes) {
    const all = rest.length > 0 ? Buffer.concat([rest, chunk]) : chunk;
    rest = widthOf(encoding) === 2 && all.length % 2 === 1 ? all.slice(-1) : new Uint8Array(0);
    const units = toUnits(all, encoding);
    if (units) yield lineEnd === '\r' ? units.replaceAll('\r', '\n') : units;
  }
}
