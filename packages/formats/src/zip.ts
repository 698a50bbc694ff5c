/** A zip archive as far as a workbook needs it: its directory, and its entries as streams that keep to a limit. */
import { type FileHandle, open } from 'node:fs/promises';
import { sizeOf } from './gzip.ts';
import { ByteSource, inflate } from './inflate.ts';
import { Unreadable } from './unreadable.ts';

interface Entry {
  readonly flags: number;
  readonly method: number;
  readonly packed: number;
  /** What the directory says; it may lie. */
  readonly size: number;
  readonly at: number;
}

export interface Zip {
  readonly file: FileHandle;
  readonly entries: ReadonlyMap<string, Entry>;
  /** Bytes that may still be unpacked from this archive, all entries together. */
  left: number;
  readonly most: number;
}

export const AS_CSV = 'Save the sheet as "CSV UTF-8" and import that.';
const DAMAGED = `The workbook is damaged or was cut while it was copied. Copy or save it again, or: ${AS_CSV}`;
export const damagedWorkbook = () => new Unreadable(DAMAGED);

const END_BYTES = 22;
const COMMENT_MAX = 65_535;
const DIRECTORY_MAX = 4 * 1024 ** 2;
const ENTRY_BYTES = 46;

/** @throws Unreadable when the file is no archive, or one whose directory makes no sense */
export async function openZip(path: string, most: number): Promise<Zip> {
  const file = await open(path);
  try {
    return { file, entries: await entriesOf(file), left: most, most };
  } catch (error) {
    await file.close();
    throw error;
  }
}

async function entriesOf(file: FileHandle): Promise<Map<string, Entry>> {
  const { size } = await file.stat();
  const from = Math.max(0, size - END_BYTES - COMMENT_MAX);
  const tail = await read(file, from, size - from);
  const end = tail.lastIndexOf(Buffer.from('PK\u0005\u0006', 'latin1'));
  if (end < 0 || end + END_BYTES > tail.length) throw damagedWorkbook();
  const [length, at] = [tail.readUInt32LE(end + 12), tail.readUInt32LE(end + 16)];
  if (length > DIRECTORY_MAX || at + length > size) throw damagedWorkbook();
  const directory = await read(file, at, length);
  const entries = new Map<string, Entry>();
  for (let i = 0; i + ENTRY_BYTES <= directory.length && directory.readUInt32LE(i) === 0x02014b50; ) {
    const [named, extra, comment] = [28, 30, 32].map((place) => directory.readUInt16LE(i + place)) as [
      number,
      number,
      number,
    ];
    const name = directory.toString('utf8', i + ENTRY_BYTES, i + ENTRY_BYTES + named);
    entries.set(plainPath(name), {
      flags: directory.readUInt16LE(i + 8),
      method: directory.readUInt16LE(i + 10),
      packed: directory.readUInt32LE(i + 20),
      size: directory.readUInt32LE(i + 24),
      at: directory.readUInt32LE(i + 42),
    });
    i += ENTRY_BYTES + named + extra + comment;
  }
  return entries;
}

/** Some programs write backslashes, a leading slash, or other capitals than their own links. */
export const plainPath = (name: string): string => name.replaceAll('\\', '/').replace(/^\/+/, '').toLowerCase();

async function read(file: FileHandle, at: number, length: number): Promise<Buffer> {
  const { buffer, bytesRead } = await file.read(Buffer.alloc(length), 0, length, at);
  if (bytesRead < length) throw damagedWorkbook();
  return buffer;
}

/**
 * One entry, unpacked; nothing when there is none of that name.
 * @throws Unreadable when it is locked, damaged, or larger than what may still be unpacked
 */
export async function* readEntry(zip: Zip, name: string): AsyncGenerator<Buffer> {
  const entry = zip.entries.get(plainPath(name));
  if (!entry) return;
  if (entry.flags & 1)
    throw new Unreadable(`The workbook is protected by a password. Save it without one, or: ${AS_CSV}`);
  if (entry.method !== 0 && entry.method !== 8) throw damagedWorkbook();
  if (entry.size > zip.left) throw tooLarge(zip.most);
  const head = await read(zip.file, entry.at, 30);
  if (head.readUInt32LE(0) !== 0x04034b50) throw damagedWorkbook();
  const start = entry.at + 30 + head.readUInt16LE(26) + head.readUInt16LE(28);
  const packed = slice(zip.file, start, entry.packed);
  for await (const bytes of entry.method === 0 ? packed : unpacked(packed)) {
    zip.left -= bytes.length;
    if (zip.left < 0) throw tooLarge(zip.most);
    yield bytes;
  }
}

const tooLarge = (most: number) =>
  new Unreadable(
    `Unpacked, the workbook is larger than ${sizeOf(most)}. For so many rows, save the sheet as CSV UTF-8 and import that.`,
  );

const CHUNK = 64 * 1024;

async function* slice(file: FileHandle, start: number, length: number): AsyncGenerator<Buffer> {
  for (let at = 0; at < length; at += CHUNK) yield await read(file, start + at, Math.min(CHUNK, length - at));
}

const COMPLAINTS = { cut: damagedWorkbook, damaged: damagedWorkbook };

async function* unpacked(packed: AsyncGenerator<Buffer>): AsyncGenerator<Buffer> {
  const source = new ByteSource(withMore(packed));
  try {
    yield* inflate(source, COMPLAINTS);
  } finally {
    await source.close();
  }
}

/** Only a byte behind the end, which it does not take, shows that the deflated data has come to its end. */
async function* withMore(packed: AsyncGenerator<Buffer>): AsyncGenerator<Buffer> {
  yield* packed;
  yield Buffer.of(0);
}
