/** How grave it is: read in people, said otherwise with a reason, met with somebody who was faster, seen in lists, and set by a table. */
import { mkdirSync } from 'node:fs';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { atRest, expectAccessible, makeAdmin, openStage, type Stage } from './stage.ts';
import { givenTwoSurges } from './two-surges.ts';

const FITS = 'document.documentElement.scrollWidth <= document.documentElement.clientWidth';
let stage: Stage;
let page: Page;
let key: string;
let other: string;
const errors: string[] = [];

beforeAll(async () => {
  stage = await openStage();
  page = await stage.open('light');
  await makeAdmin(stage, page);
  await givenTwoSurges(stage, page);
  page.setDefaultTimeout(20_000);
  page.on('pageerror', (error) => errors.push(String(error)));
  const found = (await (await page.request.get('/api/issues?group=all')).json()).issues as { key: string }[];
  [key, other] = found.map((one) => one.key) as [string, string];
}, 180_000);
afterAll(() => stage?.close());

/** Where PICTURES names a folder, what a person sees is kept there to be looked at. */
async function picture(name: string, of = page): Promise<void> {
  const folder = process.env.PICTURES;
  if (folder === undefined) return;
  mkdirSync(folder, { recursive: true });
  await atRest(of);
  await of.screenshot({ path: `${folder}/${name}.png`, fullPage: true });
}

interface Impact {
  version: number;
  said: { severity: number; reason: string } | null;
  proposed: { severity: number };
}
const impact = async (issue = key): Promise<Impact> => (await page.request.get(`/api/issues/${issue}/impact`)).json();
const panel = (name: string) =>
  page.locator('section.panel', { has: page.getByRole('heading', { name, exact: true }) });

/** Once the page hears keys: what it is about stands there, and no dialog before it. */
async function press(one: string): Promise<void> {
  await panel('Severity')
    .getByRole('button', { name: /Override|Change/ })
    .waitFor();
  await page.getByRole('dialog').waitFor({ state: 'detached' });
  await page.keyboard.press(one);
}

/** Somebody else, beside this page. */
async function put(path: string, data: unknown): Promise<void> {
  const { me } = await (await page.request.get('/api/session')).json();
  const headers = { 'x-groundswell-csrf': me.csrf, origin: stage.address };
  const answer = await page.request.put(path, { headers, data });
  expect(answer.ok(), await answer.text()).toBe(true);
}

test('the page of an issue says whom it hurts, with what each number is of', async () => {
  await page.goto(`/issues/${key}`);
  const numbers = panel('Impact');
  await numbers.getByText('People who wrote in').waitFor();
  await numbers.getByText('Cannot be estimated: no issue with a known cohort yet.').waitFor();
  await numbers.getByText('Unknown: nobody has sent how many people were active on these days.').waitFor();
  const { proposed } = await impact();
  await panel('Severity').getByText(`S${proposed.severity}`, { exact: true }).waitFor();
  await panel('Severity').getByText('The surge is over').waitFor();
  await picture('issue-light');
  await expectAccessible(page, 'impact, light');
});

test('a harm has a floor that no small number lowers', async () => {
  await press('h');
  const dialog = page.getByRole('dialog', { name: 'What harm it does' });
  await dialog.getByRole('combobox').selectOption('child_safety.csam');
  await dialog.getByText(/Floor P0: .* “very many”/).waitFor();
  await picture('harm');
  await expectAccessible(page, 'naming a harm');
  await dialog.getByRole('button', { name: 'Save' }).click();
  await panel('Impact').getByText('child sexual abuse material').waitFor();
  await panel('Severity').getByText('S1', { exact: true }).waitFor();
});

test('an override needs a reason, is shown with it, and z takes it back', async () => {
  await press('e');
  const dialog = page.getByRole('dialog', { name: `How grave is ${key}` });
  await dialog.getByRole('radio', { name: /S2/ }).check();
  await dialog.getByRole('button', { name: 'Set severity' }).click();
  await dialog.getByText('Say why: it is shown beside the severity. Nothing was sent.').waitFor();
  await picture('override');
  await expectAccessible(page, 'overriding without a reason');
  await dialog.getByRole('textbox', { name: 'Reason' }).fill('A hoax, checked with legal.');
  await dialog.getByRole('button', { name: 'Set severity' }).click();
  await panel('Severity').getByText('A hoax, checked with legal.').waitFor();
  await panel('Severity')
    .getByText(/The table would say S1/)
    .waitFor();
  expect((await impact()).said).toMatchObject({ severity: 2 });
  await picture('overridden');
  await page.keyboard.press('z');
  await page.getByText('Taken back.').waitFor();
  await panel('Severity').getByText('A hoax, checked with legal.').waitFor({ state: 'detached' });
  expect((await impact()).said).toBeNull();
});

test('who was faster is told, and mine is kept until one of the two is chosen', async () => {
  await press('e');
  const dialog = page.getByRole('dialog', { name: `How grave is ${key}` });
  await dialog.getByRole('radio', { name: /S3/ }).check();
  await dialog.getByRole('textbox', { name: 'Reason' }).fill('Only old clips.');
  const { version } = await impact();
  await put(`/api/issues/${key}/severity`, { version, said: { severity: 1, reason: 'Police have asked.' } });
  const send = dialog.getByRole('button', { name: 'Set severity' });
  const met = dialog.getByText('Somebody else changed this while you were at it.');
  await send.click({ timeout: 3_000 }).catch(() => {}); // the news may be faster, and take the button away
  await met.waitFor();
  await dialog.getByRole('cell', { name: 'Police have asked.' }).waitFor();
  await picture('conflict');
  await expectAccessible(page, 'two at one severity');
  await dialog.getByRole('button', { name: 'Do mine after all' }).click();
  await panel('Severity').getByText('Only old clips.').waitFor();
  expect((await impact()).said).toMatchObject({ severity: 3, reason: 'Only old clips.' });
});

test('severity can be given back to the table', async () => {
  await press('e');
  await page.getByRole('button', { name: 'Give it back to the table (S1)' }).click();
  await panel('Severity')
    .getByText(/By the table/)
    .waitFor();
  expect((await impact()).said).toBeNull();
});

test('who was hurt in all is entered for an issue that is over', async () => {
  await page.goto(`/issues/${other}`);
  await panel('Impact').getByRole('button', { name: 'Enter them' }).click();
  const dialog = page.getByRole('dialog', { name: 'Everybody who was hurt' });
  await dialog.getByRole('button', { name: 'Save' }).click();
  await dialog.getByText(/the last day, and where it is known from are needed/).waitFor();
  const fields = dialog.getByRole('textbox', { name: 'People' });
  for (const field of await fields.all()) await field.fill('4,200');
  await dialog
    .getByLabel('Last day on which it hurt anybody')
    .fill(new Date(Date.now() - 86_400_000).toISOString().slice(0, 10));
  await dialog.getByRole('textbox', { name: 'Where this is known from' }).fill('Payment ledger');
  await picture('cohort');
  await expectAccessible(page, 'entering who was hurt');
  await dialog.getByRole('button', { name: 'Save' }).click();
  await panel('Impact')
    .getByText(/of whom \d+ wrote in/)
    .waitFor();
  await page.goto(`/issues/${key}`);
  await panel('Impact').getByText('Cannot be estimated yet: past issues with a known cohort 1, needed 3.').waitFor();
});

test('lists show it, are narrowed down by it and sorted by it', async () => {
  await page.goto(`/issues/${key}`);
  await press('e');
  const dialog = page.getByRole('dialog', { name: `How grave is ${key}` });
  await dialog.getByRole('radio', { name: /S2/ }).check();
  await dialog.getByRole('textbox', { name: 'Reason' }).fill('A hoax, checked with legal.');
  await dialog.getByRole('button', { name: 'Set severity' }).click();
  await panel('Severity').getByText('A hoax, checked with legal.').waitFor();
  await page.goto('/issues?group=all');
  const rows = page.locator('tr[data-row]');
  await rows.first().waitFor();
  await picture('list');
  await expectAccessible(page, 'list with severity');
  const level = async () => (await rows.locator('.sev').allTextContents()).map((said) => said.slice(-2));
  const all = await level();
  await page.getByRole('button', { name: 'Severity', exact: true }).first().click();
  await expect.poll(level, { timeout: 20_000 }).toEqual(all.toSorted());
  await page
    .getByRole('button', { name: /^Severity$/ })
    .and(page.locator('.facet-chip'))
    .click();
  await page.getByRole('checkbox', { name: /S2/ }).check();
  await expect.poll(level, { timeout: 20_000 }).toEqual(['S2']);
  await page.keyboard.press('Escape');
  expect(new URL(page.url()).searchParams.get('q')).toBe('severity:S2');
  await rows.getByText(key, { exact: true }).waitFor();
  await page.goto('/issues?view=board');
  await page.locator('article.card .sev').first().waitFor();
  await picture('board');
  await expectAccessible(page, 'board with severity');
  await page.goto('/');
  await page.locator('.emerging .sev').first().waitFor();
  await picture('home');
});

test('the table is edited by an admin: what it would do first, what cannot be told at once, who was faster kept apart', async () => {
  await page.goto('/');
  await page.locator('#page').waitFor();
  await atRest(page);
  await page.keyboard.press('Control+k');
  await page
    .getByRole('combobox', { name: 'A place, an act, an issue, an id or a link' })
    .and(page.locator(':focus'))
    .waitFor();
  await page.keyboard.insertText('severity');
  await page
    .getByRole('option', { name: /^Severity/ })
    .first()
    .click();
  await page.getByRole('heading', { name: 'Severity', level: 1 }).waitFor();
  const step = page.getByRole('textbox', { name: 'People who wrote in: many', exact: true });
  await step.fill('2000');
  await page.getByText('Has to be less than the one above.').waitFor();
  expect(await page.getByRole('button', { name: 'Save rules' }).isDisabled()).toBe(true);
  await step.fill('100');
  for (const urgency of ['rising', 'steady', 'falling']) {
    await page.getByRole('combobox', { name: `some × ${urgency}` }).selectOption('1');
  }
  await page.getByText(/Less impact or less urgency counts as graver here/).waitFor();
  await page.getByText(/Open issues that would change: [1-9]\d* of \d+/).waitFor();
  await picture('rules');
  await expectAccessible(page, 'rules of severity');
  await page.getByRole('button', { name: 'Save rules' }).click();
  await page.getByText(/Open issues that would change/).waitFor({ state: 'detached' });
  expect((await impact(other)).proposed.severity).toBe(1);

  await page.getByRole('combobox', { name: 'few × falling' }).selectOption('3');
  const { rules, version } = await (await page.request.get('/api/severity-rules')).json();
  await put('/api/severity-rules', { version, rules: { ...rules, people: [500, 100, 10] } });
  await page.getByText('Somebody else changed this while you were at it.').waitFor({ timeout: 30_000 });
  await page.getByRole('rowheader', { name: 'few × falling' }).waitFor();
  await picture('rules-conflict');
  await page.getByRole('button', { name: 'Keep theirs' }).click();
  await expect
    .poll(() => page.getByRole('textbox', { name: 'People who wrote in: very many', exact: true }).inputValue())
    .toBe('500');
});

test('dark, on a phone, and from right to left nothing is cut', async () => {
  const saved = await page.context().storageState();
  for (const [name, look, size, locale] of [
    ['dark', 'dark', 'desk', 'en-GB'],
    ['phone', 'light', 'phone', 'en-GB'],
    ['arabic', 'dark', 'phone', 'ar'],
    ['german', 'light', 'desk', 'de-DE'],
  ] as const) {
    const own = await stage.open(look, size, saved, locale);
    await own.goto(`/issues/${key}`);
    await own.locator('.impact-numbers').waitFor();
    await picture(`issue-${name}`, own);
    await expectAccessible(own, `impact, ${name}`);
    expect(await own.evaluate(FITS)).toBe(true);
    await own.goto('/severity');
    await own.locator('.severity-table').first().waitFor();
    await picture(`rules-${name}`, own);
    await expectAccessible(own, `rules, ${name}`);
    expect(await own.evaluate(FITS)).toBe(true);
    await own.goto('/issues');
    await own.locator('tr[data-row]').first().waitFor();
    await picture(`list-${name}`, own);
    await own.context().close();
  }
});

test('no page has failed', () => expect(errors).toEqual([]));
