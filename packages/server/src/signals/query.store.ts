/** A query as SQL conditions on the table `signals`: words for their index, fields for theirs. */
import { type FieldTest, numbersOf, type QueryNode, timesOf } from '@groundswell/contract';
import { type RawBuilder, sql } from 'kysely';
import type { Above } from './above.ts';
import type { Asked, Meant, Spelling } from './query.ts';
import { anyTwoOf, textOf } from './query-text.store.ts';
import { COVERED_FROM } from './signal.ts';

type Sql = RawBuilder<unknown>;
export type Seam = Pick<Above, 'inTopic' | 'inCopies' | 'inSome'>;

/** Signs alone are no words: they are in no text that could be found by them. */
export function conditionOf(asked: Asked, above: Seam): Sql {
  const { tree } = asked.query;
  return tree ? nodeSql(asked, tree, above) : sql`false`;
}

function nodeSql(asked: Asked, node: QueryNode, above: Seam): Sql {
  const text = textOf(asked, node);
  if (text) return sql`signals.search @@ ${text}`;
  switch (node.type) {
    case 'not':
      // what has no value at all is not that value either
      return sql`(${nodeSql(asked, node.of, above)}) is not true`;
    case 'field':
      return fieldSql(asked, node, above);
    case 'and':
    case 'or':
      return listSql(asked, node, above);
    default:
      return sql`false`;
  }
}

/** The words among the parts are one question to their index. */
function listSql(asked: Asked, { type, of, at }: Extract<QueryNode, { type: 'and' | 'or' }>, above: Seam): Sql {
  const isText = (one: QueryNode) => textOf(asked, one) !== null;
  const [words, others] = [of.filter(isText), of.filter((one) => !isText(one))];
  const together: readonly QueryNode[] = words.length > 1 ? [{ type, of: words, at }] : words;
  const parts = [...together, ...others].map((one) => nodeSql(asked, one, above));
  return sql`(${sql.join(parts, type === 'and' ? sql` and ` : sql` or `)})`;
}

function fieldSql(asked: Asked, node: Extract<QueryNode, { type: 'field' }>, above: Seam): Sql {
  const meant = asked.meant.get(node);
  if (meant) return meantSql(meant, above);
  const tests = node.any.map((test) => ownSql(node.name, test, above) ?? sql`false`);
  return tests.length === 1 ? tests[0]! : sql`(${sql.join(tests, sql` or `)})`;
}

function meantSql(meant: Meant, above: Seam): Sql {
  switch (meant.as) {
    case 'sources':
      return meant.ids.length === 1
        ? sql`signals.source_id = ${meant.ids[0]}`
        : sql`signals.source_id = any(${meant.ids}::uuid[])`;
    case 'topics':
      return meant.ids.length === 0 ? sql`false` : sql`(${sql.join(meant.ids.map(above.inTopic), sql` or `)})`;
    case 'things':
      return sql`(signals.signal_id = any(${meant.signalIds}::uuid[]) or signals.item_id = any(${meant.itemIds}::uuid[]))`;
    case 'dimension':
      return dimensionSql(meant.name, meant.values, meant.spellings);
    case 'like':
      return meant.words.length === 0
        ? sql`false`
        : sql`(signals.search @@ ${anyTwoOf(meant.words)} and signals.signal_id <> ${meant.id})`;
    default:
      return sql`false`;
  }
}

/** Fields whose values need no looking up; null for a value that the field cannot have. */
function ownSql(name: string, test: FieldTest, above: Seam): Sql | null {
  switch (name) {
    case 'rating':
      return numberSql(sql`signals.rating`, test);
    case 'exposure':
      return numberSql(sql`signals.exposure`, test);
    case 'at':
      return timeSql(test);
    case 'kind':
      return wordSql(sql`signals.kind`, test);
    case 'language':
      return wordSql(sql`signals.language`, test);
    case 'author':
      return wordSql(sql`signals.author`, test);
    case 'tier':
      return wordSql(sql`signals.creator_tier`, test);
    case 'compartment':
      return wordSql(sql`signals.compartment`, test);
    case 'copies':
      return test.is === 'value' && /^([0-9a-f-]{36}|any)$/i.test(test.text) ? above.inCopies(test.text) : null;
    case 'is':
      return test.is === 'value' ? isSql(test.text, above) : null;
    case 'has':
      return test.is === 'value' ? hasSql(test.text, above) : null;
    default:
      return null;
  }
}

/** Whether the database can be asked this of signals at all. */
export const canAsk = (name: string, test: FieldTest, above: Seam): boolean => ownSql(name, test, above) !== null;

function isSql(what: string, above: Seam): Sql | null {
  if (what === 'copied') return above.inCopies('any');
  if (what === 'covered') return sql`signals.exposure >= ${COVERED_FROM}`;
  return what === 'truncated' ? sql`signals.truncated` : null;
}

function hasSql(what: string, above: Seam): Sql | null {
  if (what === 'topic' || what === 'issue') return above.inSome(what);
  const column = ['author', 'rating', 'language', 'title'].find((one) => one === what);
  return column ? sql`${sql.ref(`signals.${column}`)} is not null` : null;
}

function numberSql(column: Sql, test: FieldTest): Sql | null {
  const range = numbersOf(test);
  if (!range) return null;
  const { from, to } = range;
  if (from === to) return sql`${column} = ${from}`;
  const parts = [
    ...(Number.isFinite(from) ? [sql`${column} >= ${from}`] : []),
    ...(Number.isFinite(to) ? [sql`${column} <= ${to}`] : []),
  ];
  return sql`(${sql.join(parts, sql` and `)})`;
}

function timeSql(test: FieldTest): Sql | null {
  const range = timesOf(test);
  if (!range) return null;
  const parts = [
    ...(range.from ? [sql`signals.at >= ${range.from}::timestamptz`] : []),
    ...(range.to ? [sql`signals.at < ${range.to}::timestamptz`] : []),
  ];
  return sql`(${sql.join(parts, sql` and `)})`;
}

function wordSql(column: Sql, test: FieldTest): Sql | null {
  if (test.is === 'range') return null;
  const text = test.text.toWellFormed().replaceAll('\0', '');
  if (test.is === 'value') return sql`${column} = ${text}`;
  return sql`${column} like ${`${text.replaceAll(/[\\%_]/g, '\\$&')}%`}`;
}

/** One list and not a chain of ORs: hundreds of spellings are planned as fast as one, and read through the index. */
const isOneOf = (name: string, values: readonly string[]): Sql =>
  sql`signals.dimensions @> any(${values.map((value) => JSON.stringify({ [name]: value }))}::jsonb[])`;

/** A dimension that has one of these values, or another spelling that was merged with one. */
export function dimensionSql(name: string, values: readonly string[], spellings: readonly Spelling[]): Sql {
  const also = spellings.filter((one) => one.name === name && values.includes(one.asked));
  // merges hold in one compartment; the same value in another one is another value
  const inTheirs = also.map((one) => sql`(signals.compartment = ${one.compartment} and ${isOneOf(name, one.values)})`);
  return sql`(${sql.join([isOneOf(name, values), ...inTheirs], sql` or `)})`;
}
