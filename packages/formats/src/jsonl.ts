/** JSON: one object per line, or one list of objects. */
import { splitList } from './json-list.ts';
import { findLineEnd } from './records.ts';
import {
  type Cell,
  type Cells,
  COLUMNS_MAX,
  faultAt,
  keepable,
  type Placed,
  placePieces,
  placeRecords,
  type ReadOptions,
  type RowOrFault,
} from './rows.ts';

export interface JsonOptions extends ReadOptions {
  /** True when the file is one list instead: row n is then its n-th object. */
  readonly list?: boolean;
}

/**
 * Reads JSON Lines, or a JSON list. Objects inside an object become columns `a.b` and `a.b.c`, lists of plain values are joined by
 * commas, and whatever lies deeper is kept as JSON text.
 *
 * @param stream the bytes of the file from `fromByte` on, in chunks of any size
 * @returns every line that is not blank, in order: a row or a fault; memory is bounded by 1 MB and a chunk
 * @throws Unreadable behind the last row of a list that has no end; else only what the stream throws
 *
 * @example
 * for await (const row of readJsonl(createReadStream(path), { encoding: 'utf-8', lineEnd: '\n' })) …
 */
export async function* readJsonl(stream: AsyncIterable<Uint8Array>, options: JsonOptions): AsyncGenerator<RowOrFault> {
  const inside = (options.fromByte ?? 0) > 0;
  const records = options.list
    ? placePieces(stream, (units, bom) => splitList(units, bom, inside), options)
    : placeRecords(stream, findLineEnd, options);
  for await (const batch of records) {
    for (const record of batch) yield readLine(record);
  }
}

function readLine(line: Placed): RowOrFault {
  if (line.fault !== null) return faultAt(line, line.fault);
  let said: unknown;
  try {
    said = JSON.parse(line.text);
  } catch {
    const cut = !line.text.trimEnd().endsWith('}');
    return faultAt(
      line,
      cut ? 'The line is not a whole JSON object: it seems to be cut off.' : 'The line is not valid JSON.',
    );
  }
  const cells = jsonCells(said);
  return 'reason' in cells
    ? faultAt(line, `The line ${cells.reason}`)
    : { kind: 'row', row: line.row, after: line.after, cells: cells.cells };
}

/**
 * A parsed JSON object as a row, the way `readJsonl` reads a line.
 *
 * @returns its cells, or why it has none: the rest of a sentence that begins with what was read
 *
 * @example
 * jsonCells({ id: 7, by: { name: 'Ana' } }); // { cells: { id: 7, 'by.name': 'Ana' } }
 */
export function jsonCells(said: unknown): { readonly cells: Cells } | { readonly reason: string } {
  if (isDeep(said, NESTED_MAX)) return { reason: `is nested more than ${NESTED_MAX} levels deep.` };
  if (!isObject(said)) return { reason: 'is JSON, but not an object: { "column": "value", … }.' };
  const cells: Record<string, Cell> = Object.create(null);
  flatten(cells, '', unwrapped(said), 0);
  if (Object.keys(cells).length > COLUMNS_MAX) return { reason: `has more than ${COLUMNS_MAX} fields.` };
  return { cells };
}

const DEPTH_MAX = 2; // `a.b.c`: deep enough for the exports we know; deeper names are no dimensions any more

function flatten(cells: Record<string, Cell>, prefix: string, object: Record<string, unknown>, depth: number): void {
  for (const [key, value] of Object.entries(object)) {
    const name = keepable(prefix + key);
    if (isObject(value) && depth < DEPTH_MAX) flatten(cells, `${name}.`, value, depth + 1);
    else cells[name] = cellOf(TAGS.test(key) && Array.isArray(value) ? namesOf(value).toSorted() : value);
  }
}

/** Lists without an order: the same tags are the same value, however they were put. */
const TAGS = /^(tags|labels)$/i;

/** Things that are listed with a name each, as help desks list tags, are their names. */
const namesOf = (list: readonly unknown[]): readonly unknown[] =>
  list.length > 0 && list.every((one) => isObject(one) && typeof one.name === 'string')
    ? list.map((one) => (one as { name: string }).name)
    : list;

/** A review of the Google Play API has its words in a list of one or two, by whom they are: one becomes `comments.userComment`. */
function unwrapped(said: Record<string, unknown>): Record<string, unknown> {
  if (typeof said.reviewId !== 'string' || !Array.isArray(said.comments)) return said;
  const comments = said.comments.filter(isObject).flatMap((one) => Object.entries(one));
  const timed = comments.map(([by, comment]) => {
    const at = isObject(comment) ? comment.lastModified : null;
    return [by, isObject(at) && isObject(comment) ? { ...comment, lastModified: at.seconds } : comment];
  });
  return { ...said, comments: Object.fromEntries(timed) };
}

function cellOf(value: unknown): Cell {
  if (typeof value === 'string') return value.toWellFormed();
  if (Array.isArray(value) && value.every((one) => typeof one !== 'object')) return value.join(', ').toWellFormed();
  if (typeof value === 'object' && value !== null) return JSON.stringify(value);
  return value as Cell;
}

/** Deeper nesting is no data, and would end the writing of it as text. */
const NESTED_MAX = 100;

const isDeep = (value: unknown, levels: number): boolean =>
  typeof value === 'object' &&
  value !== null &&
  (levels === 0 || Object.values(value).some((inner) => isDeep(inner, levels - 1)));

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
