/**
 * How long the queries of the screens take, through HTTP and under the wall, one reader at a time:
 * `node tools/bench/search.ts [rows] [runs] [--keep folder] [--plans file] [--only words]`. With `--keep` the data are made once and read
 * again by the next run. With `--plans` nothing is timed: how PostgreSQL goes about the slowest statement of each query is
 * written down.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { parseArgs } from 'node:util';
import { type BenchHouse, openBenchHouse, sayLoad } from './intake-house.ts';
import { processorMs } from './processor.ts';
import { fill } from './search-data.ts';

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
  'list, query: an author': (i) => `signals?q=${said(`author:${pick(authors, i)}`)}`,
  'list, query: an author whom nobody knows': () => `signals?q=${said('author:nobody')}`,
  'list, query: topic': (i) => `signals?q=${said(`topic:${pick(topics, i)}`)}`,
  'list, query: issue and word': (i) => `signals?q=${said(`issue:IS-${1 + (i % 40)} payout`)}`,
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
  'head, an author': (i) => `signals/summary?q=${said(`author:${pick(authors, i)}`)}`,
  'head, topic': (i) => `signals/summary?q=${said(`topic:${pick(topics, i)}`)}`,
  'head, misspelt': (i) => `signals/summary?q=${said(pick(['payuot~', 'uplaod~', 'crahs~'], i))}`,
  'issues, list': () => 'issues',
  'issues, most signals': () => 'issues?sort=signals',
  'issue, whole': (i) => `issues/IS-${1 + (i % 40)}`,
  'head, country': (i) => `signals/summary?dimension=country:${pick(['US', 'DE', 'JP'], i)}`,
};

const said = encodeURIComponent;
/** Things that are there, to be asked for. */
const ids: string[] = [];
const authors: string[] = [];
const topics: string[] = [];
const pick = (words: readonly string[], i: number): string => words[i % words.length]!;
const day = (i: number): string => new Date(Date.UTC(2026, 0, 2 + (i % 30))).toISOString();

/** What says nothing of the way that was taken. */
const ASIDE =
  /^ *(Storage|Batches|Buckets|Group Key|Sort Key|Sort Method|Cache|Hits|Index Searches|Window|Worker|Full-sort|Presorted)/;
/** The condition of every policy. */
const WALL =
  /\(?compartment = ANY \(string_to_array\(current_setting\('app\.compartments'::text, true\), ','::text\)\)\)?/g;
const LINES_MAX = 36;

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { keep: { type: 'string' }, plans: { type: 'string' }, only: { type: 'string', default: '' } },
});
const [rows = 200_000, runs = 20] = positionals.map(Number);
const asked = () => Object.entries(QUERIES).filter(([name]) => name.includes(values.only));
const plans: string[] = [];
const house = await openBenchHouse({
  kept: values.keep,
  ...(values.plans && { onPlan: (plan: string) => void plans.push(plan) }),
});
try {
  await fill(house, rows);
  const headers = await house.givenReader();
  await learnWhatIsThere(house);
  await (values.plans ? explainAll(headers, values.plans) : timeAll(headers));
} finally {
  await house.close();
}

async function learnWhatIsThere({ owner }: BenchHouse): Promise<void> {
  const some = await owner.query(
    `select signal_id as id, author from signals where compartment = 'open' order by at desc limit 20`,
  );
  for (const { id, author } of some.rows) {
    ids.push(id);
    authors.push(author);
  }
  // from the largest on
  const told = await owner.query('select topic_id as id from topic_signals group by 1 order by count(*) desc limit 20');
  topics.push(...told.rows.map(({ id }) => id));
}

async function ask(headers: Record<string, string>, path: string): Promise<number> {
  const began = performance.now();
  const reply = await fetch(`${house.url}/api/${path}`, { headers });
  if (!reply.ok) throw new Error(`${path}: ${await reply.text()}`);
  await reply.arrayBuffer();
  return performance.now() - began;
}

async function timeAll(headers: Record<string, string>): Promise<void> {
  const table: Record<string, object> = {};
  for (const [name, path] of asked()) {
    const times: number[] = [];
    let processor = 0;
    for (let i = -2; i < runs; i++) {
      if (i === 0) processor = await processorMs(house);
      const ms = await ask(headers, path(Math.abs(i)));
      if (i >= 0) times.push(ms); // the first two warm it up
    }
    processor = (await processorMs(house)) - processor;
    times.sort((a, b) => a - b);
    table[name] = {
      'p50 ms': round(times[Math.floor(runs / 2)]!),
      'p95 ms': round(times[Math.ceil(runs * 0.95) - 1]!),
      'processor ms': round(processor / runs),
    };
  }
  console.table(table);
  console.log(`${rows} signals, ${runs} runs each; ${sayLoad()}`);
}

async function explainAll(headers: Record<string, string>, file: string): Promise<void> {
  const told: string[] = [];
  for (const [name, path] of asked()) {
    await ask(headers, path(0));
    plans.length = 0;
    await ask(headers, path(0));
    const durationOf = (plan: string) => Number(/^duration: ([\d.]+) ms/.exec(plan)?.[1] ?? 0);
    const [slowest] = plans.toSorted((a, b) => durationOf(b) - durationOf(a));
    told.push(`== ${name} (${plans.length} statements of 2 ms and more)\n${slowest ? inShort(slowest) : 'none'}\n`);
  }
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, `${rows} signals; ${sayLoad()}\n\n${told.join('\n')}`);
  console.log(`${told.length} plans in ${file}`);
}

/** Without the text of the statement and what goes without saying. */
function inShort(plan: string): string {
  const [first, ...lines] = plan.split('\n');
  const from = lines.findIndex((line) => line.includes('(cost='));
  const kept = lines
    .slice(from)
    .filter((line) => !ASIDE.test(line))
    .map((line) => line.replaceAll(WALL, 'wall').replace(/\(cost=\S+ (rows=\d+) width=\d+\)/, '(guessed $1)'))
    .map((line) => (line.length > 150 ? `${line.slice(0, 150)} …` : line));
  const left = kept.length - LINES_MAX;
  const end = left > 0 ? [`… ${left} more lines`] : [];
  return [first!.replace(' plan:', ''), ...kept.slice(0, LINES_MAX), ...end].join('\n');
}

function round(ms: number): number {
  return Math.round(ms * 10) / 10;
}
