/** The dictionary by keyboard: values that mean the same become one, wherever they are counted, and can be taken apart again. */
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { expectAccessible, makeAdmin, openStage, type Stage, senderOf } from './stage.ts';

let stage: Stage;
let page: Page;

beforeAll(async () => {
  stage = await openStage();
  page = await stage.open('light');
  page.setDefaultTimeout(20_000);
  await makeAdmin(stage, page);
});
afterAll(() => stage?.close());

/** Twelve hundred order ids, three devices in five spellings. */
async function givenSignals(): Promise<void> {
  const post = await senderOf(stage, page);
  const source = await post('/api/sources', { name: 'Help desk', kind: 'ticket' });
  const devices = ['iPhone 14', 'iPhone 14', 'iphone14', 'Pixel 8', 'pixel-8'];
  for (const from of [0, 600]) {
    const rows = Array.from({ length: 600 }, (_, i) => ({
      id: `r${from + i}`,
      ts: new Date(Date.now() - (from + i) * 60_000).toISOString(),
      text: 'The upload stops',
      dimensions: { device: devices[i % 5], order_id: `o-${from + i}` },
    }));
    await post(`/api/signals?source=${source.id}`, rows);
  }
}

test('a dimension with too many values says so, and what it costs; its limit can be raised', async () => {
  await page.goto('/dimensions');
  await page.getByText('No signal has come with a dimension yet.').waitFor();
  await expectAccessible(page, 'dimensions, none');
  await givenSignals();
  await page.goto('/dimensions');
  await page.getByText(/Order id reached 1,000 values at Help desk: 200 rows are kept as “other”/i).waitFor();
  await expectAccessible(page, 'dimensions');
  await page.getByRole('link', { name: 'See its values' }).click();
  await page.getByRole('button', { name: 'Change' }).click();
  await page.getByLabel('Values to tell apart').fill('5000');
  await expectAccessible(page, 'a limit');
  await page.keyboard.press('Enter');
  await page.getByRole('cell', { name: '5,000' }).waitFor();
  expect(await page.getByText(/reached 1,000 values/).count()).toBe(0);
});

test('likely spellings are proposed; others are chosen with x and merged with m; all is found under one value', async () => {
  await page.goto('/dimensions/device');
  await page.getByRole('heading', { name: 'Probably the same' }).waitFor();
  await expectAccessible(page, 'a dimension');
  const proposal = page.locator('.alike li', { hasText: 'iphone14' });
  await proposal.getByRole('button', { name: 'Merge' }).click();
  await page.getByRole('row', { name: /iPhone 14.*720/ }).waitFor();

  await page.goto('/dimensions/device?sort=value');
  await page.getByRole('link', { name: 'pixel-8', exact: true }).waitFor();
  for (const key of ['j', 'j', 'x', 'j', 'x', 'm']) await page.keyboard.press(key);
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('radio', { name: /^Pixel 8/ }).check();
  await dialog.getByText('1 value with 240 rows will count as “Pixel 8”, which then has 480 rows.').waitFor();
  await expectAccessible(page, 'merging');
  await dialog.getByRole('button', { name: 'Merge' }).click();
  await page.getByRole('row', { name: /Pixel 8.*480/ }).waitFor();
  await page.getByRole('link', { name: 'Pixel 8', exact: true }).click();
  await page.getByRole('checkbox', { name: /Pixel 8.*480/ }).waitFor();
});

test('taken back, each has its own again', async () => {
  await page.goto('/dimensions/device?q=pixel');
  await page.getByRole('button', { name: '1 other spelling counts as this' }).click();
  await expectAccessible(page, 'spellings');
  await page.getByRole('button', { name: 'Take back' }).click();
  await page.getByRole('link', { name: 'pixel-8', exact: true }).waitFor();
  await page.getByRole('row', { name: /Pixel 8.*240/ }).waitFor();
});
