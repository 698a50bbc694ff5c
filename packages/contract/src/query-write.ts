/** A query written down: what `parseQuery` reads as the same again. */
import { type Bound, type FieldTest, leavesOf, parseQuery, type QueryNode } from './query.ts';

/** What may stand without quotation marks and still be one plain value. */
const PLAIN = /^[\p{L}\p{M}\p{N}_+/@#%&.:-]+$/u;
const isPlain = (text: string): boolean => PLAIN.test(text) && !text.includes('..');

/**
 * Writes a tree as a person would type it.
 * @example
 * writeQuery(parseQuery('upload   OR  "two words"').tree); // 'upload OR "two words"'
 */
export function writeQuery(tree: QueryNode | null): string {
  return tree === null ? '' : write(tree);
}

function write(node: QueryNode): string {
  switch (node.type) {
    case 'word':
      return `${node.text}${{ word: '', beginning: '*', fuzzy: '~' }[node.how]}`;
    case 'phrase':
      return `"${withoutQuotes(node.text)}"${node.fuzzy ? '~' : ''}`;
    case 'field':
      return `${node.name}:${node.any.map(writeTest).join(',')}`;
    case 'not':
      return `-${inBrackets(node.of)}`;
    case 'and':
      return node.of.map((one) => (one.type === 'or' ? inBrackets(one) : write(one))).join(' ');
    case 'or':
      return node.of.map(write).join(' OR ');
  }
}

const inBrackets = (node: QueryNode): string =>
  node.type === 'and' || node.type === 'or' ? `(${write(node)})` : write(node);

function writeTest(test: FieldTest): string {
  if (test.is === 'value') return writeValue(test.text);
  if (test.is === 'beginning') return `${test.text}*`;
  const { from, to } = test;
  if (from && to) return `${from.text}..${to.text}`;
  return from ? `>${sign(from)}` : `<${sign(to!)}`;
}

const sign = (bound: Bound): string => `${bound.open ? '' : '='}${writeValue(bound.text)}`;
const withoutQuotes = (text: string): string => text.replace(/["“”„]/gu, ' ').trim();

/**
 * A value as it stands behind `field:`, in quotation marks where it needs them.
 * @example
 * writeValue('App Store'); // '"App Store"'
 */
export function writeValue(text: string): string {
  return isPlain(text) ? text : `"${withoutQuotes(text)}"`;
}

/** The parameters that a search of signals had before it had a grammar; they still work. */
export interface PlainFilter {
  readonly q?: string | undefined;
  readonly from?: string | undefined;
  readonly to?: string | undefined;
  readonly source?: string | undefined;
  readonly language?: string | undefined;
  readonly rating?: number | undefined;
  readonly topic?: string | undefined;
  readonly dimension?: string | readonly string[] | undefined;
  readonly copies?: string | undefined;
}

/**
 * One query that asks for the same as these parameters.
 * @example
 * queryOfFilter({ q: 'stuck or gone', rating: 1 }); // '(stuck OR gone) rating:1'
 */
export function queryOfFilter(filter: PlainFilter): string {
  const { q, from, to, source, language, rating, topic, dimension, copies } = filter;
  const dimensions = new Map<string, string[]>();
  for (const said of [dimension ?? []].flat()) {
    const colon = said.indexOf(':');
    const name = said.slice(0, colon);
    dimensions.set(name, [...(dimensions.get(name) ?? []), writeValue(said.slice(colon + 1))]);
  }
  const fields = [
    source && `source:${source}`,
    language && `language:${writeValue(language)}`,
    rating && `rating:${rating}`,
    topic && `topic:${topic}`,
    copies === 'any' ? 'is:copied' : copies && `copies:${copies}`,
    ...[...dimensions].map(([name, values]) => `dimension.${name}:${values.join(',')}`),
    from && `at:>=${from}`,
    to && `at:<${to}`,
  ].filter((one): one is string => typeof one === 'string' && one !== '');
  return [...wordsFirst(q ?? '', fields.length > 0), ...fields].join(' ');
}

function wordsFirst(q: string, more: boolean): string[] {
  const { tree } = parseQuery(q);
  if (tree === null) return [];
  return [more && tree.type === 'or' ? inBrackets(tree) : write(tree)];
}

/**
 * A query without one of its parts, as it stands at a place of the text.
 * @example
 * withoutPart('crash source:web', [6, 16]); // 'crash'
 */
export function withoutPart(text: string, [from, to]: readonly [number, number]): string {
  const left = `${text.slice(0, from)} ${text.slice(to)}`;
  return writeQuery(parseQuery(left.replace(/(^|\s)-+(?=\s|$)/gu, ' ')).tree);
}

/**
 * Whether a query asks for a field at its top with exactly this value: what a filter beside the list shows as switched on.
 * @example
 * asksFor('crash rating:1', 'rating', '1'); // true
 */
export function asksFor(text: string, name: string, value: string): boolean {
  return leavesOf(parseQuery(text).tree).some(
    ({ node, not }) =>
      !not &&
      node.type === 'field' &&
      node.name === name &&
      node.any.some((one) => one.is === 'value' && one.text === value),
  );
}

/** The parts that must all hold: what stands side by side at the top. */
const topOf = (tree: QueryNode | null): readonly QueryNode[] =>
  tree === null ? [] : tree.type === 'and' ? tree.of : [tree];

const together = (parts: readonly QueryNode[]): string => {
  const [first] = parts;
  if (!first) return '';
  return writeQuery(parts.length === 1 ? first : { type: 'and', of: parts, at: first.at });
};

/**
 * The plain values that a query asks of a field at its top: what a filter shows as chosen.
 * @example
 * valuesAsked('crash owner:me,nobody', 'owner'); // ['me', 'nobody']
 */
export function valuesAsked(text: string, name: string): string[] {
  return topOf(parseQuery(text).tree).flatMap((node) =>
    node.type === 'field' && node.name === name
      ? node.any.flatMap((test) => (test.is === 'value' ? [test.text] : []))
      : [],
  );
}

/**
 * A query that asks nothing of a field at its top any more.
 * @example
 * withoutField('crash owner:me', 'owner'); // 'crash'
 */
export function withoutField(text: string, name: string): string {
  const { tree } = parseQuery(text);
  const others = topOf(tree).filter((node) => !(node.type === 'field' && node.name === name));
  return others.length === topOf(tree).length ? text.trim() : together(others);
}

/**
 * A query that asks of a field at its top for any of these values and nothing else; without values, nothing of it.
 * @example
 * withField('crash owner:me', 'owner', ['nobody', 'Ana B']); // 'crash owner:nobody,"Ana B"'
 */
export function withField(text: string, name: string, values: readonly string[]): string {
  const asks = values.length > 0 ? [`${name}:${values.map(writeValue).join(',')}`] : [];
  const rest = withoutField(text, name);
  const { tree } = parseQuery(rest);
  return [...(tree?.type === 'or' && asks.length > 0 ? [inBrackets(tree)] : rest ? [rest] : []), ...asks].join(' ');
}
