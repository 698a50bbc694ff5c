/** A worksheet as lines of JSON, while its XML streams: line n is row n, and what is no row is a blank line. */
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

export interface SheetLimits {
  readonly rowsMax: number;
  readonly bytesMax: number;
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
  #lines: string[] = [];
  #line = 0;
  #bytes = 0;
  #rows = 0;

  constructor(book: Book, limits: SheetLimits) {
    this.#book = book;
    this.#limits = limits;
  }

  /** The lines that are ready. */
  take(): Buffer {
    const bytes = Buffer.from(this.#lines.splice(0).join(''));
    this.#bytes += bytes.length;
    if (this.#bytes > this.#limits.bytesMax) throw damagedWorkbook(); // a long text that a million cells point to
    return bytes;
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

  /** The header is the first row that is at least half as full as the fullest of the first rows. */
  #begin(): void {
    const filled = ({ cells }: SheetRow) => Object.keys(cells).length;
    const fullest = Math.max(0, ...this.#waiting.map(filled));
    const at = this.#waiting.findIndex((row) => filled(row) * 2 >= fullest);
    const rows = this.#waiting.splice(0);
    this.#names = [];
    for (const [i, cell] of (rows[at]?.cells ?? []).entries()) {
      if (cell !== undefined)
        this.#names[i] = this.#nameOnce(keepable(String(cell)).trim() || `Column ${columnLetters(i)}`);
    }
    for (const row of rows.slice(at + 1)) this.#write(row);
  }

  #nameOnce(name: string): string {
    let unique = name;
    for (let n = 2; this.#taken.has(unique); n++) unique = `${name} (${n})`;
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
    for (const [i, cell] of cells.entries()) {
      if (cell === undefined) continue;
      names[i] ??= this.#nameOnce(`Column ${columnLetters(i)}`);
      pairs.push(`${JSON.stringify(names[i])}:${JSON.stringify(cell)}`);
    }
    this.#lines.push('\n'.repeat(row - 1 - this.#line), '{', pairs.join(','), '}\n');
    this.#line = row;
  }
}

export const NO_ROWS = `The workbook has no visible sheet with rows below a header. ${AS_CSV}`;
