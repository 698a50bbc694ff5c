/** Files that are no text, told by their first bytes: a workbook is read, the others are refused with what to do. */
import { Unreadable } from './unreadable.ts';

const UNPACK = 'Unpack it first and import the file inside.';
const AS_CSV = 'Save the sheet as "CSV UTF-8" and import that.';

const KNOWN: readonly (readonly [bytes: readonly number[], what: string])[] = [
  [[0x28, 0xb5, 0x2f, 0xfd], `The file is packed with zstd. ${UNPACK}`],
  [[0x42, 0x5a, 0x68], `The file is packed with bzip2. ${UNPACK}`],
  [[0xfd, 0x37, 0x7a, 0x58, 0x5a], `The file is packed with xz. ${UNPACK}`],
  [[0x37, 0x7a, 0xbc, 0xaf], `The file is a 7-Zip archive. ${UNPACK}`],
  [[0x52, 0x61, 0x72, 0x21], `The file is a RAR archive. ${UNPACK}`],
  [[0x25, 0x50, 0x44, 0x46, 0x2d], 'The file is a PDF. Export the data as CSV or JSON Lines instead.'],
  [[0x50, 0x41, 0x52, 0x31], 'The file is a Parquet table. Export it as CSV or JSON Lines.'],
  [[0x53, 0x51, 0x4c, 0x69, 0x74, 0x65], 'The file is an SQLite database. Export the table as CSV or JSON Lines.'],
];

const OLE = [0xd0, 0xcf, 0x11, 0xe0];
const beginsWith = (head: Uint8Array, bytes: readonly number[]) => bytes.every((byte, i) => head[i] === byte);

/** Whether these first bytes are an Excel workbook (.xlsx). A zip archive tells what it is by the names of its entries. */
export const isWorkbook = (head: Uint8Array): boolean =>
  beginsWith(head, ZIP_ENTRY) && entryNames(head).some((name) => /^\/?xl\/.*\.xml(\.rels)?$/i.test(name));

/** @throws Unreadable for every container that we know and do not open */
export function refuseContainer(head: Uint8Array, fileName: string): void {
  if (beginsWith(head, OLE)) throw new Unreadable(whatOle(head, fileName));
  if (beginsWith(head, ZIP_ENTRY) || beginsWith(head, [0x50, 0x4b, 0x05, 0x06])) throw new Unreadable(whatZip(head));
  const known = KNOWN.find(([bytes]) => beginsWith(head, bytes));
  if (known) throw new Unreadable(known[1]);
}

/** A workbook with a password is kept in the container of old Office documents. */
function whatOle(head: Uint8Array, fileName: string): string {
  const locked = Buffer.from(head).includes(Buffer.from('EncryptedPackage', 'utf16le')) || /\.xls[xm]$/i.test(fileName);
  return locked
    ? 'The workbook is protected by a password. Save it without one, or as "CSV UTF-8", and import that.'
    : `The file is an old Excel or Word document. ${AS_CSV}`;
}

function whatZip(head: Uint8Array): string {
  const names = entryNames(head);
  const has = (pattern: RegExp) => names.some((name) => pattern.test(name));
  if (has(/^xl\/.*\.bin$/i)) return `The file is a binary Excel workbook (.xlsb). Save it as .xlsx, or: ${AS_CSV}`;
  if (Buffer.from(head).includes('application/vnd.oasis.opendocument')) {
    return `The file is an OpenDocument file (.ods). ${AS_CSV}`;
  }
  if (has(/^Index\/.*\.iwa$/i) || has(/^Index\.zip$/i)) return 'The file is a Numbers document. Export it as CSV.';
  if (has(/^(word|ppt)\//i)) return 'The file is a Word or PowerPoint document. Export the data as CSV or JSON Lines.';
  return `The file is a zip archive. ${UNPACK}`;
}

const ZIP_ENTRY = [0x50, 0x4b, 0x03, 0x04];
const ENTRY_HEADER_BYTES = 30;

/** Names of the entries that begin in these bytes. */
function entryNames(head: Uint8Array): string[] {
  const bytes = Buffer.from(head.buffer, head.byteOffset, head.byteLength);
  const names: string[] = [];
  const mark = Buffer.from(ZIP_ENTRY);
  for (let at = 0; at >= 0 && at + ENTRY_HEADER_BYTES <= bytes.length; at = bytes.indexOf(mark, at + 4)) {
    const from = at + ENTRY_HEADER_BYTES;
    names.push(bytes.toString('utf8', from, from + Math.min(bytes.readUInt16LE(at + 26), 512)));
  }
  return names;
}
