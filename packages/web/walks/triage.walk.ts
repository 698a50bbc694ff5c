/** Two people's work on issues, by keys: merge and undo, split, a comment that names somebody, a saved view that is opened. */
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { expectAccessible, makeAdmin, openStage, type Stage } from './stage.ts';

let stage: Stage;
let page: Page;
let keys: string[];

beforeAll(async () => {
  stage = await openStage();
  page = await stage.open('light');
  page.setDefaultTimeout(30_000);
  await makeAdmin(stage, page);
  await page.getByRole('button', { name: 'Play a sample day' }).click();
  await page.getByRole('button', { name: 'Pause' }).waitFor({ timeout: 180_000 });
  while ((await issues()).length < 3) await page.waitForTimeout(500); // the time of this hook is the limit
  await page.getByRole('button', { name: 'Pause' }).click();
  keys = (await issues()).map(({ key }: { key: string }) => key);
}, 400_000);
afterAll(() => stage?.close());

const inWorld = async (path: string) =>
  (await page.request.get(path, { headers: { 'x-groundswell-world': '1' } })).json();
const issues = async () => (await inWorld('/api/issues?group=emerging&sort=signals')).issues;
const open = async (key: string) => {
  await page.goto(`/sample/1/issues/${key}`);
  await page.getByRole('heading', { name: 'Around it' }).waitFor();
  await page.getByLabel('Owner').waitFor();
};

test('an issue is merged into another by keys alone, and the merge is taken back', { timeout: 120_000 }, async () => {
  await open(keys[0]!);
  await expectAccessible(page, 'issue with what is around it');
  await page.keyboard.press('m');
  await page.getByLabel('Into which issue').waitFor();
  await expectAccessible(page, 'merge dialog');
  await page.keyboard.type(keys[1]!);
  await page.keyboard.press('Enter');
  await page.waitForURL(new RegExp(`/issues/${keys[1]}`));
  await page.getByText(/Took in \d+ signals? of/).waitFor();
  expect(await inWorld(`/api/issues/${keys[0]}`)).toMatchObject({ state: 'duplicate', duplicateOf: keys[1] });

  await open(keys[0]!);
  await page.getByText(`This issue was merged into ${keys[1]}.`, { exact: false }).waitFor();
  await expectAccessible(page, 'a merged issue');
  await page.getByRole('button', { name: 'Undo' }).click();
  await page.getByText(/taken back by/).waitFor();
  const state = async () => (await inWorld(`/api/issues/${keys[0]}`)).state;
  await expect.poll(state, { timeout: 20_000 }).toBe('suspected');
});

test('ticked signals become an issue of their own', { timeout: 120_000 }, async () => {
  await open(keys[1]!);
  await page.keyboard.press('s');
  await page.getByRole('button', { name: 'Chosen ones' }).click();
  await page.getByRole('dialog').getByRole('checkbox').first().check();
  await page.getByLabel('Name of the new issue').fill('One of them');
  await expectAccessible(page, 'split dialog');
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { name: 'One of them' }).waitFor();
  await page.getByText(/Made of 1 signal of/).waitFor();
});

test('a comment names a colleague, who finds it on home', { timeout: 120_000 }, async () => {
  await open(keys[1]!);
  await page.keyboard.press('n');
  await page.keyboard.type('Is this the same? @I');
  await page.keyboard.press('Tab');
  await page.keyboard.press('Control+Enter');
  await page.getByText('Is this the same?', { exact: false }).and(page.locator('bdi')).waitFor();
  await expectAccessible(page, 'issue with a comment');
  await page.goto('/sample/1/');
  await page.getByRole('heading', { name: 'For me' }).waitFor();
  await expectAccessible(page, 'home with what is said to me');
});

test('a view of the list is saved and opened again', { timeout: 120_000 }, async () => {
  await page.goto('/sample/1/issues?group=emerging');
  await page.getByRole('button', { name: 'Views' }).waitFor();
  await page.keyboard.press('w');
  await page.getByLabel('Save this list as').fill('Morning round');
  await page.keyboard.press('Enter');
  await page.getByRole('button', { name: 'Open the view Morning round' }).waitFor();
  await expectAccessible(page, 'saved views');
  await page.goto('/sample/1/issues');
  await page.getByRole('button', { name: 'Views' }).waitFor();
  await page.keyboard.press('w');
  await page.getByRole('button', { name: 'Open the view Morning round' }).click();
  await page.waitForURL(/group=emerging/);
});
