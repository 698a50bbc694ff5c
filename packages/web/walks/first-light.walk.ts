/** The main job, as a newcomer does it: from the printed link to an issue that was decided, and back to it by its address. */
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { atRest, expectAccessible, makeAdmin, openStage, type Stage } from './stage.ts';
import { PAYOUT_LATE, UPLOAD_STUCK, voices } from './world.ts';

const DAY_MS = 86_400_000;
const STUCK = { app_version: '38.1.2', country: 'BR' };

let stage: Stage;
let page: Page;
let token: string;
const errors: string[] = [];

/** Eight weeks that ended five days ago: history, with one surge in the middle. */
const history = voices({
  seed: 11,
  start: new Date(Math.floor(Date.now() / DAY_MS) * DAY_MS - 61 * DAY_MS),
  days: 56,
  perDay: 50,
  surges: [{ day: 35, hours: 30, count: 60, theme: PAYOUT_LATE, slice: { country: 'DE' } }],
});
const asFile = (name: string, rows: readonly object[]) => ({
  name,
  mimeType: 'application/jsonl',
  buffer: Buffer.from(rows.map((row) => JSON.stringify(row)).join('\n')),
});

beforeAll(async () => {
  stage = await openStage();
  page = await stage.open('light');
  page.setDefaultTimeout(20_000);
  page.on('pageerror', (error) => errors.push(String(error)));
});
afterAll(() => stage?.close());

const dropFile = (name: string, rows: readonly object[]) =>
  page.locator('input[type=file]').setInputFiles(asFile(name, rows));

test('the printed link makes the first admin, once', async () => {
  await page.goto(stage.firstLink);
  await expectAccessible(page, 'set-up');
  await makeAdmin(stage, page);
  await expectAccessible(page, 'home, bare');

  const second = await stage.open('light');
  await second.goto(stage.firstLink);
  await second.getByText('Already set up').waitFor();
  await second.context().close();
});

test('a file of eight weeks is previewed, mapped and imported; its surge is an issue from history', async () => {
  await page.goto('/import');
  await expectAccessible(page, 'import');
  await dropFile('reviews.jsonl', [...history, { id: 'broken', ts: 'yesterday', text: 'no such day' }]);
  await page.getByText('Where the columns go').waitFor();
  await expectAccessible(page, 'import, preview');
  await page.getByRole('textbox', { name: 'Name' }).fill('App reviews');
  await page.getByRole('button', { name: 'Create source' }).click();
  await page.getByRole('button', { name: 'Import', exact: true }).click();
  await page.getByText(`${history.length.toLocaleString('en')} signals added.`).waitFor({ timeout: 60_000 });
  await page.getByText('1 row was refused').waitFor();
  await page.getByText(/Read to the end\./).waitFor({ timeout: 90_000 });
  await expectAccessible(page, 'import, done');
});

test('the same file again adds nothing and says so', async () => {
  await page.goto('/import');
  await dropFile('again.jsonl', history);
  await page.getByText('Where the columns go').waitFor();
  await page.getByLabel('Into the source').selectOption({ label: 'App reviews' });
  await page.getByRole('button', { name: 'Import', exact: true }).click();
  await page.getByText(/This file adds nothing new/).waitFor({ timeout: 60_000 });
});

test('live signals sent with a token are counted and found within seconds', async () => {
  await page.goto('/sources');
  await expectAccessible(page, 'sources');
  await page.getByRole('textbox', { name: 'Name of the token' }).fill('help desk');
  await page.getByRole('button', { name: 'Make a token' }).click();
  await page.getByText('It is shown only now').waitFor();
  token = (await page.locator('body').innerText()).match(/gsw_[\w-]{20,}/)![0];
  const said = await send([
    { id: 'live-1', ts: new Date().toISOString(), text: 'The zebra filter turns my face purple' },
  ]);
  expect(said).toMatchObject({ added: 1, refused: [] });
  await page.goto('/signals?q=zebra');
  await page.getByText('The zebra filter turns my face purple').first().waitFor({ timeout: 5_000 });
  await expectAccessible(page, 'signals');
});

test('a surge among live signals becomes an issue that says where it is', async () => {
  const usual = voices({ seed: 12, start: new Date(Date.now() - 2 * DAY_MS), days: 2, perDay: 50, surges: [] });
  const surge = { day: 1.75, hours: 5, count: 45, theme: UPLOAD_STUCK, slice: STUCK };
  const now = voices({ seed: 13, start: new Date(Date.now() - 2 * DAY_MS), days: 2, perDay: 0, surges: [surge] });
  const rows = [...usual, ...now].sort((a, b) => (a.ts < b.ts ? -1 : 1));
  await send(
    rows.map(({ id, ts, text, author, rating, ...dimensions }) => ({ id, ts, text, author, rating, dimensions })),
  );

  await page.goto('/issues?group=emerging');
  const row = page.getByRole('row', { name: /IS-2\b/ });
  await row.waitFor({ timeout: 60_000 });
  await expectAccessible(page, 'issues');
  await row.getByRole('link').first().click();
  await page.getByText('In their words').waitFor();
  await page.getByText('38.1.2').first().waitFor();
  await expectAccessible(page, 'issue');
});

test('it is renamed, confirmed and found again by its address; another is dismissed with a reason', async () => {
  const address = page.url();
  await page.getByRole('button', { name: 'Rename' }).click();
  await page.getByRole('dialog').getByRole('textbox').fill('Upload stuck at 99 % in Brazil');
  await page
    .getByRole('dialog')
    .getByRole('button', { name: /Rename|Save|Name/ })
    .last()
    .click();
  await page.getByRole('heading', { name: 'Upload stuck at 99 % in Brazil' }).waitFor();
  await page.getByRole('button', { name: 'Confirm' }).click();
  await page.getByText('confirmed').filter({ visible: true }).first().waitFor();
  await page.goto(address);
  await page.getByRole('heading', { name: 'Upload stuck at 99 % in Brazil' }).waitFor();

  await page.goto('/issues?group=emerging');
  await page
    .getByRole('row', { name: /IS-1\b/ })
    .getByRole('link')
    .first()
    .click();
  await page.getByRole('button', { name: 'Dismiss' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('radio').first().check();
  await expectAccessible(page, 'issue, dismissing');
  await dialog.getByRole('button', { name: /Dismiss/ }).click();
  await page.getByText('dismissed').filter({ visible: true }).first().waitFor();
});

test('every screen is accessible in the dark and on a phone, and nothing broke on the way', async () => {
  const saved = await page.context().storageState();
  for (const [look, size] of [
    ['dark', 'desk'],
    ['light', 'phone'],
    ['dark', 'phone'],
  ] as const) {
    const other = await stage.open(look, size, saved);
    for (const path of ['/', '/signals', '/issues?group=all', '/issues/IS-1', '/import', '/sources']) {
      await other.goto(path);
      await other.getByRole('heading', { level: 1 }).waitFor();
      await atRest(other);
      await expectAccessible(other, `${path}, ${look}, ${size}`);
      const wider = await other.evaluate('document.documentElement.scrollWidth - document.documentElement.clientWidth');
      expect(wider, `${path} on ${size} scrolls sideways`).toBe(0);
    }
    await other.context().close();
  }
  expect(errors).toEqual([]);
});

async function send(rows: readonly object[]): Promise<unknown> {
  const response = await fetch(`${stage.address}/api/signals`, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    body: JSON.stringify(rows),
  });
  return response.json();
}
