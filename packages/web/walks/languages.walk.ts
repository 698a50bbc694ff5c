/** Every screen in a language that does not exist, which shows what was forgotten, and the main ones from right to left. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { cutText, tooWide } from './body-checks.ts';
import { givenCase } from './given-case.ts';
import { bareTexts, mirrored, mixedDirections } from './language-checks.ts';
import { pseudo } from './pseudo.ts';
import { addressOf, routes } from './routes.ts';
import { atRest, expectAccessible, makeAdmin, openStage, type Stage, senderOf } from './stage.ts';
import { PAYOUT_LATE, UPLOAD_STUCK, voices } from './world.ts';

const DAY_MS = 86_400_000;
const LOCALES = join(import.meta.dirname, '..', 'src', 'locales');
const read = (language: string) => JSON.parse(readFileSync(join(LOCALES, `${language}.json`), 'utf8'));

let stage: Stage;
let saved: Parameters<Stage['open']>[2];
const given: Record<string, string> = {
  '/dimensions/$name': '/dimensions/app_version',
  '/people/roles/$name': '/people/roles/admin',
};

beforeAll(async () => {
  stage = await openStage();
  const page = await stage.open('light');
  await makeAdmin(stage, page);
  await givenRows(page);
  saved = await page.context().storageState();
}, 300_000);
afterAll(() => stage?.close());

/** Five weeks of reviews with a surge in them: lists with rows, an issue, an import. */
async function givenRows(page: Page): Promise<void> {
  const post = await senderOf(stage, page);
  const { me } = await (await page.request.get('/api/session')).json();
  const { id: sourceId } = await post('/api/sources', { name: '2026-AB', kind: 'app_review' });
  const rows = voices({
    seed: 11,
    start: new Date(Math.floor(Date.now() / DAY_MS) * DAY_MS - 61 * DAY_MS),
    days: 56,
    perDay: 50,
    surges: [
      { day: 30, hours: 30, count: 70, theme: PAYOUT_LATE, slice: { country: 'DE' } },
      { day: 45, hours: 30, count: 70, theme: UPLOAD_STUCK, slice: { country: 'BR' } },
    ],
  });
  const uploaded = await page.request.post('/api/imports?fileName=reviews.jsonl', {
    headers: { 'x-groundswell-csrf': me.csrf, origin: stage.address, 'content-type': 'application/octet-stream' },
    data: Buffer.from(rows.map((row) => JSON.stringify(row)).join('\n')),
  });
  const { id, suggested } = await uploaded.json();
  await post(`/api/imports/${id}/start`, { sourceId, mapping: suggested });
  const issues = async () => (await (await page.request.get('/api/issues?group=all')).json()).issues;
  await vi.waitUntil(async () => (await issues()).length >= 2, { timeout: 120_000, interval: 500 });
  given['/issues/$id'] = `/issues/${(await issues())[0].key}`;
  given['/cases/$id'] = await givenCase(post, '2026-AB');
  given['/import/$id'] = `/import/${id}`;
}

/** A page that speaks `language`, with other words for it where they are given. */
async function speaking(language: string, inside: boolean, words?: object): Promise<Page> {
  const page = await stage.open('light', 'desk', inside ? saved : undefined);
  page.setDefaultTimeout(60_000);
  await page.emulateMedia({ reducedMotion: 'reduce' });
  await page.addInitScript((tag) => localStorage.setItem('groundswell.language', tag), language);
  if (words)
    await page.route(new RegExp(`/assets/${language}-[^/]+\\.js`), (route) =>
      route.fulfill({ contentType: 'text/javascript', body: `export default ${JSON.stringify(words)}` }),
    );
  return page;
}

async function open(page: Page, address: string, width: number): Promise<void> {
  await page.setViewportSize({ width, height: 800 });
  await page.goto(address);
  await page.locator('h1').first().waitFor();
  await atRest(page);
}

test('no screen shows a text that is not one of the language, and none is cut off when it is longer', {
  timeout: 600_000,
}, async () => {
  const words = pseudo(read('en'));
  const found: string[] = [];
  for (const inside of [true, false]) {
    const page = await speaking('de', inside, words);
    for (const route of routes().filter((one) => one.inside === inside)) {
      const say = (troubles: readonly string[], where = '') => {
        for (const one of troubles) found.push(`${route.pattern}${where} · ${one}`);
      };
      await open(page, addressOf(route, given), 1280);
      say(await page.evaluate(bareTexts));
      say([...(await page.evaluate(cutText)), ...(await page.evaluate(tooWide))], ' · 1280 px');
      await page.setViewportSize({ width: 390, height: 844 });
      await page.waitForTimeout(150);
      say([...(await page.evaluate(cutText)), ...(await page.evaluate(tooWide))], ' · 390 px');
    }
    await page.context().close();
  }
  expect([...new Set(found)]).toEqual([]);
});

/** What opens over a screen, by the key that opens it. */
const DIALOGS: readonly (readonly [pattern: string, key: string])[] = [
  ['/', '?'],
  ['/', 'Control+k'],
  ['/issues', 'w'],
  ['/issues/$id', 'r'],
  ['/issues/$id', 'd'],
  ['/issues/$id', 'm'],
  ['/issues/$id', 's'],
  ['/issues/$id', 'l'],
  ['/cases/$id', 'w'],
  ['/cases/$id', 'e'],
  ['/cases/$id', 'd'],
  ['/cases/$id', 'x'],
  ['/cases/$id', 'h'],
  ['/cases/$id', 'y'],
  ['/signals', 'w'],
  ['/changes', 'n'],
  ['/people', 'n'],
];

test('neither does what opens over them', { timeout: 600_000 }, async () => {
  const page = await speaking('de', true, pseudo(read('en')));
  const found: string[] = [];
  for (const [pattern, key] of DIALOGS) {
    await open(page, given[pattern] ?? pattern, 1280);
    await page.keyboard.press(key);
    await page.getByRole('dialog').waitFor();
    await atRest(page);
    const troubles = [...(await page.evaluate(bareTexts)), ...(await page.evaluate(cutText))];
    await page.setViewportSize({ width: 390, height: 844 });
    await page.waitForTimeout(150);
    troubles.push(...(await page.evaluate(cutText)), ...(await page.evaluate(tooWide)));
    for (const one of troubles) found.push(`${pattern} · ${key} · ${one}`);
  }
  expect([...new Set(found)]).toEqual([]);
  await page.context().close();
});

/** Where one works all day; the other screens are walked from right to left by the walk of accessibility. */
const MAIN = [
  '/',
  '/issues',
  '/issues/$id',
  '/cases',
  '/cases/$id',
  '/signals',
  '/search',
  '/people',
  '/sources',
  '/me',
];

test('Arabic reads from the right: mirrored, reachable, keys and codes in their own order', {
  timeout: 600_000,
}, async () => {
  const page = await speaking('ar', true);
  const found: string[] = [];
  for (const pattern of MAIN) {
    await open(page, given[pattern] ?? pattern, 1280);
    await expectAccessible(page, `${pattern} in Arabic`);
    for (const width of [1280, 390]) {
      await page.setViewportSize({ width, height: 844 });
      await page.waitForTimeout(150);
      const troubles = [
        ...(await page.evaluate(mirrored)),
        ...(await page.evaluate(mixedDirections)),
        ...(await page.evaluate(tooWide)),
        ...(await page.evaluate(cutText)),
      ];
      for (const one of troubles) found.push(`${pattern} · ${width} px · ${one}`);
    }
  }
  expect(found).toEqual([]);

  await open(page, '/issues?group=all', 1280);
  const row = () => page.evaluate(() => document.activeElement?.closest('[data-row]')?.getAttribute('data-row') ?? '');
  const at: string[] = [];
  for (const key of ['j', 'j', 'k']) {
    await page.keyboard.press(key);
    at.push(await row());
  }
  expect(new Set(at.slice(0, 2)).size, 'j goes down, whichever way the page reads').toBe(2);
  expect(at[2], 'k goes back up').toBe(at[0]);
  await page.context().close();
});

test('a reader chooses the language at the door and on their own page, and times keep UTC', {
  timeout: 120_000,
}, async () => {
  const door = await stage.open('light');
  await door.goto('/sign-in');
  await door.getByRole('combobox', { name: 'Language' }).selectOption('fr');
  await door.getByRole('heading', { name: 'Se connecter' }).waitFor();
  expect(await door.evaluate(() => document.documentElement.lang)).toBe('fr');
  await door.reload();
  await door.getByRole('heading', { name: 'Se connecter' }).waitFor();
  await door.context().close();

  const page = await stage.open('light', 'desk', saved);
  await open(page, '/me', 1280);
  await page.getByRole('combobox', { name: 'Language' }).selectOption('ja');
  await page.getByRole('heading', { name: read('ja').mine.title }).waitFor();
  const times = await page.locator('time').evaluateAll((all) => all.map((one) => one.getAttribute('title') ?? ''));
  expect(times.length).toBeGreaterThan(0);
  expect(times.filter((title) => !title.includes('UTC'))).toEqual([]);
  await page.getByRole('combobox').first().selectOption('');
  await page.getByRole('heading', { name: 'My account' }).waitFor();
  expect(await page.evaluate(() => localStorage.getItem('groundswell.language'))).toBeNull();
  await page.context().close();
});
