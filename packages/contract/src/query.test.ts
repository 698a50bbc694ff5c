import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type FieldTest, isUnfinished, leavesOf, parseQuery, type QueryNode } from './query.ts';
import { numbersOf, timesOf } from './query-fields.ts';
import { asksFor, queryOfFilter, withoutPart, writeQuery } from './query-write.ts';

/** The tree without places, short enough to read. */
function short(node: QueryNode | null): unknown {
  if (node === null) return null;
  switch (node.type) {
    case 'word':
      return node.how === 'word' ? node.text : `${node.text}/${node.how}`;
    case 'phrase':
      return { phrase: node.text, ...(node.fuzzy && { fuzzy: true }) };
    case 'field':
      return { [node.name]: node.any.map(shortTest) };
    case 'not':
      return { not: short(node.of) };
    default:
      return { [node.type]: node.of.map(short) };
  }
}
function shortTest(one: FieldTest): string {
  if (one.is === 'value') return one.text;
  if (one.is === 'beginning') return `${one.text}…`;
  const side = (bound: typeof one.from) => (bound ? `${bound.text}${bound.open ? '!' : ''}` : '');
  return `[${side(one.from)} ${side(one.to)}]`;
}
const tree = (text: string) => short(parseQuery(text).tree);
const notes = (text: string) => parseQuery(text).notes.map(({ code, said }) => [code, said]);

describe('what is read', () => {
  test.each([
    ['', null],
    ['crash', 'crash'],
    ['crash  login', { and: ['crash', 'login'] }],
    ['"two words" -gone', { and: [{ phrase: 'two words' }, { not: 'gone' }] }],
    ['“two words”', { phrase: 'two words' }],
    ['a b OR c', { or: [{ and: ['a', 'b'] }, 'c'] }],
    ['a AND (b or c)', { and: ['a', { or: ['b', 'c'] }] }],
    ['-(a b)', { not: { and: ['a', 'b'] } }],
    ['--a', { not: 'a' }],
    ['wi-fi -', 'wi-fi'],
    ['uplo* crahs~', { and: ['uplo/beginning', 'crahs/fuzzy'] }],
    ['"stuck at 99"~', { phrase: 'stuck at 99', fuzzy: true }],
    ['Source:"App Store",web', { source: ['App Store', 'web'] }],
    ['rating:<=2', { rating: ['[ 2]'] }],
    ['rating:>2', { rating: ['[2! ]'] }],
    ['at:2026-01-01..2026-02-01', { at: ['[2026-01-01 2026-02-01]'] }],
    ['rating:1,4..', { rating: ['1', '[4 ]'] }],
    ['app_version:38.1.*', { app_version: ['38.1.…'] }],
    ['app_version:"38.1.*"', { app_version: ['38.1.*'] }],
    ['-is:copied', { not: { is: ['copied'] } }],
    ['12:30', '12:30'],
    ['https://example.org/a', 'https://example.org/a'],
    ['(source:a OR rating:1)', { or: [{ source: ['a'] }, { rating: ['1'] }] }],
    ['ログイン できない', { and: ['ログイン', 'できない'] }],
  ])('%s', (text, want) => expect([tree(text), notes(text)]).toEqual([want, []]));

  test.each([
    ['login "cra', { and: ['login', 'cra'] }, 'unclosed_quote', '"'],
    ['(a b', { and: ['a', 'b'] }, 'unclosed_group', '('],
    ['a) b', { and: ['a', 'b'] }, 'unopened_group', ')'],
    ['login or', 'login', 'or_alone', 'or'],
    ['OR login', 'login', 'or_alone', 'OR'],
    ['Note: it broke', { and: ['Note', 'it', 'broke'] }, 'no_value', 'Note:'],
    ['crash !!!', 'crash', 'no_word', '!!!'],
    ['""', null, 'no_word', '""'],
  ])('%s is read as words, and said so', (text, want, code, said) => {
    expect(tree(text)).toEqual(want);
    expect(notes(text)).toEqual([[code, said]]);
  });

  test('the last word may not be finished', () => {
    const last = (text: string) => leavesOf(parseQuery(text).tree).map(({ node }) => isUnfinished(node, text));
    expect(last('login cra')).toEqual([false, true]);
    expect(last('login cra ')).toEqual([false, false]);
    expect(last('login -cra')).toEqual([false, false]);
    expect(last('login wi-fi')).toEqual([false, false]);
    expect(last('login "cra"')).toEqual([false, false]);
  });

  test('leaves know whether they must be absent', () => {
    expect(leavesOf(parseQuery('a -(b -c)').tree).map(({ not }) => not)).toEqual([false, true, false]);
  });
});

describe('what is written is read as the same', () => {
  const text = fc.oneof(
    fc.constantFrom('crash', 'ログイン', 'a-b', '99', 'größer', 'x:', 'größe~x', 'a*b', 'v1.2'),
    fc
      .string({ unit: fc.constantFrom('a', 'b', '1', 'é', '字', '-', '.', '_'), minLength: 1, maxLength: 6 })
      .map((s) => `a${s}`),
  );
  const free = fc.oneof(text, fc.constantFrom('two words', 'a (b)', 'x, y', '1..2', '<5', 'e*', 'OR', 'a:b c'));
  const bound = fc.record({ text: fc.constantFrom('1', '2026-01-01', '7.3.0'), open: fc.boolean() });
  const at = fc.constant([0, 0] as const);
  const test1: fc.Arbitrary<FieldTest> = fc.oneof(
    fc.record({ is: fc.constant('value' as const), text: free }),
    fc.record({ is: fc.constant('beginning' as const), text: fc.constantFrom('38.1.', 'a', 'x_') }),
    fc.record({ is: fc.constant('range' as const), from: bound, to: fc.constant(null) }),
    fc.record({ is: fc.constant('range' as const), from: fc.constant(null), to: bound }),
    fc.record({
      is: fc.constant('range' as const),
      from: bound.map((one) => ({ ...one, open: false })),
      to: bound.map((one) => ({ ...one, open: false })),
    }),
  );
  const leaf: fc.Arbitrary<QueryNode> = fc.oneof(
    fc.record({
      type: fc.constant('word' as const),
      text: text.filter((one) => !one.includes(':')),
      how: fc.constantFrom('word' as const, 'beginning' as const, 'fuzzy' as const),
      at,
    }),
    fc.record({ type: fc.constant('phrase' as const), text: free, fuzzy: fc.boolean(), at }),
    fc.record({
      type: fc.constant('field' as const),
      name: fc.constantFrom('source', 'app_version', 'dimension.x', 'größe'),
      any: fc.array(test1, { minLength: 1, maxLength: 3 }),
      at,
    }),
  );
  const not = (of: fc.Arbitrary<QueryNode>) => fc.record({ type: fc.constant('not' as const), of, at });
  const list = <T extends 'and' | 'or'>(type: T, one: fc.Arbitrary<QueryNode>) =>
    fc.record({ type: fc.constant(type), of: fc.array(one, { minLength: 2, maxLength: 3 }), at });
  const all = list('and', fc.oneof(leaf, not(leaf), list('or', leaf)));
  const any = list('or', fc.oneof(leaf, not(leaf), all, not(all)));
  const trees: fc.Arbitrary<QueryNode> = fc.oneof(
    leaf,
    not(leaf),
    all,
    any,
    not(any),
    list('and', fc.oneof(any, not(all))),
  );

  test('for every tree', () => {
    fc.assert(
      fc.property(trees, (one) => {
        expect(tree(writeQuery(one))).toEqual(short(one));
      }),
      { numRuns: 2_000 },
    );
  });

  test('for whatever is typed: a second reading changes nothing', () => {
    const unit = fc.constantFrom(
      ...'ab:,"()-~*<>=. \t“”'.split(''),
      ' or ',
      ' OR ',
      'AND',
      '..',
      'x:',
      '字',
      '😀',
      '\0',
      '\ud800',
    );
    fc.assert(
      fc.property(
        fc.oneof(fc.string({ unit, maxLength: 40 }), fc.string({ unit: 'binary', maxLength: 40 })),
        (said) => {
          const query = parseQuery(said);
          const again = writeQuery(query.tree);
          expect(tree(again)).toEqual(short(query.tree));
          for (const { at } of query.notes) expect(said.slice(...at).length).toBeGreaterThan(0);
          for (const { node } of leavesOf(query.tree)) expect(node.at[1]).toBeGreaterThan(node.at[0]);
        },
      ),
      { numRuns: 5_000 },
    );
  });
});

test.each(['(', ')', '"', '-', 'a:', '(a ', 'a OR ', '-(', ':', 'a:"', ',', 'x:,', '..', 'a:b,', '“a'])(
  'a hundred thousand of %j take no time',
  (piece) => {
    const began = performance.now();
    writeQuery(parseQuery(piece.repeat(100_000)).tree);
    expect(performance.now() - began).toBeLessThan(2_000);
  },
);

describe('fields', () => {
  const test1 = (text: string) => {
    const { tree: node } = parseQuery(text);
    return node?.type === 'field' ? node.any[0]! : expect.fail('no field');
  };

  test.each([
    ['rating:2', { from: 2, to: 2 }],
    ['exposure:X2', { from: 2, to: 2 }],
    ['rating:>2', { from: 3, to: Number.POSITIVE_INFINITY }],
    ['rating:<=2', { from: Number.NEGATIVE_INFINITY, to: 2 }],
    ['rating:2..4', { from: 2, to: 4 }],
    ['rating:good', null],
  ])('%s', (text, want) => expect(numbersOf(test1(text))).toEqual(want));

  test.each([
    ['at:2026-02', '2026-02-01T00:00:00.000Z', '2026-03-01T00:00:00.000Z'],
    ['at:2026-01-01..2026-01-31', '2026-01-01T00:00:00.000Z', '2026-02-01T00:00:00.000Z'],
    ['at:>2026-01-01', '2026-01-02T00:00:00.000Z', null],
    ['at:<2026-01-01', null, '2026-01-01T00:00:00.000Z'],
    ['at:>=2026-01-01T10:00+02:00', '2026-01-01T08:00:00.000Z', null],
    ['at:<2026-01-01T10:00:00.500Z', null, '2026-01-01T10:00:00.500Z'],
  ])('%s', (text, from, to) => expect(timesOf(test1(text))).toEqual({ from, to }));

  test.each(['at:soon', 'at:2026-13', 'at:2026-02-30', 'at:0000', 'at:2026*'])('%s is no time', (text) =>
    expect(timesOf(test1(text))).toBeNull(),
  );
});

test('the parameters of before, as one query', () => {
  const id = '0b6f1d0e-3a34-4f0c-9b52-0d6a4c1d7e01';
  const query = queryOfFilter({
    q: 'stuck or gone',
    source: id,
    rating: 1,
    copies: 'any',
    dimension: ['country:BR', 'country:PT', 'os:Android 14'],
    from: '2026-01-01T00:00:00Z',
    to: '2026-01-02T00:00:00Z',
  });
  expect(query).toBe(
    `(stuck OR gone) source:${id} rating:1 is:copied dimension.country:BR,PT dimension.os:"Android 14" at:>=2026-01-01T00:00:00Z at:<2026-01-02T00:00:00Z`,
  );
  expect(parseQuery(query).notes).toEqual([]);
});

test('parts are taken off and looked for', () => {
  expect(withoutPart('crash -source:web uplo', [6, 17])).toBe('crash uplo');
  expect(asksFor('crash rating:1,2', 'rating', '2')).toBe(true);
  expect(asksFor('crash -rating:1', 'rating', '1')).toBe(false);
});
