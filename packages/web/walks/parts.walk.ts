/** The living page of parts: whole and accessible in both themes and both directions, and not to be found in the product. */
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Browser, chromium, type Page } from 'playwright-core';
import { build, type PreviewServer, preview } from 'vite';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { ground, tooWide } from './body-checks.ts';
import { atRest, expectAccessible, QUIET } from './stage.ts';

const WEB = join(import.meta.dirname, '..');
const DIALOGS = ['Dismiss…', 'Dismiss, refused…', 'Close…', 'Confirm what was dismissed…', 'All keys', 'Export CSV'];

const folder = mkdtempSync(join(tmpdir(), 'groundswell-parts-'));
let server: PreviewServer;
let browser: Browser;
let page: Page;
const errors: string[] = [];

/** Built as the product is, from its own door: what the development server shows, without waiting for it to warm up. */
beforeAll(async () => {
  const outDir = join(folder, 'dist');
  const input = join(WEB, 'parts.html');
  await build({ root: WEB, logLevel: 'warn', build: { outDir, emptyOutDir: true, rolldownOptions: { input } } });
  server = await preview({ root: WEB, logLevel: 'silent', build: { outDir }, preview: { port: 0 } });
  browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium', args: QUIET });
  const context = await browser.newContext({ baseURL: server.resolvedUrls!.local[0], locale: 'en-GB' });
  page = await context.newPage();
  page.setDefaultTimeout(60_000);
  page.on('pageerror', (error) => errors.push(String(error)));
}, 120_000);
afterAll(async () => {
  await browser?.close();
  await server?.close();
  rmSync(folder, { recursive: true, force: true });
});

test.each([
  ['light', 'ltr'],
  ['dark', 'ltr'],
  ['light', 'rtl'],
  ['dark', 'rtl'],
])('every part is accessible: %s, %s', async (theme, dir) => {
  await page.setViewportSize({ width: 1440, height: 900 });
  await page.goto(`/parts?theme=${theme}&dir=${dir}`);
  await page.getByRole('heading', { name: 'Parts', exact: true }).waitFor();
  expect(await page.locator('html').getAttribute('dir')).toBe(dir);
  expect(await page.locator('html').getAttribute('data-mantine-color-scheme')).toBe(theme);
  await page.locator('.time-series svg').first().waitFor();
  await expectAccessible(page, `parts, ${theme}, ${dir}`);
  await page.setViewportSize({ width: 320, height: 640 });
  expect(await page.evaluate(tooWide)).toEqual([]);
  expect(errors).toEqual([]);
});

test.each(DIALOGS)('a dialog opens, is accessible, takes the focus and gives it back: %s', async (name) => {
  await page.setViewportSize({ width: 1440, height: 900 });
  await page.goto('/parts?theme=dark');
  const opener = page.getByRole('button', { name, exact: true });
  await opener.click();
  const dialog = page.getByRole('dialog');
  await dialog.locator(':focus').waitFor();
  await expectAccessible(page, `dialog ${name}`, '[role="dialog"]'); // what lies behind it was looked at before
  await page.keyboard.press('Escape');
  await dialog.waitFor({ state: 'detached' });
  await opener.and(page.locator(':focus')).waitFor();
  expect(errors).toEqual([]);
});

test('hover and focus are shown as the style sheets have them', async () => {
  await page.goto('/parts');
  const plain = page.locator('.btn.go:not([class*="is-"]):enabled').first();
  const groundOf = (of: typeof plain) => of.evaluate(ground);
  const held = await groundOf(page.locator('.btn.go.is-hovered'));
  expect(held).not.toBe(await groundOf(plain));
  await plain.hover();
  await page.waitForTimeout(300); // the ground changes over 120 ms
  expect(await groundOf(plain)).toBe(held);
});

test('a page that failed keeps its head', async () => {
  await page.goto('/parts?page=failed');
  await page.getByRole('alert').getByText(/7F3A/).waitFor();
  await atRest(page);
  await expectAccessible(page, 'failed page');
});

test('the product holds nothing of it', () => {
  const assets = join(WEB, 'dist', 'assets');
  const scripts = readdirSync(assets).filter((name) => name.endsWith('.js'));
  expect(scripts.length).toBeGreaterThan(5);
  const own = join(folder, 'dist', 'assets');
  const marker = 'Only while one works on them';
  const holding = (where: string) =>
    readdirSync(where).filter(
      (name) => name.endsWith('.js') && readFileSync(join(where, name), 'utf8').includes(marker),
    );
  expect(holding(own)).not.toEqual([]);
  expect(holding(assets)).toEqual([]);
  expect(readdirSync(join(WEB, 'dist'))).not.toContain('parts.html');
});
