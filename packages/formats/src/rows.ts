/** What a reader of any format gives: rows and faults, each with its place in the file. */

import { type FindEnd, type Piece, splitRecords } from './records.ts';
import { bomOf, decodeUnits, type Encoding, type LineEnd, unitsOf, widthOf } from './units.ts';

export type Cell = string | number | boolean | null;
/** Column name → value. Has no prototype: a column may be called `constructor`. */
export type Cells = Readonly<Record<string, Cell>>;

interface Place {
  /** As an editor counts lines (JSONL) and a spreadsheet rows (the header is row 1). */
  readonly row: number;
  /** Byte of the file right behind this row: reading may go on from here. */
  readonly after: number;
}
export interface Row extends Place {
  readonly kind: 'row';
  readonly cells: Cells;
}
/** A row that cannot be read, and why, in words for the person who made the file. */
export interface Fault extends Place {
  readonly kind: 'fault';
  readonly reason: string;
}
export type RowOrFault = Row | Fault;

export interface ReadOptions {
  readonly encoding: Encoding;
  readonly lineEnd: LineEnd;
  /** Where in the file the stream begins, in bytes: 0, or the `after` of a row that was read before. */
  readonly fromByte?: number;
  /** The number of the last row before that byte. */
  readonly fromRow?: number;
}

/** One row is at most so wide; more is a mistake in the file, not data. */
export const COLUMNS_MAX = 500;

/** A column's name without what no database keeps: NUL, and half a character. */
export const keepable = (name: string): string => name.toWellFormed().replaceAll('\0', '');

/** A record with its place, decoded. Blank ones are counted and left out. */
export interface Placed extends Place {
  readonly text: string;
  readonly fault: string | null;
}

/** The records of a stream in batches, each batch as long as the chunk that it came in. */
export const placeRecords = (
  stream: AsyncIterable<Uint8Array>,
  findEnd: FindEnd,
  options: ReadOptions,
): AsyncGenerator<Placed[]> => placePieces(stream, (units, bom) => splitRecords(units, findEnd, bom), options);

type Split = (units: AsyncIterable<string>, bom: string) => AsyncGenerator<Piece[]>;

export async function* placePieces(
  stream: AsyncIterable<Uint8Array>,
  split: Split,
  { encoding, lineEnd, fromByte = 0, fromRow = 0 }: ReadOptions,
): AsyncGenerator<Placed[]> {
  let row = fromRow;
  const place = ({ text, after, fault }: Piece): Placed => {
    row += 1;
    return { row, after: fromByte + after * widthOf(encoding), text: decodeUnits(text, encoding), fault };
  };
  const bom = fromByte === 0 ? bomOf(encoding) : '';
  for await (const pieces of split(unitsOf(stream, encoding, lineEnd), bom)) {
    yield pieces.map(place).filter(({ text, fault }) => fault !== null || text.trim() !== '');
  }
}

export const faultAt = ({ row, after }: Placed, reason: string): Fault => ({ kind: 'fault', row, after, reason });
