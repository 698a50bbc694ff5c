/** A case is opened by hand: by key from the queue, and from a signal with what is known of it. */
import { mkdirSync } from 'node:fs';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { atRest, expectAccessible, makeAdmin, openStage, type Stage, senderOf } from './stage.ts';

let stage: Stage;
let page: Page;
const errors: string[] = [];

beforeAll(async () => {
  stage = await openStage();
  page = await stage.open('light');
  await makeAdmin(stage, page);
  page.setDefaultTimeout(20_000);
  page.on('pageerror', (error) => errors.push(String(error)));
  const post = await senderOf(stage, page);
  const source = await post('/api/sources', { name: 'Help desk', kind: 'ticket' });
  const rows = ['The payout never came', 'My payout is missing'].map((text, i) => ({
    ...{ id: `r${i}`, ts: new Date(Date.now() - i * 60_000).toISOString(), text, language: 'en', author: `a${i}` },
    dimensions: { country: 'BR' },
  }));
  await post(`/api/signals?source=${source.id}`, rows);
}, 180_000);
afterAll(() => stage?.close());

const press = async (...keys: string[]) => {
  for (const key of keys) await page.keyboard.press(key);
};

/** Where PICTURES names a folder, what a person sees is kept there to be looked at. */
async function picture(of: Page, name: string): Promise<void> {
  const folder = process.env.PICTURES;
  if (folder === undefined) return;
  mkdirSync(folder, { recursive: true });
  await atRest(of);
  await of.screenshot({ path: `${folder}/${name}.png`, fullPage: true });
}

test('from the queue with n: what is asked, what is known, and the priority follows every answer', async () => {
  await page.goto('/cases');
  await page.getByText('Nothing is open').waitFor();
  await press('n');
  await page.getByRole('heading', { name: 'Open a case' }).waitFor();
  await page.getByText('P3', { exact: true }).waitFor();
  await expectAccessible(page, 'an empty form');
  await page.keyboard.type('A creator says on stream that they will hurt themselves'); // the first field has the focus
  await page.getByLabel('Name of who asked').fill('Dana');
  await page.getByRole('combobox', { name: /^Harm/ }).selectOption('self_harm.imminent');
  await page.getByRole('button', { name: 'now', exact: true }).click();
  await page.getByText('act now').waitFor();
  await page.getByText(/^Harm:/).waitFor();
  await page.getByLabel(/^Accounts or pseudonyms/).fill('streamer-77');
  await expectAccessible(page, 'a filled form');
  await picture(page, 'opening');
  await page.getByRole('button', { name: 'Open and take it' }).click();
  await page.waitForURL(/\/cases\/GS-/);
  await page.getByText('Owner: Ines D.').waitFor();
  const reference = /GS-[\w-]+/.exec(page.url())![0];
  const kase = await (await page.request.get(`/api/cases/${reference}`)).json();
  expect(kase).toMatchObject({ priority: 'P0', kind: 'escalation', requester: 'support_agent', requesterName: 'Dana' });
  expect(kase.people).toHaveLength(1);
  await press('Control+k');
  await page.keyboard.type(reference.toLowerCase());
  await page.getByRole('option', { name: new RegExp(reference) }).waitFor();
  await press('Escape');
});

test('from a signal: language, country and its author are known; and who looks at the same already is named', async () => {
  await page.goto('/signals');
  await page.getByText('The payout never came').first().waitFor();
  await press('j', 'Enter');
  await page.getByRole('button', { name: /^Open a case/ }).waitFor();
  await press('t');
  await page.getByRole('heading', { name: 'Open a case' }).waitFor();
  await page.getByText('Opened from').waitFor();
  expect(await page.getByLabel('Country, as two letters').inputValue()).toBe('BR');
  await page.getByText('1 signal', { exact: true }).waitFor();
  const address = page.url();
  await page.getByRole('button', { name: 'Open for whoever takes it' }).click();
  await page.waitForURL(/\/cases\/GS-/);
  const { people, owner, kind } = await (
    await page.request.get(`/api/cases/${/GS-[\w-]+/.exec(page.url())![0]}`)
  ).json();
  expect([people.length, owner, kind]).toEqual([1, null, 'investigation']);
  await page.goto(address);
  await page.getByText('Somebody looks at some of the same already').waitFor();
  await expectAccessible(page, 'a form from a signal');
  await picture(page, 'opening-from-signal');
  expect(errors).toEqual([]);
});

test('on a phone a case is opened with a thumb', async () => {
  const phone = await stage.open('dark', 'phone', await page.context().storageState());
  await phone.goto('/cases');
  await phone.getByRole('button', { name: /^Open a case/ }).click();
  await phone.getByLabel('What is asked').fill('Somebody calls from the press');
  expect(await phone.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(390);
  await expectAccessible(phone, 'a form on a phone');
  await picture(phone, 'opening-phone');
});
