/** What a file is, told from its first bytes: format, delimiter, encoding, line ends. */
import { scanRecord } from './csv.ts';
import { bomOf, decodeUnits, type Encoding, type LineEnd, toUnits } from './units.ts';

export interface Form {
  readonly format: 'jsonl' | 'csv' | 'tsv';
  /** Empty for JSON Lines. */
  readonly delimiter: string;
  readonly encoding: Encoding;
  readonly lineEnd: LineEnd;
}

/** The file is none that can be read. The message says what it is and what to do. */
export class Unreadable extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'Unreadable';
  }
}

/** So many first bytes are enough to tell. */
export const SNIFF_BYTES = 64 * 1024;

/**
 * Tells what a file is.
 * @param head     the first bytes of the file, all of it when it is short; best `SNIFF_BYTES`
 * @param fileName its ending decides only where the content leaves a doubt
 * @throws Unreadable for what is no text, empty, or one JSON document; the message says what to do
 * @example
 * sniff(Buffer.from('id;text\n1;hello\n'), 'a.csv').delimiter; // ';'
 */
export function sniff(head: Uint8Array, fileName: string): Form {
  refuseBinary(head);
  const encoding = encodingOf(head);
  const units = toUnits(head, encoding);
  const bom = bomOf(encoding);
  const text = decodeUnits(units.startsWith(bom) ? units.slice(bom.length) : units, encoding);
  if (text.trim() === '') throw new Unreadable('The file is empty. There was nothing to import.');
  const lineEnd = !text.includes('\n') && text.includes('\r') ? '\r' : '\n';
  const first = text.trimStart();
  if (first.startsWith('{')) return { format: 'jsonl', delimiter: '', encoding, lineEnd };
  if (/^\[\s*[[{"\]]/.test(first)) {
    throw new Unreadable(
      'The file is one JSON list. Save it with one object per line (JSON Lines), for example: jq -c ".[]" file.json > file.jsonl',
    );
  }
  if (/^<(\?xml|!doctype|html)/i.test(first)) {
    throw new Unreadable('The file is XML or HTML. Export the data as CSV or JSON Lines instead.');
  }
  const delimiter = delimiterOf(lineEnd === '\r' ? text.replaceAll('\r', '\n') : text, fileName);
  return { format: delimiter === '\t' ? 'tsv' : 'csv', delimiter, encoding, lineEnd };
}

const UNPACK = 'Unpack it first and import the file inside.';
const KNOWN: readonly (readonly [bytes: number[], what: string])[] = [
  [
    [0x50, 0x4b, 0x03, 0x04],
    `The file is a zip archive or an Excel workbook (.xlsx). Save the sheet as "CSV UTF-8"; of an archive, import the files inside.`,
  ],
  [
    [0xd0, 0xcf, 0x11, 0xe0],
    'The file is an old Excel or Word document. Save the sheet as "CSV UTF-8" and import that.',
  ],
  [[0x1f, 0x8b], `The file is packed with gzip. ${UNPACK}`],
  [[0x28, 0xb5, 0x2f, 0xfd], `The file is packed with zstd. ${UNPACK}`],
  [[0x42, 0x5a, 0x68], `The file is packed with bzip2. ${UNPACK}`],
  [[0xfd, 0x37, 0x7a, 0x58, 0x5a], `The file is packed with xz. ${UNPACK}`],
  [[0x25, 0x50, 0x44, 0x46, 0x2d], 'The file is a PDF. Export the data as CSV or JSON Lines instead.'],
  [[0x50, 0x41, 0x52, 0x31], 'The file is a Parquet table. Export it as CSV or JSON Lines.'],
];

function refuseBinary(head: Uint8Array): void {
  const known = KNOWN.find(([bytes]) => bytes.every((byte, i) => head[i] === byte));
  if (known) throw new Unreadable(known[1]);
}

/** A text has control characters by accident at most; more than this share of them is a picture, a program, a database. */
const CONTROL_SHARE_MAX = 0.02;
const NO_TEXT = 'The file is not a text: it cannot be read as CSV or JSON Lines. Export the data in one of these.';

function encodingOf(head: Uint8Array): Encoding {
  if (head[0] === 0xff && head[1] === 0xfe) return 'utf-16le';
  if (head[0] === 0xfe && head[1] === 0xff) return 'utf-16be';
  const wide = wideWithoutMark(head);
  if (wide) return wide;
  const control = head.filter((byte) => byte < 9 || (byte > 13 && byte < 32)).length;
  if (control > head.length * CONTROL_SHARE_MAX) throw new Unreadable(NO_TEXT);
  return looksLikeUtf8(head) ? 'utf-8' : 'windows-1252';
}

/** UTF-16 without its mark: in any text with spaces and line ends, zeros stand on one side of the pairs only. */
function wideWithoutMark(head: Uint8Array): Encoding | null {
  const zeros = [0, 0];
  for (const [i, byte] of head.entries()) if (byte === 0) zeros[i % 2]! += 1;
  const [even = 0, odd = 0] = zeros;
  const many = head.length * 0.1;
  if (odd > many && even < odd / 20) return 'utf-16le';
  return even > many && odd < even / 20 ? 'utf-16be' : null;
}

/** A few wrong bytes do not make a UTF-8 file another one; a file in which most are wrong is not UTF-8. */
function looksLikeUtf8(head: Uint8Array): boolean {
  const text = new TextDecoder('utf-8').decode(head, { stream: true }); // `stream`: the cut at the end is no mistake
  let wrong = 0;
  let right = 0;
  for (const letter of text) {
    if (letter === '\uFFFD') wrong += 1;
    else if (letter > '\u007F') right += 1;
  }
  return wrong <= right / 10;
}

const DELIMITERS = [',', ';', '\t', '|'];
const ROWS_LOOKED_AT = 50;

/** The delimiter that cuts most rows into the same number of values, more than one if any does. */
function delimiterOf(text: string, fileName: string): string {
  let best = { delimiter: /\.(tsv|tab)$/i.test(fileName) ? '\t' : ',', worth: 1 };
  for (const delimiter of DELIMITERS) {
    const widths = widthsOf(text, delimiter);
    const header = widths[0] ?? 1;
    const share = widths.filter((width) => width === header).length / Math.max(1, widths.length);
    const worth = header > 1 ? 1 + share * Math.log2(header) : 0;
    if (worth > best.worth) best = { delimiter, worth };
  }
  return best.delimiter;
}

function widthsOf(text: string, delimiter: string): number[] {
  const widths: number[] = [];
  let rest = text;
  while (rest && widths.length < ROWS_LOOKED_AT) {
    const scan = scanRecord(rest, false, delimiter);
    if (scan === 'more') break; // the last record of the head is cut off
    const lineEnd = rest.indexOf('\n');
    if ('broken' in scan) widths.push(0);
    else if (rest.slice(0, scan.length).trim()) widths.push(scan.fields);
    rest = rest.slice('broken' in scan ? (lineEnd < 0 ? rest.length : lineEnd + 1) : scan.taken);
  }
  if (widths.length === 0) widths.push((rest.split('\n')[0] ?? '').split(delimiter).length);
  return widths;
}
