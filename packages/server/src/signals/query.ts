/** What a query means once it is known what its names are called here. Pure. */
import {
  type LeafNode,
  leavesOf,
  parseQuery,
  type Query,
  type QueryNote,
  queryField,
  type Searched,
} from '@groundswell/contract';
import type { Weighed } from './alike.ts';

/** How a value may stand in rows of one compartment, beside itself. */
export interface Spelling {
  readonly compartment: string;
  readonly name: string;
  readonly asked: string;
  readonly values: string[];
}

/** What a part of a query turned out to be. What is not in the map is read by itself. */
export type Meant =
  | { readonly as: 'sources' | 'topics'; readonly ids: readonly string[] }
  | { readonly as: 'things'; readonly signalIds: readonly string[]; readonly itemIds: readonly string[] }
  | {
      readonly as: 'dimension';
      readonly name: string;
      readonly values: readonly string[];
      readonly spellings: readonly Spelling[];
    }
  /** No field at all: words that happen to stand around a colon. */
  | { readonly as: 'words' }
  /** For each of its words, what it may have been meant to be. */
  | { readonly as: 'fuzzy'; readonly words: readonly (readonly string[])[] }
  | { readonly as: 'like'; readonly id: string; readonly words: readonly Weighed[]; readonly covered: boolean };

export interface Asked {
  readonly query: Query;
  readonly meant: ReadonlyMap<LeafNode, Meant>;
  readonly notes: readonly QueryNote[];
}

/** A query by itself, before anything was looked up. */
export function askedBy(q: string): Asked {
  const query = parseQuery(q);
  return { query, meant: new Map(), notes: query.notes };
}

/** The words of what looked like a field: `error:timeout` is "error timeout". */
export const wordsOfField = (query: Query, { at }: LeafNode): string =>
  query.text
    .slice(...at)
    .replace(/["“”„:,<>=]/gu, ' ')
    .trim();

const numerically = new Intl.Collator('en', { numeric: true });

/** Which of the known values lie within: versions and numbers as numbers, so that 7.10 comes after 7.9. */
export function valuesWithin(
  values: readonly string[],
  { from, to }: { from: { text: string; open: boolean } | null; to: { text: string; open: boolean } | null },
): string[] {
  const isNumber = /^\d/.test((from ?? to)!.text);
  return values.filter((value) => {
    if (isNumber && !/^\d/.test(value)) return false;
    const [low, high] = [from && numerically.compare(value, from.text), to && numerically.compare(value, to.text)];
    return (low === null || (from!.open ? low > 0 : low >= 0)) && (high === null || (to!.open ? high < 0 : high <= 0));
  });
}

/** What a name may hold for a word or phrase: itself, or what it may have been meant to be. */
export function formsOf(asked: Asked, node: LeafNode): string[] {
  if (node.type === 'field') return asked.meant.get(node)?.as === 'words' ? [wordsOfField(asked.query, node)] : [];
  const meant = asked.meant.get(node);
  const text = node.text.toWellFormed().replaceAll('\0', '');
  return meant?.as === 'fuzzy' && meant.words.length === 1 ? [text, ...meant.words[0]!] : [text];
}

/** Fields of a query that things of this kind do not have; a dimension belongs to signals alone. */
export function fieldsWithout(asked: Asked, kind: Searched): string[] {
  const names = leavesOf(asked.query.tree).flatMap(({ node }) => {
    if (node.type !== 'field') return [];
    const field = queryField(node.name);
    const has = field ? field.of.includes(kind) : kind === 'signals' || asked.meant.get(node)?.as !== 'dimension';
    return has ? [] : [node.name];
  });
  return [...new Set(names)];
}
