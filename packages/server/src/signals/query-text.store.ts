/** The words of a query in the language of full-text search. */
import { isUnfinished, leavesOf, type QueryNode } from '@groundswell/contract';
import { type RawBuilder, sql } from 'kysely';
import type { Weighed } from './alike.ts';
import { type Asked, wordsOfField } from './query.ts';
import { inTsQuery, type Sought, soughtBeginning, soughtPhrase, soughtWord } from './search-words.ts';

type Sql = RawBuilder<unknown>;

const both = (parts: readonly Sql[]): Sql => (parts.length === 1 ? parts[0]! : sql`(${sql.join(parts, sql` && `)})`);
const either = (parts: readonly Sql[]): Sql => (parts.length === 1 ? parts[0]! : sql`(${sql.join(parts, sql` || `)})`);

const phrase = (text: string): Sql => sql`phraseto_tsquery('simple', ${text})`;
const oneOf = (words: readonly string[]): Sql =>
  sql`to_tsquery('simple', ${words.map((word) => inTsQuery(word)).join(' | ')})`;

const soughtSql = (one: Sought): Sql =>
  one.as === 'phrase' ? phrase(one.text) : sql`to_tsquery('simple', ${inTsQuery(one.text, true)})`;

/** A tree of nothing but words as one `tsquery`; null where it holds a field. */
export function textOf(asked: Asked, node: QueryNode): Sql | null {
  switch (node.type) {
    case 'word':
    case 'phrase':
      return wordsOf(asked, node);
    case 'field': {
      const meant = asked.meant.get(node);
      if (meant?.as === 'words') return phrase(soughtPhrase(wordsOfField(asked.query, node)).text);
      return null;
    }
    case 'not': {
      const of = textOf(asked, node.of);
      return of && sql`!!(${of})`;
    }
    default: {
      const parts = node.of.map((one) => textOf(asked, one));
      if (!parts.every((part) => part !== null)) return null;
      return node.type === 'and' ? both(parts) : either(parts);
    }
  }
}

function wordsOf(asked: Asked, node: Extract<QueryNode, { type: 'word' | 'phrase' }>): Sql {
  const meant = asked.meant.get(node);
  if (meant?.as === 'fuzzy') return sql`(${sql.join(meant.words.map(oneOf), sql` <-> `)})`;
  if (node.type === 'phrase') return soughtSql(soughtPhrase(node.text));
  const begins = node.how === 'beginning' || isUnfinished(node, asked.query.text);
  return both((begins ? soughtBeginning(node.text) : soughtWord(node.text)).map(soughtSql));
}

/** Any two of the words; the one, where there is but one. Together with all that a text says it is no accident. */
export function anyTwoOf(words: readonly Weighed[]): Sql {
  const parts = words.map(({ word }) => tellingSql(word));
  if (parts.length === 1) return parts[0]!;
  return either(parts.flatMap((one, i) => parts.slice(i + 1).map((other) => sql`(${one} && ${other})`)));
}

const tellingSql = (word: string): Sql => both(soughtWord(word).map(soughtSql));

/** By what matches are ranked, as a number from `search`; null where the query holds no words to rank by. */
export function rankOf(asked: Asked): Sql | null {
  const { tree } = asked.query;
  if (tree === null) return null;
  const likes = leavesOf(tree).flatMap(({ node, not }) => {
    const meant = asked.meant.get(node);
    return !not && meant?.as === 'like' && meant.words.length > 0 ? [shareOf(meant.words)] : [];
  });
  const text = wholeText(asked, tree);
  // 1: a long text is no better for its length
  const parts = [...likes, ...(text ? [sql`ts_rank(search, ${text}, 1)`] : [])];
  return parts.length === 0 ? null : sql`(${sql.join(parts, sql` + `)})::float4`;
}

/** How much of what a text weighs stands in another, from 0 to 1. */
function shareOf(words: readonly Weighed[]): Sql {
  const all = words.reduce((sum, { weight }) => sum + weight, 0);
  const parts = words.map(
    ({ word, weight }) => sql`case when search @@ ${tellingSql(word)} then ${weight / all}::float8 else 0 end`,
  );
  return sql.join(parts, sql` + `);
}

/** The query where it is nothing but words, else whatever words it wants. */
function wholeText(asked: Asked, tree: QueryNode): Sql | null {
  const whole = textOf(asked, tree);
  if (whole) return leavesOf(tree).some(({ not }) => !not) ? whole : null;
  const parts = leavesOf(tree).flatMap(({ node, not }) => (not ? [] : (textOf(asked, node) ?? [])));
  return parts.length === 0 ? null : either(parts);
}
