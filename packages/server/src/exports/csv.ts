/** Rows as CSV (RFC 4180), with what a spreadsheet would run as a formula made harmless. Pure. */
import { stringify } from 'csv-stringify/sync';
import type { Cell, Row } from './listing.ts';

/** Excel takes a file for UTF-8 only by this mark; programs that know better do without. */
const MARK = '\uFEFF';

export const headOf = (columns: readonly string[], bom: boolean): string => `${bom ? MARK : ''}${csv([columns])}`;

/** A number keeps its minus sign; a text that begins with one gets an apostrophe, as one that begins with = + @ TAB or CR. */
export const csv = (rows: readonly Row[]): string =>
  stringify(
    rows.map((row) => row.map(plain)),
    // a lone line feed ends no record of ours, so it would not be quoted, and every reader would break the row there
    { escape_formulas: true, record_delimiter: 'windows', quoted_match: /[\r\n]/, cast: { number: String } },
  );

const plain = (cell: Cell): string | number =>
  cell === null
    ? ''
    : cell instanceof Date
      ? cell.toISOString()
      : typeof cell === 'boolean'
        ? String(cell)
        : typeof cell === 'string'
          ? unrun(cell)
          : cell;

/** Some programs drop white space and what cannot be seen before they look for a formula. */
const HIDDEN_BEGIN = /^[\s\p{Cf}]+(?=[=+\-@＝＋－＠])/u;
const unrun = (text: string): string => (HIDDEN_BEGIN.test(text) ? `'${text}` : text);
