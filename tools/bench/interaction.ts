/**
 * How long the screens take from a key or a click to what is painted next, by the browser's own event timing, over the data
 * of `search.ts`: `node tools/bench/interaction.ts [rows] [times] [--keep folder] [--only words] [--profile folder]`, after
 * `npm run build`. Whoever reads may decide and give, as those who live in these lists may: each row wears its acts. With
 * `--profile` the processor's time goes into files that the browser's own tools open; that slows what is measured.
 */
import { existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { chromium, type Page } from 'playwright-core';
import { openBenchHouse, sayLoad } from './intake-house.ts';
import { fill } from './search-data.ts';

/** Without these Chromium asks its maker's servers for things at every start; `--no-sandbox` because CI is root. */
const QUIET = ['--headless', '--no-sandbox', '--disable-gpu', '--no-first-run', '--disable-background-networking'];
const WORDS = 'payout upload crash login ';

/** The browser tells of what took 16 ms and more; each interaction is counted once, by the longest of its events. */
const WATCH = `
  globalThis.took = new Map();
  new PerformanceObserver((list) => {
    for (const one of list.getEntries()) {
      if (one.interactionId) took.set(one.interactionId, Math.max(took.get(one.interactionId) ?? 0, one.duration));
    }
  }).observe({ type: 'event', durationThreshold: 16, buffered: true });`;

interface Doing {
  readonly at: string;
  /** What is there when the screen is. */
  readonly ready: string;
  /** Interactions of one turn. */
  readonly each: number;
  readonly act: (page: Page, turn: number) => Promise<void>;
}

const key = (page: Page, keys: string) => page.keyboard.press(keys);
const back = async (page: Page, ready: string) => {
  await page.goBack();
  await page.locator(ready).first().waitFor();
};
const ROW = '[data-row]';

const DOINGS: Readonly<Record<string, Doing>> = {
  'signals: open the list': {
    at: '/',
    ready: 'main h1',
    each: 1,
    act: async (page) => {
      await page.locator('nav a[href$="/signals"]').first().click();
      await page.locator(ROW).first().waitFor();
      await back(page, 'main h1');
    },
  },
  'signals: a step, j and k': {
    at: '/signals',
    ready: ROW,
    each: 1,
    act: (page, turn) => key(page, turn % 5 === 4 ? 'k' : 'j'),
  },
  'signals: open one': {
    at: '/signals',
    ready: ROW,
    each: 1,
    act: async (page, turn) => {
      await page
        .locator(ROW)
        .nth(turn % 20)
        .locator('a, button')
        .first()
        .click();
    },
  },
  'signals: a letter in the search field': {
    at: '/signals',
    ready: ROW,
    each: 1,
    act: async (page, turn) => {
      if (turn === 0) await page.locator('main input[role="combobox"]').first().focus();
      await page.keyboard.press(WORDS[turn % WORDS.length] === ' ' ? 'Space' : WORDS[turn % WORDS.length]!);
    },
  },
  'issues: a step, j and k': {
    at: '/issues',
    ready: ROW,
    each: 1,
    act: (page, turn) => key(page, turn % 5 === 4 ? 'k' : 'j'),
  },
  'issues: table to board and back': { at: '/issues', ready: ROW, each: 1, act: (page) => key(page, 'b') },
  'issue: open the page': {
    at: '/issues',
    ready: ROW,
    each: 1,
    act: async (page, turn) => {
      await page
        .locator(ROW)
        .nth(turn % 20)
        .locator('a[href*="/issues/IS-"]')
        .first()
        .click();
      await page.waitForURL(/\/issues\/IS-/);
      await back(page, ROW);
    },
  },
};

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { keep: { type: 'string' }, only: { type: 'string' }, profile: { type: 'string' } },
});
const [rows = 200_000, times = 30] = positionals.map(Number);
const house = await openBenchHouse({ kept: values.keep });
const browser = await chromium.launch({ executablePath: findBrowser(), args: QUIET });
try {
  await fill(house, rows);
  const { cookie = '' } = await house.givenReader(['open'], 'specialist');
  const context = await browser.newContext({ baseURL: house.url, viewport: { width: 1440, height: 900 } });
  await context.addCookies([{ name: 'groundswell', value: cookie.replace('groundswell=', ''), url: house.url }]);
  await context.addInitScript(WATCH);
  const table: Record<string, object> = {};
  for (const [name, doing] of Object.entries(DOINGS)) {
    if (!name.includes(values.only ?? '')) continue;
    try {
      table[name] = said(await timesOf(await context.newPage(), doing, name));
    } catch (error) {
      table[name] = { missed: String(error).split('\n')[0] };
      process.exitCode = 1;
    }
  }
  console.table(table);
  console.log(`${rows} signals, ${times} times each; ${sayLoad()}`);
} finally {
  await browser.close();
  await house.close();
}

/** What was painted faster than the browser tells counts as 16 ms. */
async function timesOf(page: Page, { at, ready, each, act }: Doing, name: string): Promise<Took> {
  const browserSays = await page.context().newCDPSession(page);
  await browserSays.send('Performance.enable', { timeDomain: 'threadTicks' });
  const processorMs = async () => {
    const { metrics } = await browserSays.send('Performance.getMetrics');
    return 1000 * (metrics.find(({ name }) => name === 'TaskDuration')?.value ?? 0);
  };
  await page.goto(at);
  await page.locator(ready).first().waitFor();
  await page.waitForTimeout(2_000); // charts come after the rest
  await page.evaluate('took.clear()');
  if (values.profile) {
    await browserSays.send('Profiler.enable');
    await browserSays.send('Profiler.setSamplingInterval', { interval: 200 });
    await browserSays.send('Profiler.start');
  }
  const before = await processorMs();
  for (let turn = 0; turn < times; turn++) {
    await act(page, turn);
    await page.waitForTimeout(150);
  }
  await page.waitForTimeout(500);
  const processor = ((await processorMs()) - before) / (times * each);
  if (values.profile) {
    mkdirSync(values.profile, { recursive: true });
    const { profile } = await browserSays.send('Profiler.stop');
    writeFileSync(join(values.profile, `${name.replaceAll(/\W+/g, '-')}.cpuprofile`), JSON.stringify(profile));
  }
  const slow = (await page.evaluate('[...took.values()]')) as number[];
  await page.close();
  const faster = new Array<number>(Math.max(0, times * each - slow.length)).fill(16);
  return { processor, sorted: [...slow, ...faster].sort((a, b) => a - b) };
}

interface Took {
  readonly sorted: readonly number[];
  /**
   * Of the page's own thread, for each interaction with all that follows from it until the next: what a busy machine leaves
   * as it is.
   */
  readonly processor: number;
}

function said({ sorted, processor }: Took): object {
  const at = (share: number) => Math.round(sorted[Math.max(0, Math.ceil(sorted.length * share) - 1)]!);
  return { 'p50 ms': at(0.5), 'p95 ms': at(0.95), 'largest ms': at(1), 'processor ms': Math.round(processor) };
}

function findBrowser(): string {
  const named = process.env.CHROMIUM;
  const found =
    named ??
    readdirSync('/usr/bin')
      .filter((file) => /^chromium/.test(file))
      .map((file) => `/usr/bin/${file}`)[0];
  if (!found || !existsSync(found)) throw new Error('There is no chromium here: install it, or name one in CHROMIUM.');
  return found;
}
