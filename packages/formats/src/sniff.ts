/** What a file is, told from its first bytes: format, delimiter, encoding, line ends. */

import { isWorkbook, refuseContainer } from './container.ts';
import { scanRecord } from './csv.ts';
import { encodingOf } from './encoding.ts';
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
  /** In words, when the encoding is not known and letters will be lost: to be shown before anything is imported. */
  readonly doubt?: string;
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
  const { encoding, doubt } = encodingOf(head);
  const units = toUnits(head, encoding);
  const bom = bomOf(encoding);
  const text = decodeUnits(units.startsWith(bom) ? units.slice(bom.length) : units, encoding);
  if (text.trim() === '') throw new Unreadable('The file is empty. There was nothing to import.');
  const lineEnd = !text.includes('\n') && text.includes('\r') ? '\r' : '\n';
  const found = { encoding, lineEnd, packed: null, ...(doubt && { doubt }) } as const;
  const json = jsonShape(text);
  if (json === 'list' && BRACKETS_INSIDE.has(encoding)) {
    throw new Unreadable(
      'The file is one JSON list, but not in UTF-8 as JSON has to be. Save it as UTF-8 and import that.',
    );
  }
  if (json) return { ...found, format: 'jsonl', delimiter: '', list: json === 'list' };
  if (/^\s*<(\?xml|!doctype|html)/i.test(text)) {
    throw new Unreadable('The file is XML or HTML. Export the data as CSV or JSON Lines instead.');
  }
  const delimiter = delimiterOf(lineEnd === '\r' ? text.replaceAll('\r', '\n') : text, fileName);
  return { ...found, format: delimiter === '\t' ? 'tsv' : 'csv', delimiter };
}

/** Encodings in which the second byte of a letter may look like a bracket. */
const BRACKETS_INSIDE: ReadonlySet<Encoding> = new Set<Encoding>(['shift_jis', 'gb18030']);

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
