/** Under the wall PostgreSQL uses an index only for operators that are marked leakproof. Each query of the screen is held to its own. */
import { leavesOf } from '@groundswell/contract';
import type { RawBuilder } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openHouse, type TestHouse } from '../../test/house.ts';
import { withClient } from '../platform/embedded-postgres.ts';
import { explain } from '../platform/explain.ts';
import { NOTHING_ABOVE, type SpeltFilter } from './filter.store.ts';
import { askedBy } from './query.ts';
import { sampleOf } from './sample.store.ts';
import { type Page, pageQuery } from './search.store.ts';
import { countQuery, headQuery, probeQuery } from './summary.store.ts';
import { alikeQuery } from './vocabulary.store.ts';

const READER = { id: 'reader', compartments: ['open', 'legal'] };
const SOURCE = '0b6f1d0e-3a34-4f0c-9b52-0d6a4c1d7e01';

let house: TestHouse;
beforeAll(async () => {
  house = await openHouse();
  // Past intake, which has its own tests: 60,000 rows in a second or two. One word in 500 is rare.
  await house.owner.query(
    `insert into signals (signal_id, item_id, compartment, source_id, batch_id, external_id, revision, revised_at, latest,
       arrived_latest, at, received_at, kind, text, length, language, author, rating, dimensions, search)
     select gen_random_uuid(), gen_random_uuid(), case when i % 10 = 0 then 'legal' else 'open' end,
       case when i % 100 = 0 then $1::uuid else gen_random_uuid() end, 1, i::text, '', at, i % 20 > 0, true, at, at,
       'ticket', text, length(text), case when i % 300 = 0 then 'th' else 'en' end, 'p1_' || i % 3000, 1 + i % 5,
       jsonb_build_object('app_version', '7.' || i % 500, 'platform', case when i % 3 = 0 then 'ios' else 'android' end),
       to_tsvector('simple', text)
       from (select i, timestamptz '2026-01-01' + i * interval '1 minute' as at,
                    'the app word' || i % 500 || ' word' || i % 499 as text
               from generate_series(1, 60000) i) made`,
    [SOURCE],
  );
  await house.givenCompartment('legal');
  await house.owner.query(
    `insert into search_words select c, 'w' || md5(i::text), 1 from generate_series(1, 20000) i, unnest('{open,legal}'::text[]) c`,
  );
  await house.owner.query(
    `insert into signal_sample
     select signal_id, compartment, source_id, item_id, latest, at, kind, null, truncated, language, author, creator_tier, exposure,
            rating, dimensions, search from signals where latest and signal_id < '04000000-0000-0000-0000-000000000000'`,
  );
  await house.owner.query('vacuum analyze signal_sample');
  await house.owner.query('vacuum analyze search_words');
  await house.owner.query('vacuum analyze signals'); // vacuum also empties the pending list of the GIN index
}, 120_000);
afterAll(() => house.close());

const planOf = (query: RawBuilder<unknown>) => house.tools.db.as(READER, (db) => explain(db, query));
const page = (filter: Page['filter'], over: Partial<Page> = {}) =>
  pageQuery({ filter, sort: 'newest', after: null, limit: 50, ...over }, NOTHING_ABOVE);

const RARE = { q: 'word77' };
const RARE_BEGINNING = { q: 'the word4321' };
const RARE_VERSION = { dimension: 'app_version:7.77' };
/** What `understood` adds: two of them are in the table, as with values that were merged long ago. */
const MERGED_VERSION: SpeltFilter = {
  ...RARE_VERSION,
  spellings: [
    {
      compartment: 'open',
      name: 'app_version',
      asked: '7.77',
      values: ['7.78', '7.79', ...Array.from({ length: 18 }, (_, i) => `seven ${i}`)],
    },
  ],
};
/** As `understood` leaves it: the dimension is known, the word has neighbours. */
function asked(q: string): SpeltFilter {
  const said = askedBy(q);
  const meant = new Map(said.meant);
  for (const { node } of leavesOf(said.query.tree)) {
    if (node.type === 'field' && node.name === 'app_version') {
      meant.set(node, { as: 'dimension', name: 'app_version', values: ['7.77', '7.78'], spellings: [] });
    } else if (node.type === 'field' && node.name === 'source') meant.set(node, { as: 'sources', ids: [SOURCE] });
    else if (node.type === 'field' && node.name === 'id') {
      meant.set(node, { as: 'things', signalIds: [SOURCE], itemIds: [SOURCE] });
    } else if (node.type === 'field' && node.name === 'like') {
      const words = ['word77', 'word78', 'word80'].map((word) => ({ word, weight: 1 }));
      meant.set(node, { as: 'like', id: SOURCE, words, covered: false });
    } else if (node.type === 'word' && node.how === 'fuzzy')
      meant.set(node, { as: 'fuzzy', words: [['word77', 'word78']] });
  }
  return { q, asked: { ...said, meant } };
}

const after = { at: new Date('2026-01-20T00:00:00Z'), id: SOURCE, rank: null };

const WANTED: readonly [string, RawBuilder<unknown>, string][] = [
  ['words, newest first', page(RARE), 'signals_search'],
  ['words, most relevant first', page(RARE, { sort: 'relevance' }), 'signals_search'],
  ['the beginning of a word', page(RARE_BEGINNING), 'signals_search'],
  ['a phrase', page({ q: '"word77 word80"' }), 'signals_search'],
  ['counting by words', countQuery(RARE, NOTHING_ABOVE), 'signals_search'],
  ['the head by words', headQuery(RARE, NOTHING_ABOVE, null), 'signals_search'],
  ['a dimension', page(RARE_VERSION), 'signals_dimensions'],
  ['either of two values', page({ dimension: ['app_version:7.77', 'app_version:7.78'] }), 'signals_dimensions'],
  ['a dimension with 20 merged spellings', page(MERGED_VERSION), 'signals_dimensions'],
  ['counting by a merged dimension', countQuery(MERGED_VERSION, NOTHING_ABOVE), 'signals_dimensions'],
  ['the head by a merged dimension', headQuery(MERGED_VERSION, NOTHING_ABOVE, null), 'signals_dimensions'],
  ['counting by a dimension', countQuery(RARE_VERSION, NOTHING_ABOVE), 'signals_dimensions'],
  ['the head by a dimension', headQuery(RARE_VERSION, NOTHING_ABOVE, null), 'signals_dimensions'],
  ['everything, newest first', page({}), 'signals_newest'],
  ['everything, oldest first', page({}, { sort: 'oldest' }), 'signals_newest'],
  ['the next page', page({}, { after }), 'signals_newest'],
  ['a range of time', page({ from: '2026-01-10T00:00:00Z', to: '2026-01-11T00:00:00Z' }), 'signals_newest'],
  ['a source', page({ source: SOURCE }), 'signals_source'],
  ['a language', page({ language: 'th' }), 'signals_language'],
  ['a word and fields', page(asked('word77 -rating:1 language:en')), 'signals_search'],
  ['a word and fields, most relevant first', page(asked('word77 rating:<=2'), { sort: 'relevance' }), 'signals_search'],
  ['counting a word and a field', countQuery(asked('word77 exposure:0'), NOTHING_ABOVE), 'signals_search'],
  ['the head by a word and a field', headQuery(asked('word77 rating:1..3'), NOTHING_ABOVE, null), 'signals_search'],
  ['either of two words', countQuery(asked('word77 OR word80'), NOTHING_ABOVE), 'signals_search'],
  ['a group', countQuery(asked('the (word77 OR word80) -word81'), NOTHING_ABOVE), 'signals_search'],
  ['a word or a dimension', countQuery(asked('word77 OR app_version:7.77'), NOTHING_ABOVE), 'signals_dimensions'],
  ['a misspelt word', countQuery(asked('word76~'), NOTHING_ABOVE), 'signals_search'],
  ['more like this', page(asked('like:x'), { sort: 'relevance' }), 'signals_search'],
  ['counting more like this', countQuery(asked('like:x'), NOTHING_ABOVE), 'signals_search'],
  ['a known dimension', page(asked('app_version:7.77,7.78')), 'signals_dimensions'],
  ['a known source', page(asked('source:x')), 'signals_source'],
  ['a language in the query', page(asked('language:th')), 'signals_language'],
  ['a stretch of time in the query', page(asked('at:2026-01-10')), 'signals_newest'],
  ['an id', page(asked('id:x')), 'signals_item'],
  ['words that look alike', alikeQuery('w1234abcd'), 'search_words_alike'],
  ['an author', page(asked('author:p1_77')), 'signals_author'],
  ['counting an author', countQuery(asked('author:p1_77'), NOTHING_ABOVE), 'signals_author'],
  ['the head by an author', headQuery(asked('author:p1_77'), NOTHING_ABOVE, null), 'signals_author'],
  ['a part of a small table', headQuery({}, NOTHING_ABOVE, { ...sampleOf(60_000), faceted: 0.01 }), 'signals_pkey'],
  [
    'a part of a very large table',
    headQuery({}, NOTHING_ABOVE, { ...sampleOf(20_000_000), faceted: 0.001 }),
    'signal_sample_pkey',
  ],
  [
    'what is looked at before counting',
    probeQuery(RARE, NOTHING_ABOVE, sampleOf(1_000_000, 2_500)),
    'signal_sample_pkey',
  ],
];

test.each(WANTED)('%s', async (_, query, index) => {
  const plan = await planOf(query);
  expect(plan.indexes, plan.text).toContain(index);
  expect(
    plan.sequential.filter((table) => table === 'signals'),
    plan.text,
  ).toEqual([]);
});

test.each([
  ['ts_match_vq(tsvector, tsquery)', page(RARE), 'signals_search'],
  ['jsonb_contains(jsonb, jsonb)', page(RARE_VERSION), 'signals_dimensions'],
  ['similarity_op(text, text)', alikeQuery('w1234abcd'), 'search_words_alike'],
])('without the mark on %s its index is lost: the tests above guard something', async (name, query, index) => {
  const mark = (how: string) =>
    withClient(house.urlFor('superuser'), (client) => client.query(`alter function ${name} ${how}`));
  await mark('not leakproof');
  expect((await planOf(query)).indexes).not.toContain(index);
  await mark('leakproof');
  expect((await planOf(query)).indexes).toContain(index);
});
