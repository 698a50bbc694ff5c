/**
 * The one grammar of searching, for the field on screen, the addresses and the API. Words, "a phrase", -not, either OR
 * other, (groups), field:value, field:"two words", field:a,b, field:1..5, field:>=2, begin*, fuzzy~. Nothing that a person
 * types is an error: what cannot be understood is read as words, and a note says so.
 */
import { type QueryToken, tokensOf } from './query-tokens.ts';

/** Where it stands in what was typed: UTF-16 units, the end not included. */
export type Span = readonly [from: number, to: number];

export interface Bound {
  readonly text: string;
  /** True when the bound itself does not count: `>2`. */
  readonly open: boolean;
}

/** What a field is held against. */
export type FieldTest =
  | { readonly is: 'value'; readonly text: string }
  | { readonly is: 'beginning'; readonly text: string }
  | { readonly is: 'range'; readonly from: Bound | null; readonly to: Bound | null };

export type QueryNode =
  | { readonly type: 'word'; readonly text: string; readonly how: 'word' | 'beginning' | 'fuzzy'; readonly at: Span }
  | { readonly type: 'phrase'; readonly text: string; readonly fuzzy: boolean; readonly at: Span }
  | { readonly type: 'field'; readonly name: string; readonly any: readonly FieldTest[]; readonly at: Span }
  | { readonly type: 'not'; readonly of: QueryNode; readonly at: Span }
  | { readonly type: 'and' | 'or'; readonly of: readonly QueryNode[]; readonly at: Span };

/** What was read otherwise than it was written, or not at all. */
export const QUERY_NOTES = [
  'unclosed_quote',
  'unclosed_group',
  'unopened_group',
  'too_deep',
  'or_alone',
  'no_value',
  'no_word',
  'unknown_field',
  'unknown_value',
  'bad_value',
  'not_fuzzy',
  'no_such_signal',
] as const;
export type QueryNoteCode = (typeof QUERY_NOTES)[number];

export interface QueryNote {
  readonly code: QueryNoteCode;
  readonly at: Span;
  /** The part of the query that it is about. */
  readonly said: string;
}

export interface Query {
  readonly text: string;
  /** Null when nothing is asked for. */
  readonly tree: QueryNode | null;
  readonly notes: readonly QueryNote[];
}

/** Groups within groups beyond this are read as if their brackets were not there. */
const DEPTH_MAX = 20;

/**
 * Reads a query. Never throws, and takes time in proportion to its length.
 * @example
 * parseQuery('upload -draft source:web').tree; // and of a word, a "not" and a field
 */
export function parseQuery(text: string): Query {
  return new Reader(text).read();
}

/**
 * Whether a word may not be finished yet: the last of the query, typed without anything behind it. It is searched as a
 * beginning, so that results come while a person types.
 * @example
 * isUnfinished({ type: 'word', text: 'uplo', how: 'word', at: [6, 10] }, 'crash uplo'); // true
 */
export function isUnfinished(node: QueryNode, text: string): boolean {
  if (node.type !== 'word' || node.how !== 'word' || node.at[1] !== text.length) return false;
  return text[node.at[0] - 1] !== '-' && /^[\p{L}\p{M}\p{N}]+$/u.test(node.text);
}

/**
 * Every part of a tree that is no "and", "or" or "not", from left to right; `not` says whether it must be absent.
 * @example
 * leavesOf(parseQuery('a -b').tree).map(({ not }) => not); // [false, true]
 */
export function leavesOf(tree: QueryNode | null, not = false): { node: LeafNode; not: boolean }[] {
  if (tree === null) return [];
  if (tree.type === 'not') return leavesOf(tree.of, !not);
  if ('of' in tree) return tree.of.flatMap((one) => leavesOf(one, not));
  return [{ node: tree, not }];
}
export type LeafNode = Extract<QueryNode, { type: 'word' | 'phrase' | 'field' }>;

class Reader {
  readonly #text: string;
  readonly #tokens: readonly QueryToken[];
  readonly #notes: QueryNote[];
  #next = 0;

  constructor(text: string) {
    const { tokens, notes } = tokensOf(text);
    this.#text = text;
    this.#tokens = tokens;
    this.#notes = [...notes];
  }

  read(): Query {
    const parts: QueryNode[] = [];
    while (this.#next < this.#tokens.length) {
      const part = this.#either(0);
      if (part) parts.push(part);
      const left = this.#tokens[this.#next];
      if (left?.type === 'close') {
        this.#note('unopened_group', left.at);
        this.#next++;
      }
    }
    const notes = this.#notes.sort((a, b) => a.at[0] - b.at[0]);
    return { text: this.#text, tree: joined('and', parts), notes };
  }

  /** `a b OR c`: the words beside each other belong together. */
  #either(depth: number): QueryNode | null {
    const sides: QueryNode[] = [];
    let or: QueryToken | null = null;
    for (;;) {
      const side = this.#all(depth);
      if (side) sides.push(side);
      else if (or) this.#note('or_alone', or.at);
      const token = this.#tokens[this.#next];
      if (token?.type !== 'or') return joined('or', sides);
      if (sides.length === 0) this.#note('or_alone', token.at);
      or = sides.length === 0 ? null : token;
      this.#next++;
    }
  }

  #all(depth: number): QueryNode | null {
    const parts: QueryNode[] = [];
    for (;;) {
      const token = this.#tokens[this.#next];
      if (!token || token.type === 'or' || (token.type === 'close' && depth > 0)) return joined('and', parts);
      const part = this.#one(depth);
      if (part) parts.push(part);
    }
  }

  #one(depth: number): QueryNode | null {
    const token = this.#tokens[this.#next++]!;
    switch (token.type) {
      case 'leaf':
        return token.node;
      case 'not':
        return this.#not(token, depth);
      case 'open':
        return this.#group(token, depth);
      case 'close':
        this.#note('unopened_group', token.at);
        return null;
      case 'and':
      case 'or':
        return null;
    }
  }

  #not(token: QueryToken, depth: number): QueryNode | null {
    const next = this.#tokens[this.#next];
    if (next?.type !== 'leaf' && next?.type !== 'open') return null;
    const of = this.#one(depth);
    if (of === null) return null;
    const at: Span = [token.at[0], of.at[1]];
    return of.type === 'not' ? of.of : { type: 'not', of, at };
  }

  #group(token: QueryToken, depth: number): QueryNode | null {
    if (depth >= DEPTH_MAX) {
      this.#note('too_deep', token.at);
      return null;
    }
    const inside = this.#either(depth + 1);
    const closing = this.#tokens[this.#next];
    if (closing?.type === 'close') this.#next++;
    else this.#note('unclosed_group', token.at);
    return inside && { ...inside, at: [token.at[0], closing?.at[1] ?? inside.at[1]] };
  }

  #note(code: QueryNoteCode, at: Span): void {
    this.#notes.push({ code, at, said: this.#text.slice(...at) });
  }
}

/** One alone stands for itself; the same kind within itself is one. */
function joined(type: 'and' | 'or', parts: readonly QueryNode[]): QueryNode | null {
  if (parts.length <= 1) return parts[0] ?? null;
  const of = parts.flatMap((part) => (part.type === type ? part.of : [part]));
  return { type, of, at: [parts[0]!.at[0], parts.at(-1)!.at[1]] };
}
