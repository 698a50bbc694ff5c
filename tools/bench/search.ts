/**
 * How long the queries of the signals screen take, through HTTP and under the wall, one reader at a time:
 * `node tools/bench/search.ts [rows] [runs]`.
 */
import { SYSTEM } from '../../packages/server/src/access/index.ts';
import { takeSignals } from '../../packages/server/src/signals/index.ts';
import { learnAllWords } from '../../packages/server/src/signals/vocabulary.actions.ts';
import { openBenchHouse, sayLoad } from './intake-house.ts';
import { makeRows } from './intake-rows.ts';

const BATCH = 5_000;

/** Rare and common words as `makeRows` spreads them; `i` is the number of the run, so that no two are the same. */
const QUERIES: Readonly<Record<string, (i: number) => string>> = {
  'list, newest': () => 'signals?limit=50',
  'list, oldest': () => 'signals?limit=50&sort=oldest',
  'list, a day': (i) => `signals?from=${day(i)}&to=${day(i + 1)}`,
  'list, one star': () => 'signals?rating=1',
  'list, common word': (i) => `signals?q=${pick(['payout', 'crash', 'login', 'upload'], i)}`,
  'list, rare word': (i) => `signals?q=${pick(['tugocece', 'yozufodi', 'soxipebo', 'gukijovu'], i)}`,
  'list, phrase': (i) => `signals?q=${encodeURIComponent(pick(['"very bad"', '"app crash"', '"my money"'], i))}`,
  'list, beginning of a word': (i) => `signals?q=${pick(['pay', 'upl', 'fol', 'tug'], i)}`,
  'list, most relevant, common word': (i) => `signals?sort=relevance&q=${pick(['payout', 'crash', 'upload'], i)}`,
  'list, version': (i) => `signals?dimension=app_version:7.${i % 40}.0`,
  'list, version and word': (i) => `signals?dimension=app_version:7.${i % 40}.0&q=payout`,
  'list, query: word and fields': (i) => `signals?q=${said(`payout rating:<=2 app_version:7.${i % 40}.0`)}`,
  'list, query: either of two, without a third': () => `signals?q=${said('(payout OR upload) -login')}`,
  'list, query: versions from to': (i) => `signals?q=${said(`app_version:7.${i % 30}.0..7.${(i % 30) + 3}.0`)}`,
  'list, query: not a country, a day': (i) => `signals?q=${said(`-country:US at:${day(i).slice(0, 10)}`)}`,
  'list, query: author': () => `signals?q=${said('author:nobody')}`,
  'list, misspelt': (i) => `signals?q=${said(pick(['payuot~', 'uplaod~', 'crahs~'], i))}`,
  'list, more like this': (i) => `signals?sort=relevance&q=like:${pick(ids, i)}`,
  'head, query: word and field': () => `signals/summary?q=${said('payout rating:<=2')}`,
  'head, more like this': (i) => `signals/summary?q=like:${pick(ids, i)}`,
  'everything at once, common word': (i) => `search?q=${pick(['payout', 'crash', 'upload'], i)}`,
  'everything at once, rare word': (i) => `search?q=${pick(['tugocece', 'yozufodi'], i)}`,
  'help, values of a dimension': () => 'search/values?field=app_version&begun=7',
  'head, everything': () => 'signals/summary',
  'head, a day': (i) => `signals/summary?from=${day(i)}&to=${day(i + 1)}`,
  'head, one star': () => 'signals/summary?rating=1',
  'head, common word': (i) => `signals/summary?q=${pick(['payout', 'crash', 'login', 'upload'], i)}`,
  'head, rare word': (i) => `signals/summary?q=${pick(['tugocece', 'yozufodi', 'soxipebo', 'gukijovu'], i)}`,
  'head, version': (i) => `signals/summary?dimension=app_version:7.${i % 40}.0`,
  'head, country': (i) => `signals/summary?dimension=country:${pick(['US', 'DE', 'JP'], i)}`,
};

const said = encodeURIComponent;
const ids: string[] = [];
const pick = (words: readonly string[], i: number): string => words[i % words.length]!;
const day = (i: number): string => new Date(Date.UTC(2026, 0, 2 + (i % 30))).toISOString();

const [rows = 200_000, runs = 20] = process.argv.slice(2).map(Number);
const house = await openBenchHouse();
try {
  const source = await house.givenSource('search');
  for (let first = 0; first < rows; first += BATCH) {
    const delivery = makeRows(first, BATCH).map((value, i) => ({ row: i + 1, value }));
    await takeSignals(house.tools, SYSTEM.intake('open'), source, delivery);
  }
  await house.owner.query('vacuum analyze signals'); // as autovacuum does by itself a minute later
  let began = performance.now();
  await learnAllWords(house.tools);
  console.log(`vocabulary: ${((performance.now() - began) / 1000).toFixed(1)} s`);
  await house.owner.query('vacuum analyze search_words');
  const headers = await house.givenReader();
  const some = await house.owner.query('select signal_id as id from signals order by at desc limit 20');
  ids.push(...some.rows.map(({ id }) => id));
  const table: Record<string, object> = {};
  for (const [name, path] of Object.entries(QUERIES)) {
    const times: number[] = [];
    for (let i = -2; i < runs; i++) {
      began = performance.now();
      const reply = await fetch(`${house.url}/api/${path(Math.abs(i))}`, { headers });
      if (!reply.ok) throw new Error(`${path(i)}: ${await reply.text()}`);
      await reply.arrayBuffer();
      if (i >= 0) times.push(performance.now() - began); // the first two warm it up
    }
    times.sort((a, b) => a - b);
    table[name] = {
      'p50 ms': round(times[Math.floor(runs / 2)]!),
      'p95 ms': round(times[Math.ceil(runs * 0.95) - 1]!),
    };
  }
  console.table(table);
  console.log(`${rows} signals, ${runs} runs each; ${sayLoad()}`);
} finally {
  await house.close();
}

function round(ms: number): number {
  return Math.round(ms * 10) / 10;
}
