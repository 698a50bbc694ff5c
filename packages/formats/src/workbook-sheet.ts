/** A worksheet as lines of JSON, while its XML streams: line n is row n, and what is no row is a blank line. */
import { RECORD_UNITS_MAX } from './records.ts';
import { type Cell, keepable } from './rows.ts';
import { Unreadable } from './unreadable.ts';
import { type Book, cellValue, columnLetters, columnOf } from './workbook-cells.ts';
import type { XmlReader } from './workbook-xml.ts';
import { AS_CSV, damagedWorkbook } from './zip.ts';

interface SheetRow {
  readonly row: number;
  /** By the place of the column; holes where there is no cell. */
  readonly cells: Cell[];
}

/** The header is looked for in so many first rows that are not empty: above it may stand a title or two. */
const HEADER_WITHIN = 20;
/** What Excel itself ends at. */
const ROW_LAST = 1_048_576;
const COLUMN_LAST = 16_384;
/** A longer name is a text that slipped into the header. */
const NAME_MAX = 200;

export interface SheetLimits {
  readonly rowsMax: number;
  readonly writtenMax: number;
}

export class SheetLines implements XmlReader {
  readonly #book: Book;
  readonly #limits: SheetLimits;
  #row = 0;
  #column = -1;
  #cells: Cell[] = [];
  #type = '';
  #style = 0;
  #value: string | null = null;
  #words: string | null = null;
  /** Which of the two the text belongs to that comes now. */
  #hearing: 'value' | 'words' | null = null;
  #aloud = false;
  #waiting: SheetRow[] = [];
  #names: string[] | null = null;
  #taken = new Set<string>();
  /** Per name: the last number that it got, so that a thousand columns of one name are not each compared with all. */
  #again = new Map<string, number>();
  #lines: string[] = [];
  #line = 0;
  #written = 0;
  #rows = 0;

  constructor(book: Book, limits: SheetLimits) {
    this.#book = book;
    this.#limits = limits;
  }

  /** The lines that are ready. */
  take(): Buffer {
    return Buffer.from(this.#lines.splice(0).join(''));
  }

  /** At the end of the sheet; true when it has rows below a header. */
  end(): boolean {
    if (!this.#names) this.#begin();
    return this.#rows > 0;
  }

  open(name: string, attributes: () => Record<string, string>): void {
    if (name === 'c') this.#openCell(attributes());
    else if (name === 'v') this.#hear('value');
    else if (name === 't' && this.#aloud) this.#hear('words');
    else if (name === 'is') this.#aloud = true;
    else if (name === 'rPh')
      this.#aloud = false; // how it is pronounced
    else if (name === 'row') this.#openRow(Number(attributes().r ?? Number.NaN));
  }

  text(words: string): void {
    if (this.#hearing === 'value') this.#value += words;
    else if (this.#hearing === 'words') this.#words += words;
  }

  close(name: string): void {
    if (name === 'v' || name === 't') this.#hearing = null;
    else if (name === 'c') this.#closeCell();
    else if (name === 'is') this.#aloud = false;
    else if (name === 'rPh') this.#aloud = true;
    else if (name === 'row') this.#closeRow();
  }

  #hear(what: 'value' | 'words'): void {
    this.#hearing = what;
    if (what === 'value') this.#value ??= '';
    else this.#words ??= '';
  }

  #openRow(said: number): void {
    this.#row = said > this.#row ? said : this.#row + 1;
    if (!Number.isInteger(this.#row) || this.#row > ROW_LAST) throw damagedWorkbook();
    this.#column = -1;
    this.#cells = [];
  }

  #openCell({ r = '', t = 'n', s = '0' }: Record<string, string>): void {
    const said = columnOf(r);
    this.#column = said >= 0 ? said : this.#column + 1;
    if (this.#column >= COLUMN_LAST) throw damagedWorkbook();
    this.#type = t;
    this.#style = Number(s);
    this.#value = null;
    this.#words = null;
  }

  #closeCell(): void {
    const raw = { type: this.#type, style: this.#style, value: this.#value, words: this.#words };
    const cell = cellValue(raw, this.#book);
    if (cell !== null && cell !== '') this.#cells[this.#column] = cell;
  }

  #closeRow(): void {
    if (this.#cells.length === 0) return;
    const row = { row: this.#row, cells: this.#cells };
    if (this.#names) this.#write(row);
    else if (this.#waiting.push(row) === HEADER_WITHIN) this.#begin();
  }

  /** The header is the first row that has more than a title, and is at least a third as full as the fullest. */
  #begin(): void {
    const filled = ({ cells }: SheetRow) => Object.keys(cells).length;
    const fullest = Math.max(0, ...this.#waiting.map(filled));
    const least = Math.max(Math.min(2, fullest), fullest / 3);
    const at = this.#waiting.findIndex((row) => filled(row) >= least);
    const rows = this.#waiting.splice(0);
    this.#names = [];
    for (const [i, cell] of (rows[at]?.cells ?? []).entries()) {
      if (cell !== undefined)
        this.#names[i] = this.#nameOnce(keepable(String(cell)).trim() || `Column ${columnLetters(i)}`);
    }
    for (const row of rows.slice(at + 1)) this.#write(row);
  }

  #nameOnce(said: string): string {
    const name = said.slice(0, NAME_MAX).toWellFormed();
    let unique = name;
    for (let n = (this.#again.get(name) ?? 1) + 1; this.#taken.has(unique); n++) {
      unique = `${name} (${n})`;
      this.#again.set(name, n);
    }
    this.#taken.add(unique);
    return unique;
  }

  #write({ row, cells }: SheetRow): void {
    this.#rows += 1;
    if (this.#rows > this.#limits.rowsMax) {
      const most = this.#limits.rowsMax.toLocaleString('en-US');
      throw new Unreadable(
        `The sheet has more than ${most} rows. For so many, save the sheet as CSV UTF-8 and import that.`,
      );
    }
    const names = this.#names!;
    const pairs: string[] = [];
    let length = 0;
    for (const [i, cell] of cells.entries()) {
      if (cell === undefined) continue;
      names[i] ??= this.#nameOnce(`Column ${columnLetters(i)}`);
      const pair = `${JSON.stringify(names[i])}:${JSON.stringify(cell)}`;
      length += pair.length;
      pairs.push(pair);
      if (length > RECORD_UNITS_MAX) break; // the reader says that the line is too long: nothing more of it is needed
    }
    this.#written += length;
    if (this.#written > this.#limits.writtenMax) throw new Unreadable(REPEATS);
    this.#lines.push('\n'.repeat(row - 1 - this.#line), '{', pairs.join(','), '}\n');
    this.#line = row;
  }
}

const REPEATS = `The workbook repeats its texts in so many cells that it would fill more than 1 GB. ${AS_CSV}`;
export const NO_ROWS = `The workbook has no visible sheet with rows below a header. ${AS_CSV}`;
