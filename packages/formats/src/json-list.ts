/**
 * Cuts a JSON list into its objects while it streams: `[{…},{…}]`, the list inside `{"tickets":[{…}],"count":2}`, and
 * several of these one after the other. Only the object that is being read is held, and of one that is too long nothing.
 */
import { isWanted } from './json-shape.ts';
import { type Piece, RECORD_UNITS_MAX } from './records.ts';
import { Unreadable } from './unreadable.ts';

const TOO_LONG = 'The object is longer than 1 MB and was skipped.';
const BROKEN = 'The object cannot be taken apart: a quotation mark or a bracket is missing or too many.';
const CUT =
  'The file ends in the middle of its list; it was probably cut while it was copied. All rows before were read. Copy or export it again and import it once more.';
const LOST =
  'The list cannot be taken apart from here to its end: a quotation mark or a bracket is missing or too many. All rows before were read. Save it with one object per line (JSON Lines): then a mistake costs one row.';
const NO_LIST = 'No list of objects was found in the file. Save it with one object per line (JSON Lines).';

const QUOTE = 34;
const COMMA = 44;
const COLON = 58;
const BACKSLASH = 92;
const [OPEN_LIST, CLOSE_LIST, OPEN, CLOSE] = [91, 93, 123, 125];
const NEWLINE = 10;
const isBlank = (code: number): boolean => code === 32 || code === NEWLINE || code === 13 || code === 9;

/**
 * @param inside  the text begins behind an object of the list
 * @throws Unreadable when the list has no end or cannot be followed any further; all objects before it have come out
 */
export async function* splitList(units: AsyncIterable<string>, bom: string, inside: boolean): AsyncGenerator<Piece[]> {
  const cutter = new ListCutter(bom, inside);
  for await (const chunk of units) {
    const pieces = cutter.take(chunk);
    if (pieces.length > 0) yield pieces;
  }
  const pieces = cutter.take('', true);
  if (pieces.length > 0) yield pieces;
  cutter.end();
}

/** Where we are. `opening`: behind `[`, not yet sure that it is the list. `rest`: behind the list. */
type Where = 'top' | 'members' | 'opening' | 'list' | 'element' | 'scalar' | 'lost' | 'rest';

class ListCutter {
  #bom: string;
  #where: Where;
  #seen: boolean;
  /** Units before `#text`. */
  #before = 0;
  #text = '';
  /** Where in `#text` the element, or what else must be kept, begins; -1 for nothing. */
  #from = -1;
  /** Where the element began, in units from the start. */
  #begun = 0;
  #brackets: number[] = [];
  #deeper = 0;
  #inString = false;
  #escaped = false;
  #last = 0;
  #key = '';
  #separator = '';
  #tooLong = false;
  #pieces: Piece[] = [];

  constructor(bom: string, inside: boolean) {
    this.#bom = bom;
    this.#where = inside ? 'list' : 'top';
    this.#seen = inside;
  }

  take(chunk: string, ended = false): Piece[] {
    const at = this.#where === 'lost' ? Math.max(0, this.#from) : this.#text.length;
    this.#text += chunk;
    if (this.#bom !== '') {
      if (this.#text.length < this.#bom.length && !ended) return [];
      const skipped = this.#text.startsWith(this.#bom) ? this.#bom.length : 0;
      this.#bom = '';
      this.#scan(skipped);
    } else this.#scan(at);
    this.#forget();
    return this.#pieces.splice(0);
  }

  end(): void {
    if (this.#where === 'lost') throw new Unreadable(LOST);
    if (!this.#seen) throw new Unreadable(NO_LIST);
    if (this.#where !== 'top' && this.#where !== 'rest') throw new Unreadable(CUT);
  }

  #forget(): void {
    const kept = this.#from < 0 ? this.#text.length : this.#from;
    this.#before += kept;
    this.#text = this.#text.slice(kept);
    if (this.#from >= 0) this.#from = 0;
    if (this.#where !== 'element' && this.#where !== 'scalar') return;
    if (this.#text.length <= RECORD_UNITS_MAX) return;
    this.#tooLong = true;
    this.#before += this.#text.length;
    this.#text = '';
  }

  #scan(begin: number): void {
    let at = begin;
    while (at < this.#text.length) {
      if (this.#where === 'lost') at = this.#find(at);
      else if (this.#inString) at = this.#string(at);
      else at = this.#token(at);
    }
  }

  /** Goes on behind the end of the string, or to the end of the text. */
  #string(begin: number): number {
    const text = this.#text;
    const plain = this.#where !== 'members' || this.#brackets.length > 0;
    for (let at = begin; at < text.length; at++) {
      const code = text.charCodeAt(at);
      if (this.#escaped) this.#escaped = false;
      else if (code === BACKSLASH) this.#escaped = true;
      else if (code === QUOTE) {
        this.#inString = false;
        this.#last = QUOTE;
        return at + 1;
      } else if (code === NEWLINE) return this.#broken(at);
      if (!plain && this.#key.length < KEY_MAX) this.#key += text[at];
    }
    return text.length;
  }

  #token(at: number): number {
    const code = this.#text.charCodeAt(at);
    if (this.#where === 'list') return this.#between(at, code);
    if (this.#where === 'scalar' && this.#brackets.length === 0 && (code === COMMA || code === CLOSE_LIST)) {
      this.#give(at);
      return at;
    }
    if (isBlank(code)) return at + 1;
    if (this.#where === 'top') return this.#top(at, code);
    if (this.#where === 'opening') {
      const found = code === OPEN && isWanted(this.#key);
      this.#where = found ? 'list' : 'members';
      this.#seen ||= found;
      this.#separator = '';
      if (!found) this.#push(OPEN_LIST);
      return at;
    }
    if (code === QUOTE) {
      this.#inString = true;
      if (this.#where === 'members' && this.#brackets.length === 0 && this.#last !== COLON) this.#key = '';
      return at + 1;
    }
    const next = this.#bracket(at, code);
    this.#last = code;
    return next;
  }

  #top(at: number, code: number): number {
    this.#brackets = [];
    this.#last = 0;
    if (code === OPEN_LIST) {
      this.#seen = true;
      this.#where = 'list';
      this.#separator = '';
    } else if (code === OPEN) this.#where = 'members';
    else this.#where = 'lost';
    return at + 1;
  }

  #between(at: number, code: number): number {
    if (isBlank(code)) {
      if (this.#separator.length < KEY_MAX) this.#separator += this.#text[at];
    } else if (code === COMMA) this.#separator = '';
    else if (code === CLOSE_LIST) {
      this.#where = 'rest';
      this.#last = code;
    } else {
      this.#from = at;
      this.#begun = this.#before + at;
      this.#tooLong = false;
      this.#brackets = [];
      this.#deeper = 0;
      this.#last = COMMA;
      if (code === CLOSE || code === COLON) return this.#broken(at);
      this.#where = code === OPEN || code === OPEN_LIST ? 'element' : 'scalar';
      return this.#where === 'scalar' && code !== QUOTE ? at + 1 : this.#first(at, code);
    }
    return at + 1;
  }

  #first(at: number, code: number): number {
    if (code === QUOTE) this.#inString = true;
    else this.#push(code);
    this.#last = code;
    return at + 1;
  }

  /** Brackets open and close values; in an element they also must stand where they can. */
  #bracket(at: number, code: number): number {
    const inElement = this.#where === 'element' || this.#where === 'scalar';
    if (code === OPEN || code === OPEN_LIST) {
      const top = this.#brackets.length === 0 && this.#deeper === 0;
      if (this.#where === 'rest' && top && this.#last !== COLON) {
        this.#where = 'top';
        return at;
      }
      if (this.#where === 'members' && top && code === OPEN_LIST && this.#last === COLON) {
        this.#where = 'opening';
        return at + 1;
      }
      if (inElement && !this.#mayOpen()) return this.#broken(at);
      this.#push(code);
    } else if (code === CLOSE || code === CLOSE_LIST) {
      if (this.#deeper > 0) this.#deeper -= 1;
      else {
        const opened = this.#brackets.pop();
        if (inElement && opened !== code - 2) return this.#broken(at); // `{}` and `[]` lie two apart
        if (opened === undefined) this.#where = 'top'; // the object around the list
      }
      if (this.#where === 'element' && this.#brackets.length === 0) this.#give(at + 1);
    }
    return at + 1;
  }

  #mayOpen(): boolean {
    const inObject = this.#deeper === 0 && this.#brackets.at(-1) === OPEN;
    return (
      this.#deeper > 0 || this.#last === COLON || (!inObject && (this.#last === COMMA || this.#last === OPEN_LIST))
    );
  }

  /** Kinds are remembered to a depth that no data has; beyond it levels are only counted. */
  #push(code: number): void {
    if (this.#brackets.length < LEVELS_MAX) this.#brackets.push(code);
    else this.#deeper += 1;
  }

  #give(end: number): void {
    const text = this.#tooLong ? '' : this.#text.slice(this.#from, end);
    const fault = this.#tooLong || text.length > RECORD_UNITS_MAX ? TOO_LONG : null;
    this.#pieces.push({ text: fault ? '' : text, after: this.#before + end, fault });
    this.#from = -1;
    this.#where = 'list';
    this.#separator = '';
  }

  /** The object is given up. Where each begins on a line of its own, the next one is found by its indentation. */
  #broken(at: number): number {
    const inList = this.#from >= 0 && this.#separator.includes('\n');
    this.#inString = false;
    this.#escaped = false;
    this.#where = 'lost';
    if (!inList) this.#separator = '';
    return inList && this.#before + at - this.#begun <= RECORD_UNITS_MAX ? this.#from : at;
  }

  #find(begin: number): number {
    const text = this.#text;
    if (this.#separator === '') {
      this.#from = -1;
      return text.length;
    }
    const next = `,${this.#separator}{`;
    const found = text.indexOf(next, begin);
    if (found < 0) {
      this.#from = Math.max(begin, text.length - next.length + 1);
      return text.length;
    }
    this.#pieces.push({ text: '', after: this.#before + found + 1, fault: BROKEN });
    this.#from = -1;
    this.#where = 'list';
    this.#separator = '';
    return found + 1;
  }
}

const KEY_MAX = 256;
const LEVELS_MAX = 1000;
