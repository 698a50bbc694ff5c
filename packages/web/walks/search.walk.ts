/** Finding something by keyboard alone: words, phrases, fields, ranges, other scripts, why it was found, and back again. */
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { atRest, expectAccessible, makeAdmin, openStage, type Stage, senderOf } from './stage.ts';
import { UPLOAD_STUCK, voices } from './world.ts';

const DAY_MS = 86_400_000;
let stage: Stage;
let page: Page;
const errors: string[] = [];

const history = voices({
  seed: 11,
  start: new Date(Math.floor(Date.now() / DAY_MS) * DAY_MS - 61 * DAY_MS),
  days: 40,
  perDay: 40,
  surges: [{ day: 30, hours: 30, count: 70, theme: UPLOAD_STUCK, slice: { country: 'BR' } }],
});
const ONE = 'unpronounceableandendless'.repeat(12);
const at = (days: number) => new Date(Date.now() - days * DAY_MS).toISOString();
const SAID = [
  { id: 'zebra', text: 'the zebra button is gone since the update', dimensions: { country: 'NZ' }, rating: 1 },
  { id: 'turned', text: 'since the update the button of the zebra works', dimensions: { country: 'AU' }, rating: 5 },
  { id: 'ja', text: '動画をアップロードできません。何度試しても止まります', dimensions: { country: 'JP' }, rating: 2 },
  { id: 'ar', text: 'لا أستطيع تحميل الفيديو منذ التحديث الأخير', dimensions: { country: 'EG' }, rating: 2 },
  { id: 'long', text: `the quagga ${ONE} ${'and so it goes on and on '.repeat(150)}`, rating: 3 },
  { id: 'covered', text: 'the okapi said what nobody should have to read', exposure: 3, rating: 1 },
];

beforeAll(async () => {
  stage = await openStage();
  page = await stage.open('light');
  page.setDefaultTimeout(20_000);
  page.on('pageerror', (error) => errors.push(String(error)));
  await makeAdmin(stage, page);
  const post = await senderOf(stage, page);
  const { me } = await (await page.request.get('/api/session')).json();
  const source = await post('/api/sources', { name: 'App reviews', kind: 'app_review' });
  const uploaded = await page.request.post('/api/imports?fileName=reviews.jsonl', {
    headers: { 'x-groundswell-csrf': me.csrf, origin: stage.address, 'content-type': 'application/octet-stream' },
    data: Buffer.from(history.map((row) => JSON.stringify(row)).join('\n')),
  });
  const { id, suggested } = await uploaded.json();
  await post(`/api/imports/${id}/start`, { sourceId: source.id, mapping: suggested });
  const issues = async () => (await (await page.request.get('/api/issues?group=all')).json()).issues.length;
  await vi.waitUntil(async () => (await issues()) >= 1, { timeout: 120_000, interval: 500 });
  const rows = SAID.map((row, i) => ({ ...row, ts: at(i) }));
  await post(`/api/signals?source=${source.id}`, rows);
  // words that are close to others are learnt by a job of the clock
  const close = async () => (await (await page.request.get('/api/search?q=zebar~')).json()).signals.total;
  await vi.waitUntil(async () => (await close()) === 2, { timeout: 120_000, interval: 1_000 });
}, 240_000);
afterAll(() => stage?.close());

const press = async (...keys: string[]) => {
  for (const key of keys) await page.keyboard.press(key);
};
/** As long as a slow machine may take. */
const until = (there: () => Promise<boolean>) => vi.waitUntil(there, { timeout: 20_000, interval: 100 });
const field = () => page.getByRole('combobox', { name: 'Search everything' });
/** From anywhere: `/` goes to the field, what is written takes the place of what stood there, Enter searches. */
async function search(q: string): Promise<void> {
  if (!(await field().evaluate('(one) => one === document.activeElement'))) await press('/');
  await field().and(page.locator(':focus')).waitFor();
  await press('Control+a');
  await page.keyboard.insertText(q);
  await press('Enter');
  await page.waitForURL((url) => url.searchParams.get('q') === q);
  await until(async () => (await page.locator('.search-found').getAttribute('aria-busy')) !== 'true');
  await atRest(page);
}
const panel = (kind: 'Signals' | 'Topics' | 'Issues') =>
  page.locator('section.panel', { has: page.getByRole('heading', { name: new RegExp(`^${kind} · `) }) });
const signals = () => panel('Signals').locator('.hit');
async function tabTo(name: RegExp): Promise<void> {
  for (let i = 0; i < 120; i++) {
    await press('Tab');
    const said = await page.evaluate<string>(
      '(document.activeElement?.getAttribute("aria-label") ?? document.activeElement?.textContent ?? "").trim()',
    );
    if (name.test(said)) return;
  }
  throw new Error(`No way by Tab to ${name}`);
}

test('help comes while one types: fields, then their values, taken with the arrows and Tab', async () => {
  await page.goto('/search');
  await field().and(page.locator(':focus')).waitFor();
  await page.keyboard.type('coun');
  const help = page.getByRole('listbox', { name: 'What could be written here' });
  await help.getByRole('option', { name: /^country/ }).waitFor();
  await expectAccessible(page, 'help of the field');
  await press('ArrowDown', 'Tab');
  await until(async () => (await field().inputValue()) === 'country:');
  await page.keyboard.type('N');
  await help.getByRole('option', { name: /^NZ/ }).waitFor();
  await press('ArrowDown', 'Tab', 'Enter');
  await page.waitForURL(/country/);
  await atRest(page);
  await until(async () => (await signals().count()) === 1);
});

test.each([
  ['words, in any order', 'zebra button', 2],
  ['a phrase, as it stands', '"zebra button"', 1],
  ['a field and its value', 'zebra country:NZ', 1],
  ['a range', 'zebra rating:4..5', 1],
  ['what must not be there', 'zebra -works', 1],
  ['a misspelt word, close enough', 'zebar~', 2],
  ['Japanese, which leaves no space between words', 'アップロード', 1],
  ['Arabic', 'تحميل', 1],
])('%s', async (_what, q, hits) => {
  await page.goto('/search');
  await search(q);
  await until(async () => (await signals().count()) === hits);
  expect(await page.getByRole('status').filter({ hasText: 'Found: signals' }).textContent()).toContain(
    `signals ${hits},`,
  );
});

test('says why: the words as they stand, what a misspelt one was close to, and the field that holds', async () => {
  await search('zebar~ country:NZ');
  await until(async () => (await signals().count()) === 1);
  const why = await signals().first().textContent();
  expect(why).toMatch(/“zebra”.*zebar/s);
  expect(why).toContain('NZ');
  expect(await signals().first().locator('mark').allTextContents()).toEqual(['zebra']);
});

test('topics and issues beside the signals; one is opened and left, and the list goes on where it was', async () => {
  const [issue] = (await (await page.request.get('/api/issues?group=all')).json()).issues;
  const [word] = /\p{L}{4,}/u.exec(issue.title)!; // what the engine calls it is for the engine to say
  await page.goto('/search');
  await search(word);
  await until(async () => (await panel('Issues').locator('.hit').count()) > 0);
  expect(await panel('Topics').locator('.hit').count()).toBeGreaterThan(0);
  await press('Escape', 'j', 'Enter');
  await page.waitForURL(/\/issues\/IS-/);
  await atRest(page);
  await page.goBack(); // Alt and the arrow belong to the browser's own frame, which has no keys here
  await page.waitForURL((url) => url.searchParams.get('q') === word);
  await atRest(page);
  await until(async () => (await panel('Issues').locator('.hit').count()) > 0);
  await press('j', 'j');
  const on = await page.evaluate<string>('document.activeElement?.closest("[data-row]")?.className ?? ""');
  expect(on).toBe('hit');
});

test('to Signals: ranked or by time, facets with counts, and more like one of them', async () => {
  await page.goto('/search');
  await search('upload');
  await press('Escape');
  await tabTo(/^Open in Signals$/);
  await press('Enter');
  await page.waitForURL(/\/signals\?.*sort=relevance/);
  await page.locator('[data-row]').first().waitFor();
  const facet = page.getByRole('group', { name: 'country' }).getByRole('checkbox').first();
  await facet.waitFor();
  expect(await page.getByRole('group', { name: 'country' }).textContent()).toMatch(/BR\s*\d+/);
  const first = () => page.locator('[data-row]').first().getAttribute('data-row');
  const ranked = await first();
  await facet.focus();
  await press('Space');
  await page.waitForURL(/country/);
  await atRest(page);
  await press('Space');
  await page.waitForURL((url) => !url.search.includes('country'));
  const sort = page.getByRole('combobox', { name: 'Order' });
  await sort.focus();
  await press('ArrowUp');
  await page.waitForURL((url) => url.searchParams.get('sort') !== 'relevance');
  await atRest(page);
  expect(ranked).not.toBeNull();
  // out of the field, where letters are letters, into the rows
  const inRows = () => page.evaluate<boolean>('!!document.activeElement?.closest("[data-row]")');
  for (let i = 0; i < 80 && !(await inRows()); i++) await press('Tab');
  await press('j', 'Enter');
  await page.waitForURL(/open=/);
  await page.getByRole('button', { name: /More like this/ }).waitFor();
  await press('Escape');
  expect(errors).toEqual([]);
});

test('a list of hits leaves as a file by keyboard', async () => {
  await page.goto('/search?q=zebra');
  await atRest(page);
  await tabTo(/^Export CSV: Signals$/);
  await press('Enter');
  await page.getByRole('dialog', { name: 'Export CSV: Signals' }).waitFor();
  const saved = page.waitForEvent('download');
  await press('Enter');
  expect((await saved).suggestedFilename()).toMatch(/^groundswell-signals-.*\.csv$/);
  await press('Escape');
});

test('nothing found, a very long text, a covered one, an error and an address that asks nothing: all in words', async () => {
  await page.goto('/search');
  await search('nosuchwordanywhere');
  await page.getByText('No signal matches.').waitFor();
  await search('quagga');
  await until(async () => (await signals().count()) === 1);
  const width = 'document.documentElement.scrollWidth - document.documentElement.clientWidth';
  expect(await page.evaluate<number>(width)).toBeLessThanOrEqual(0);
  await search('okapi');
  await until(async () => (await signals().count()) === 1);
  expect(await signals().first().textContent()).not.toContain('nobody should have to read');
  await page.route('**/api/search?**', (route) => route.abort());
  await page.goto('/search?q=anything');
  await page.getByRole('alert').waitFor();
  await expectAccessible(page, 'search, failed');
  await page.unroute('**/api/search?**');
});

test.each(['light', 'dark'] as const)('hits meet WCAG in %s, also from right to left and on a phone', async (look) => {
  const saved = await page.context().storageState();
  for (const size of ['desk', 'phone'] as const) {
    const one = await stage.open(look, size, saved);
    await one.goto('/search?q=upload');
    await one.locator('.hit').first().waitFor();
    await atRest(one);
    await expectAccessible(one, `search ${look} ${size}`);
    await one.evaluate('document.documentElement.dir = "rtl"');
    await expectAccessible(one, `search ${look} ${size} rtl`);
    const width = 'document.documentElement.scrollWidth - document.documentElement.clientWidth';
    expect(await one.evaluate<number>(width)).toBeLessThanOrEqual(0);
    await one.context().close();
  }
});
