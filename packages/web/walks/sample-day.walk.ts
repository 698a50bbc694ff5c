/** A sample day from a bare start: played to its first issue, worked on, gone through afterwards, and removed without a trace. */
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { atRest, expectAccessible, makeAdmin, openStage, type Stage } from './stage.ts';

const started = performance.now();
let stage: Stage;
let page: Page;

beforeAll(async () => {
  stage = await openStage();
  page = await stage.open('light');
  page.setDefaultTimeout(30_000);
  await makeAdmin(stage, page);
});
afterAll(() => stage?.close());

const inWorld = async (path: string) =>
  (await page.request.get(path, { headers: { 'x-groundswell-world': '1' } })).json();
const api = async (path: string) => (await page.request.get(path)).json();

test('from a bare start a newcomer plays the day to its first issue', { timeout: 240_000 }, async () => {
  await page.getByRole('button', { name: 'Play a sample day' }).click();
  await page.getByRole('heading', { name: 'A platform is being invented' }).waitFor();
  await expectAccessible(page, 'a sample that comes in');
  await page.getByText('Nothing here is real', { exact: false }).waitFor();
  await page.getByRole('button', { name: 'Pause' }).waitFor({ timeout: 180_000 });
  await expect
    .poll(async () => (await inWorld('/api/issues?historical=false')).issues.length, {
      timeout: 120_000,
      interval: 500,
    })
    .toBeGreaterThan(0);
  await page.getByText('suspected').first().waitFor();
  console.log(
    `from the start of the server to the first live issue: ${Math.round((performance.now() - started) / 1000)} s`,
  );
  await page.getByRole('button', { name: 'Pause' }).click();
  await page.getByRole('button', { name: 'Play', exact: true }).waitFor();
  await expectAccessible(page, 'home of a sample');
});

test('an issue is opened by its link and decided; the house knows nothing of it', async () => {
  const { issues } = await inWorld('/api/issues?historical=false');
  await page.goto(`/sample/1/issues/${issues[0].key}`);
  await page.getByRole('button', { name: 'Confirm' }).click();
  await expect
    .poll(async () => (await inWorld(`/api/issues/${issues[0].key}`)).state, { timeout: 20_000 })
    .toBe('confirmed');
  expect((await api('/api/issues?group=all')).issues).toEqual([]);
  expect((await api('/api/home')).signals.total).toBe(0);
  expect((await page.request.get(`/api/issues/${issues[0].key}`)).status()).toBe(404);
});

test('lists, rows and searches stay inside', async () => {
  await page.goto('/sample/1/signals');
  await page.getByRole('heading', { name: 'Signals' }).waitFor();
  await page.getByRole('link', { name: 'Issues' }).first().click();
  await page.waitForURL(/\/sample\/1\/issues/);
  await page.locator('tbody a').first().click();
  await page.waitForURL(/\/sample\/1\/issues\/IS-/);
  await page.goBack();
  await page.waitForURL(/\/sample\/1\/issues$/);
});

test('the rest of the day is skipped through; the debrief tells what was planted and found', {
  timeout: 240_000,
}, async () => {
  await page.getByRole('button', { name: 'Skip to the next incident' }).click();
  await page.getByRole('button', { name: 'Skip to the next incident' }).and(page.locator(':enabled')).waitFor();
  await page.getByLabel('How many times faster than a clock').selectOption('600');
  await expect
    .poll(
      async () => {
        const world = await api('/api/worlds/1');
        if (world.can.includes('skip') && !world.skipping) {
          await page
            .getByRole('button', { name: 'Skip to the next incident' })
            .click()
            .catch(() => {});
        }
        return world.state;
      },
      { timeout: 180_000, interval: 1_000 },
    )
    .toBe('over');
  await page.getByRole('link', { name: 'What was planted' }).click();
  await page.getByRole('heading', { name: /of \d+ planted incidents were found/ }).waitFor();
  await expectAccessible(page, 'debrief');
  const { incidents } = await api('/api/worlds/1/debrief');
  const ofDay = incidents.filter((one: { historical: boolean }) => !one.historical);
  expect(ofDay.length).toBe(6);
  expect(ofDay.filter((one: { found: unknown }) => one.found).length).toBeGreaterThanOrEqual(3);
});

test('in the dark and on a phone too', async () => {
  const saved = await page.context().storageState();
  for (const [look, size] of [
    ['dark', 'desk'],
    ['light', 'phone'],
  ] as const) {
    const other = await stage.open(look, size, saved);
    for (const path of ['/sample/1/', '/sample/1/debrief', '/samples']) {
      await other.goto(path);
      await atRest(other);
      await expectAccessible(other, `${path}, ${look}, ${size}`);
      const wide = await other.evaluate('document.documentElement.scrollWidth - document.documentElement.clientWidth');
      expect(wide, `${path}, ${look}, ${size} scrolls sideways`).toBe(0);
    }
    await other.context().close();
  }
});

test('removed, it is gone, and a page of it says so', async () => {
  await page.goto('/samples');
  await page.getByRole('button', { name: 'Remove' }).click();
  await page.getByText('Everything in it goes for good.').waitFor();
  await page.getByRole('button', { name: 'Remove' }).click();
  await page.getByText('None is open').waitFor();
  await page.goto('/sample/1/');
  await page.getByText('not there any more').first().waitFor();
  await page.getByRole('link', { name: 'Back to my work' }).click();
  await page.getByRole('heading', { name: /Welcome, Ines/ }).waitFor();
});
