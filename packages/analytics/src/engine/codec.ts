/**
 * Plain values to bytes and back: numbers, strings, booleans, null, arrays, plain objects, Map, Set and typed arrays, in
 * insertion order. Little-endian. Mostly-empty float arrays are stored as gaps and values.
 */

type Plain = unknown;

const TAG = {
  null: 0,
  no: 1,
  yes: 2,
  int: 3,
  number: 4,
  narrow: 5,
  wide: 6,
  list: 7,
  object: 8,
  map: 9,
  set: 10,
} as const;
const ARRAY_TAG = { f64: 11, f32: 12, i32: 13, u8: 14, f32Sparse: 15, ints: 16 } as const;

class Writer {
  bytes = new Uint8Array(1 << 16);
  view = new DataView(this.bytes.buffer);
  at = 0;

  room(n: number): void {
    if (this.at + n <= this.bytes.length) return;
    const wider = new Uint8Array(Math.max(this.at + n, this.bytes.length * 1.6));
    wider.set(this.bytes);
    this.bytes = wider;
    this.view = new DataView(wider.buffer);
  }
  u8(x: number): void {
    this.room(1);
    this.bytes[this.at++] = x;
  }
  u32(x: number): void {
    this.room(4);
    this.view.setUint32(this.at, x, true);
    this.at += 4;
  }
  i32(x: number): void {
    this.u32(x >>> 0);
  }
  f64(x: number): void {
    this.room(8);
    this.view.setFloat64(this.at, x, true);
    this.at += 8;
  }
  raw(bytes: Uint8Array): void {
    this.room(bytes.length);
    this.bytes.set(bytes, this.at);
    this.at += bytes.length;
  }
}

/**
 * @throws TypeError on a value that is not plain (a function, a symbol, an instance of a class)
 *
 * @example
 * decode(encode(new Map([['a', [1, 2]]]))); // Map { 'a' → [1, 2] }
 */
export function encode(value: Plain): Uint8Array {
  const out = new Writer();
  write(out, value);
  return out.bytes.slice(0, out.at);
}

function write(out: Writer, value: Plain): void {
  if (value === null || value === undefined) out.u8(TAG.null);
  else if (typeof value === 'boolean') out.u8(value ? TAG.yes : TAG.no);
  else if (typeof value === 'number') writeNumber(out, value);
  else if (typeof value === 'string') writeString(out, value);
  else if (Array.isArray(value)) writeList(out, value);
  else if (ArrayBuffer.isView(value)) writeArray(out, value);
  else if (value instanceof Map) writePairs(out, TAG.map, value);
  else if (value instanceof Set) writeItems(out, TAG.set, [...value]);
  else if (typeof value === 'object' && Object.getPrototypeOf(value) === Object.prototype) {
    writePairs(out, TAG.object, new Map(Object.entries(value)));
  } else throw new TypeError(`only plain values can be stored, got ${typeof value}`);
}

function writeNumber(out: Writer, value: number): void {
  const small = Number.isInteger(value) && Math.abs(value) < 0x7fffffff && !Object.is(value, -0);
  out.u8(small ? TAG.int : TAG.number);
  if (small) out.i32(value);
  else out.f64(value);
}

/** One byte per character where all are Latin-1, else two. */
function writeString(out: Writer, text: string): void {
  let narrow = true;
  for (let i = 0; i < text.length && narrow; i++) narrow = text.charCodeAt(i) < 256;
  out.u8(narrow ? TAG.narrow : TAG.wide);
  out.u32(text.length);
  out.room(text.length * 2);
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    out.bytes[out.at++] = code & 255;
    if (!narrow) out.bytes[out.at++] = code >>> 8;
  }
}

function writeList(out: Writer, list: readonly Plain[]): void {
  const ints =
    list.length > 8 && list.every((x) => Number.isInteger(x) && (x as number) >= 0 && (x as number) < 2 ** 31);
  if (ints) writeArray(out, Int32Array.from(list as number[]), ARRAY_TAG.ints);
  else writeItems(out, TAG.list, list);
}

function writeItems(out: Writer, tag: number, items: readonly Plain[]): void {
  out.u8(tag);
  out.u32(items.length);
  for (const item of items) write(out, item);
}

function writePairs(out: Writer, tag: number, map: ReadonlyMap<Plain, Plain>): void {
  out.u8(tag);
  out.u32(map.size);
  for (const [key, value] of map) {
    write(out, key);
    write(out, value);
  }
}

function writeArray(out: Writer, array: ArrayBufferView, as?: number): void {
  if (array instanceof Float32Array && isSparse(array)) {
    writeSparse(out, array);
    return;
  }
  const tag = as ?? arrayTag(array);
  out.u8(tag);
  out.u32(array.byteLength);
  out.raw(new Uint8Array(array.buffer, array.byteOffset, array.byteLength));
}

function arrayTag(array: ArrayBufferView): number {
  if (array instanceof Float64Array) return ARRAY_TAG.f64;
  if (array instanceof Float32Array) return ARRAY_TAG.f32;
  if (array instanceof Int32Array) return ARRAY_TAG.i32;
  if (array instanceof Uint8Array) return ARRAY_TAG.u8;
  throw new TypeError('this kind of typed array cannot be stored');
}

function isSparse(array: Float32Array): boolean {
  let filled = 0;
  for (let i = 0; i < array.length; i++) if (array[i] !== 0 || Object.is(array[i], -0)) filled++;
  return filled * 2 < array.length;
}

const LONG_GAP = 255; // so many empty places and no value: the gap goes on

/** Gaps of empty places before each value as bytes, then the values. */
function writeSparse(out: Writer, array: Float32Array): void {
  const gaps: number[] = [];
  const values: number[] = [];
  let gap = 0;
  for (let i = 0; i < array.length; i++) {
    if (array[i] === 0 && !Object.is(array[i], -0)) {
      if (++gap === LONG_GAP) {
        gaps.push(LONG_GAP);
        gap = 0;
      }
      continue;
    }
    gaps.push(gap);
    values.push(array[i]);
    gap = 0;
  }
  out.u8(ARRAY_TAG.f32Sparse);
  out.u32(array.length);
  writeArray(out, Uint8Array.from(gaps));
  out.u32(values.length);
  out.raw(new Uint8Array(Float32Array.from(values).buffer));
}

interface Reader {
  readonly bytes: Uint8Array;
  readonly view: DataView;
  at: number;
}

/**
 * @throws RangeError when the bytes are cut short or are not of this format
 *
 * @example
 * decode(encode({ a: 1 })); // { a: 1 }
 */
export function decode(bytes: Uint8Array): Plain {
  return read({ bytes, view: new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength), at: 0 });
}

function u32(input: Reader): number {
  const x = input.view.getUint32(input.at, true);
  input.at += 4;
  return x;
}

function read(input: Reader): Plain {
  const tag = input.view.getUint8(input.at++);
  switch (tag) {
    case TAG.null:
      return null;
    case TAG.no:
    case TAG.yes:
      return tag === TAG.yes;
    case TAG.int:
      return u32(input) | 0;
    case TAG.number:
      input.at += 8;
      return input.view.getFloat64(input.at - 8, true);
    case TAG.narrow:
    case TAG.wide:
      return readString(input, tag === TAG.wide);
    case TAG.list:
      return Array.from({ length: u32(input) }, () => read(input));
    case TAG.set:
      return new Set(Array.from({ length: u32(input) }, () => read(input)));
    case TAG.map:
      return readPairs(input);
    case TAG.object:
      return Object.fromEntries(readPairs(input) as Map<string, Plain>);
    default:
      return readArray(input, tag);
  }
}

function readPairs(input: Reader): Map<Plain, Plain> {
  const map = new Map<Plain, Plain>();
  for (let left = u32(input); left > 0; left--) map.set(read(input), read(input));
  return map;
}

function readString(input: Reader, wide: boolean): string {
  const length = u32(input);
  const parts: string[] = [];
  for (let done = 0; done < length; done += 4096) {
    const codes: number[] = [];
    for (let i = Math.min(4096, length - done); i > 0; i--) {
      codes.push(wide ? input.view.getUint16(input.at, true) : input.view.getUint8(input.at));
      input.at += wide ? 2 : 1;
    }
    parts.push(String.fromCharCode(...codes));
  }
  return parts.join('');
}

function readArray(input: Reader, tag: number): Plain {
  const length = u32(input);
  if (tag === ARRAY_TAG.f32Sparse) {
    const out = new Float32Array(length);
    const gaps = read(input) as Uint8Array;
    input.at += 4;
    let i = 0;
    for (const gap of gaps) {
      i += gap;
      if (gap === LONG_GAP) continue;
      out[i++] = input.view.getFloat32(input.at, true);
      input.at += 4;
    }
    return out;
  }
  if (input.at + length > input.bytes.length) throw new RangeError('the stored state is cut short');
  const copy = input.bytes.slice(input.at, input.at + length);
  input.at += length;
  if (tag === ARRAY_TAG.f64) return new Float64Array(copy.buffer);
  if (tag === ARRAY_TAG.f32) return new Float32Array(copy.buffer);
  if (tag === ARRAY_TAG.i32) return new Int32Array(copy.buffer);
  if (tag === ARRAY_TAG.u8) return copy;
  if (tag === ARRAY_TAG.ints) return Array.from(new Int32Array(copy.buffer));
  throw new RangeError(`unknown mark ${tag} in the stored state`);
}
