/** The same grammar for what has a name and no text: topics and issues. There are thousands of them, so a name is read whole. */
import type { LeafNode, QueryNode } from '@groundswell/contract';
import { type RawBuilder, sql } from 'kysely';
import type { Db } from '../platform/db.ts';
import { type Asked, formsOf, wordsOfField } from './query.ts';

type Sql = RawBuilder<unknown>;
export type QueryFieldNode = Extract<LeafNode, { type: 'field' }>;

/** How things of one kind are asked. */
export interface Labelled {
  /** It is called by one of these words, or holds it in its name: the patterns are for `ilike`. */
  readonly says: (patterns: readonly string[], words: readonly string[]) => Sql;
  /** Null for a value that the field cannot have. */
  readonly field: (node: QueryFieldNode) => Sql | null;
  /** Whether anything is called as a field says; where it is not, a note says so. */
  readonly isKnown?: (db: Db, node: QueryFieldNode) => Promise<boolean>;
  /** The topics that a part of the query means. */
  readonly topics: (ids: readonly string[]) => Sql;
}

export function labelledCondition(asked: Asked, of: Labelled): Sql {
  const { tree } = asked.query;
  return tree ? nodeSql(asked, tree, of) : sql`false`;
}

function nodeSql(asked: Asked, node: QueryNode, of: Labelled): Sql {
  switch (node.type) {
    case 'not':
      return sql`(${nodeSql(asked, node.of, of)}) is not true`;
    case 'field':
      return fieldSql(asked, node, of);
    case 'word':
    case 'phrase':
      return saysAny(formsOf(asked, node), of);
    default: {
      const parts = node.of.map((one) => nodeSql(asked, one, of));
      return sql`(${sql.join(parts, node.type === 'and' ? sql` and ` : sql` or `)})`;
    }
  }
}

function fieldSql(asked: Asked, node: QueryFieldNode, of: Labelled): Sql {
  const meant = asked.meant.get(node);
  if (meant?.as === 'topics') return of.topics(meant.ids);
  if (meant?.as === 'words') return saysAny([wordsOfField(asked.query, node)], of);
  return of.field(node) ?? sql`false`;
}

const saysAny = (words: readonly string[], of: Labelled): Sql => of.says(words.map(patternOf), words);

export const patternOf = (word: string): string => `%${word.replaceAll(/[\\%_]/g, '\\$&')}%`;
