/** Cuts a stream of units into records, however it was chunked, in bounded memory. Knows no format: see `FindEnd`. */

/** The longest record that is read, in units. A longer line is skipped and reported. */
export const RECORD_UNITS_MAX = 1024 * 1024;

export interface Found {
  /** Length of the record, without its line end. */
  readonly length: number;
  /** Length of the record and its line end. */
  readonly taken: number;
}

/**
 * Looks for the end of the record that starts at `text[0]`. `ended` says that nothing follows after `text`.
 * 'more' asks for more text; a string is the reason why this is no record: its first line is given up.
 */
export type FindEnd = (text: string, ended: boolean) => Found | 'more' | { readonly broken: string };

export interface Piece {
  /** Units of the record; empty for a fault. */
  readonly text: string;
  /** Units consumed up to here, counted from the start of this stream. */
  readonly after: number;
  readonly fault: string | null;
}

const TOO_LONG = 'The line is longer than 1 MB and was skipped.';

/**
 * Records and faults in the order of the file. What comes out depends on the text alone, never on where chunks end:
 * every decision is taken on a window of `RECORD_UNITS_MAX` units, or on the known end of the text.
 */
export async function* splitRecords(
  units: AsyncIterable<string>,
  findEnd: FindEnd,
  bom: string,
): AsyncGenerator<Piece[]> {
  const cutter = new Cutter(findEnd, bom);
  for await (const chunk of units) {
    const pieces = cutter.take(chunk, false);
    if (pieces.length > 0) yield pieces;
  }
  const pieces = cutter.take('', true);
  if (pieces.length > 0) yield pieces;
}

class Cutter {
  readonly #findEnd: FindEnd;
  /** The byte order mark that may stand in front; empty once that is settled. */
  #bom: string;
  #pending = '';
  #after = 0;
  /** In the middle of a line that is too long: its text is let go as it comes. */
  #skipping = false;

  constructor(findEnd: FindEnd, bom: string) {
    this.#findEnd = findEnd;
    this.#bom = bom;
  }

  take(chunk: string, ended: boolean): Piece[] {
    const text = this.#pending + chunk;
    const pieces: Piece[] = [];
    if (!ended && text.length < this.#bom.length) {
      this.#pending = text;
      return pieces;
    }
    let at = text.startsWith(this.#bom) ? this.#bom.length : 0;
    this.#after += at;
    this.#bom = '';
    while (at < text.length) {
      const step = this.#skipping ? this.#skip(text, at) : this.#next(text, at, ended);
      if (step === 'more') break;
      at += step.taken;
      this.#after += step.taken;
      if (step.piece) pieces.push({ ...step.piece, after: this.#after });
    }
    this.#pending = text.slice(at);
    if (ended && this.#skipping) pieces.push({ text: '', after: this.#after, fault: TOO_LONG });
    return pieces;
  }

  #next(text: string, at: number, ended: boolean) {
    const window = text.slice(at, at + RECORD_UNITS_MAX);
    const cut = text.length - at > RECORD_UNITS_MAX;
    const found = this.#findEnd(window, ended && !cut);
    if (found === 'more' && !cut) return 'more' as const;
    if (found !== 'more' && !('broken' in found)) {
      return { taken: found.taken, piece: { text: window.slice(0, found.length), fault: null } };
    }
    const lineEnd = window.indexOf('\n');
    if (lineEnd < 0 && cut) {
      this.#skipping = true;
      return { taken: window.length, piece: null };
    }
    if (lineEnd < 0 && !ended) return 'more' as const;
    const taken = lineEnd < 0 ? window.length : lineEnd + 1;
    return { taken, piece: { text: '', fault: found === 'more' ? NEVER_CLOSED : found.broken } };
  }

  #skip(text: string, at: number) {
    const lineEnd = text.indexOf('\n', at);
    if (lineEnd < 0) return { taken: text.length - at, piece: null };
    this.#skipping = false;
    return { taken: lineEnd + 1 - at, piece: { text: '', fault: TOO_LONG } };
  }
}

const NEVER_CLOSED =
  'A quotation mark opens in this line and is not closed within 1 MB. Close it, or double it inside a text.';

/** A record that is a line. */
export const findLineEnd: FindEnd = (text, ended) => {
  const end = text.indexOf('\n');
  if (end < 0) return ended ? { length: withoutReturn(text, text.length), taken: text.length } : 'more';
  return { length: withoutReturn(text, end), taken: end + 1 };
};

const withoutReturn = (text: string, end: number): number => (text[end - 1] === '\r' ? end - 1 : end);
