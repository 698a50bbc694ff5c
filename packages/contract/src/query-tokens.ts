/** The pieces of a query, one character after the other: nothing is tried twice, so no text takes long. */
import type { Bound, FieldTest, QueryNode, QueryNote, QueryNoteCode, Span } from './query.ts';

export type QueryToken =
  | { readonly type: 'open' | 'close' | 'not' | 'or' | 'and'; readonly at: Span }
  | { readonly type: 'leaf'; readonly node: QueryNode; readonly at: Span };

const SPACE = /\s/u;
/** The straight mark, and those that a phone puts in its place. */
const QUOTES = new Set(['"', '“', '”', '„']);
const NAME_BEGINS = /^\p{L}/u;
const NAME_HOLDS = /^[\p{L}\p{M}\p{N}_.-]$/u;
const HAS_WORD = /[\p{L}\p{N}]/u;

/**
 * Cuts a query into its pieces; what cannot be a piece is told in a note.
 * @example
 * tokensOf('-"a b" x:1').tokens.length; // 3: not, a phrase, a field
 */
export function tokensOf(text: string): { tokens: QueryToken[]; notes: QueryNote[] } {
  return new Cutter(text).cut();
}

class Cutter {
  readonly #text: string;
  readonly #tokens: QueryToken[] = [];
  readonly #notes: QueryNote[] = [];
  /** Where the last quotation mark stands: one behind it closes nothing. */
  readonly #lastQuote: number;
  #i = 0;

  constructor(text: string) {
    this.#text = text;
    this.#lastQuote = Math.max(...[...QUOTES].map((mark) => text.lastIndexOf(mark)));
  }

  cut(): { tokens: QueryToken[]; notes: QueryNote[] } {
    while (this.#i < this.#text.length) this.#step();
    return { tokens: this.#tokens, notes: this.#notes };
  }

  #step(): void {
    const char = this.#text[this.#i]!;
    const at: Span = [this.#i, this.#i + 1];
    if (SPACE.test(char)) this.#i++;
    else if (char === '(' || char === ')') {
      this.#i++;
      this.#tokens.push({ type: char === '(' ? 'open' : 'close', at });
    } else if (char === '-') this.#minus();
    else if (QUOTES.has(char)) this.#phrase();
    else this.#bare();
  }

  /** Before something it means "not"; several are one. Alone it is a dash between words. */
  #minus(): void {
    const from = this.#i;
    while (this.#text[this.#i] === '-') this.#i++;
    const next = this.#text[this.#i];
    if (next !== undefined && !SPACE.test(next) && next !== ')')
      this.#tokens.push({ type: 'not', at: [from, this.#i] });
  }

  #phrase(): void {
    const from = this.#i;
    const text = this.#quoted();
    if (text === null) return;
    const fuzzy = this.#text[this.#i] === '~';
    if (fuzzy) this.#i++;
    this.#leaf({ type: 'phrase', text: text.trim(), fuzzy, at: [from, this.#i] }, HAS_WORD.test(text));
  }

  /** What stands between two marks, or null where the second is missing: then only the mark itself is passed over. */
  #quoted(): string | null {
    const from = this.#i + 1;
    if (this.#lastQuote < from) {
      this.#note('unclosed_quote', [this.#i, this.#i + 1]);
      this.#i = from;
      return null;
    }
    let end = from;
    while (!QUOTES.has(this.#text[end]!)) end++;
    this.#i = end + 1;
    return this.#text.slice(from, end);
  }

  /** A word, OR, AND, or the name of a field and its values. */
  #bare(): void {
    const from = this.#i;
    while (this.#i < this.#text.length && !this.#ends(this.#i) && this.#text[this.#i] !== ':') this.#i++;
    if (this.#text[this.#i] === ':' && this.#isName(from, this.#i)) {
      this.#field(from);
      return;
    }
    while (this.#i < this.#text.length && !this.#ends(this.#i)) this.#i++;
    this.#word(from, this.#i);
  }

  #ends(i: number): boolean {
    const char = this.#text[i]!;
    return char === '(' || char === ')' || QUOTES.has(char) || SPACE.test(char);
  }

  #isName(from: number, to: number): boolean {
    if (this.#text.startsWith('//', to + 1)) return false; // an address of the web
    const name = this.#text.slice(from, to);
    return NAME_BEGINS.test(name) && [...name].every((char) => NAME_HOLDS.test(char));
  }

  #word(from: number, to: number): void {
    const said = this.#text.slice(from, to);
    const at: Span = [from, to];
    if (/^or$/iu.test(said)) this.#tokens.push({ type: 'or', at });
    else if (said === 'AND') this.#tokens.push({ type: 'and', at });
    else {
      const mark = said.at(-1);
      const how = mark === '~' ? 'fuzzy' : mark === '*' ? 'beginning' : 'word';
      const text = how === 'word' ? said : said.slice(0, -1);
      this.#leaf({ type: 'word', text, how, at }, HAS_WORD.test(text));
    }
  }

  #leaf(node: QueryNode, says: boolean): void {
    if (says) this.#tokens.push({ type: 'leaf', node, at: node.at });
    else this.#note('no_word', node.at);
  }

  /** At the colon behind a name. Where no value follows the name is a word. */
  #field(from: number): void {
    const name = this.#text.slice(from, this.#i).toLowerCase();
    const colon = this.#i++;
    const any: FieldTest[] = [];
    do {
      if (this.#text[this.#i] === ',') this.#i++;
      const test = this.#test();
      if (test) any.push(test);
    } while (this.#text[this.#i] === ',');
    const at: Span = [from, this.#i];
    if (any.length > 0) {
      this.#tokens.push({ type: 'leaf', node: { type: 'field', name, any, at }, at });
      return;
    }
    this.#note('no_value', at);
    this.#word(from, colon);
  }

  #test(): FieldTest | null {
    const sign = this.#sign();
    if (sign !== '') {
      const text = this.#value();
      if (text === null) return null;
      const bound: Bound = { text: text.text, open: sign.length === 1 };
      return sign[0] === '>' ? { is: 'range', from: bound, to: null } : { is: 'range', from: null, to: bound };
    }
    const first = this.#value();
    if (first === null) return null;
    return first.quoted ? { is: 'value', text: first.text } : rangeOrValue(first.text);
  }

  #sign(): '' | '<' | '>' | '<=' | '>=' {
    const [one, two] = [this.#text[this.#i], this.#text[this.#i + 1]];
    if (one !== '<' && one !== '>') return '';
    this.#i += two === '=' ? 2 : 1;
    return two === '=' ? `${one}=` : one;
  }

  #value(): { text: string; quoted: boolean } | null {
    if (QUOTES.has(this.#text[this.#i] ?? '')) {
      const text = this.#quoted();
      if (text !== null) return text.trim() === '' ? null : { text: text.trim(), quoted: true };
      return this.#bareValue(true);
    }
    return this.#bareValue(false);
  }

  #bareValue(quoted: boolean): { text: string; quoted: boolean } | null {
    const from = this.#i;
    while (this.#i < this.#text.length && !this.#ends(this.#i) && this.#text[this.#i] !== ',') this.#i++;
    const text = this.#text.slice(from, this.#i);
    return text === '' ? null : { text, quoted };
  }

  #note(code: QueryNoteCode, at: Span): void {
    this.#notes.push({ code, at, said: this.#text.slice(...at) });
  }
}

/** `1..5`, `1..`, `..5`, `38.1.*` or a plain value. */
function rangeOrValue(text: string): FieldTest | null {
  const dots = text.indexOf('..');
  if (dots >= 0) {
    const [low, high] = [text.slice(0, dots), text.slice(dots + 2)];
    if (low === '' && high === '') return null;
    const bound = (said: string): Bound | null => (said === '' ? null : { text: said, open: false });
    return { is: 'range', from: bound(low), to: bound(high) };
  }
  if (text.endsWith('*')) return text.length === 1 ? null : { is: 'beginning', text: text.slice(0, -1) };
  return { is: 'value', text };
}
