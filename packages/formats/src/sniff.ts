/** What a file is, told from its first bytes: format, delimiter, encoding, line ends. */

import { isWorkbook, refuseContainer } from './container.ts';
import { scanRecord } from './csv.ts';
import { gunzipHead } from './gzip.ts';
import { jsonShape } from './json-shape.ts';
import { bomOf, decodeUnits, type Encoding, type LineEnd, toUnits } from './units.ts';
import { Unreadable } from './unreadable.ts';

export interface Form {
  /** An `xlsx` is read by `unpackWorkbook`. */
  readonly format: 'jsonl' | 'csv' | 'tsv' | 'xlsx';
  /** Empty for JSON and workbooks. */
  readonly delimiter: string;
  readonly encoding: Encoding;
  readonly lineEnd: LineEnd;
  /** How the whole file is packed: `unpack` gives what is inside, of which all the rest here is said. */
  readonly packed: 'gzip' | null;
  /** True for JSON that is one list of objects, or one object with such a list in it; `readJsonl` reads both. */
  readonly list?: boolean;
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
  if (!isGzip(head)) return sniffUnpacked(head, fileName);
  const inside = gunzipHead(head, SNIFF_BYTES);
  if (isGzip(inside)) throw new Unreadable('The file is packed with gzip twice. Unpack it once and import the result.');
  if (inside.length === 0 && head.length > GZIP_LEAST) {
    throw new Unreadable('The file says that it is packed with gzip, but it is damaged from its first byte on.');
  }
  const form = sniffUnpacked(inside, fileName.replace(/\.(gz|gzip)$/i, ''));
  if (form.format === 'xlsx') {
    throw new Unreadable('The file is an Excel workbook packed with gzip. Unpack it and import the workbook itself.');
  }
  return { ...form, packed: 'gzip' };
}

const isGzip = (head: Uint8Array): boolean => head[0] === 0x1f && head[1] === 0x8b;
/** What gzip makes of nothing. */
const GZIP_LEAST = 40;

function sniffUnpacked(head: Uint8Array, fileName: string): Form {
  if (isWorkbook(head)) return { format: 'xlsx', delimiter: '', encoding: 'utf-8', lineEnd: '\n', packed: null };
  refuseContainer(head, fileName);
  const encoding = encodingOf(head);
  const units = toUnits(head, encoding);
  const bom = bomOf(encoding);
  const text = decodeUnits(units.startsWith(bom) ? units.slice(bom.length) : units, encoding);
  if (text.trim() === '') throw new Unreadable('The file is empty. There was nothing to import.');
  const lineEnd = !text.includes('\n') && text.includes('\r') ? '\r' : '\n';
  const json = jsonShape(text);
  if (json) return { format: 'jsonl', delimiter: '', encoding, lineEnd, packed: null, list: json === 'list' };
  if (/^\s*<(\?xml|!doctype|html)/i.test(text)) {
    throw new Unreadable('The file is XML or HTML. Export the data as CSV or JSON Lines instead.');
  }
  const delimiter = delimiterOf(lineEnd === '\r' ? text.replaceAll('\r', '\n') : text, fileName);
  return { format: delimiter === '\t' ? 'tsv' : 'csv', delimiter, encoding, lineEnd, packed: null };
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
