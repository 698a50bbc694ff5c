/** Where it is and where it is not: read on an issue, opened as signals, and asked of any selection against any baseline. */
import { mkdirSync } from 'node:fs';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { atRest, expectAccessible, makeAdmin, openStage, type Stage } from './stage.ts';
import { givenTwoSurges } from './two-surges.ts';

let stage: Stage;
let page: Page;
let issue: { id: string; key: string };
const errors: string[] = [];

interface Told {
  explanation: { slices: { observed: number; conditions: { dimension: string; said: string }[] }[] };
}
const explanationOf = async (id: string): Promise<Told> =>
  (await page.request.get(`/api/issues/${id}/explanation`)).json();

beforeAll(async () => {
  stage = await openStage();
  page = await stage.open('light');
  await makeAdmin(stage, page);
  await givenTwoSurges(stage, page);
  page.setDefaultTimeout(20_000);
  page.on('pageerror', (error) => errors.push(String(error)));
  const found = (await (await page.request.get('/api/issues?group=all')).json()).issues as {
    id: string;
    key: string;
  }[];
  for (const one of found) {
    const { explanation } = await explanationOf(one.id);
    const places = explanation?.slices.flatMap(({ conditions }) => conditions.map(({ said }) => said)) ?? [];
    if (places.includes('BR')) issue = one;
  }
  expect(issue, 'an issue whose surge was planted in BR').toBeDefined();
}, 180_000);
afterAll(() => stage?.close());

/** Where PICTURES names a folder, what a person sees is kept there to be looked at. */
async function picture(name: string, of = page): Promise<void> {
  const folder = process.env.PICTURES;
  if (folder === undefined) return;
  mkdirSync(folder, { recursive: true });
  await atRest(of);
  await of.screenshot({ path: `${folder}/${name}.png`, fullPage: true });
  await panel(of).screenshot({ path: `${folder}/${name}-panel.png` });
}

const panel = (of = page) =>
  of.locator('section.panel', { has: of.locator('.explanation, .explain-elsewhere, .explain-tools') });
const asked = () => new URL(page.url()).searchParams;

test('the page of an issue says where it is in a sentence, and how sure', async () => {
  await page.goto(`/issues/${issue.key}`);
  await panel()
    .getByText(/^It is in (one place|\d+ places): \d+ signals|^\d+ signals, spread otherwise than the others/)
    .waitFor();
  const { explanation } = await explanationOf(issue.id);
  const [first] = explanation.slices;
  const line = panel().locator('.explained-list > li').first();
  await line.getByText('country').first().waitFor();
  expect(await line.innerText()).toContain(`${first!.observed} signals`);
  expect(await line.innerText()).toMatch(/chance of a mistake/);
  await panel()
    .getByText(/^Without numbers of active users|^The other signals of the same time/)
    .waitFor();
  await picture('issue-light');
  await expectAccessible(page, 'explanation, light');
  await panel().getByRole('button', { name: 'Table' }).first().click();
  await panel().getByRole('columnheader', { name: 'Excess' }).waitFor();
  await panel().getByText('What else was assumed').click();
  await panel()
    .getByText(/slices? (was|were) judged/)
    .waitFor();
  await picture('issue-table');
});

test('a slice opens its signals, by its link and by one key', async () => {
  const { explanation } = await explanationOf(issue.id);
  const [first] = explanation.slices;
  const { dimension, said } = first!.conditions[0]!;
  await page.goto(`/issues/${issue.key}`);
  await panel()
    .getByRole('link', { name: /^Open \d+ signals/ })
    .first()
    .click();
  await page.waitForURL(/\/signals\?/);
  expect(asked().getAll('d').join()).toContain(`${dimension}:${said}`);
  await page
    .getByText(new RegExp(`^${first!.observed} signals`))
    .first()
    .waitFor();
  await page.goBack();
  await panel().locator('.explained-list').waitFor();
  await page.keyboard.press('o');
  await page.waitForURL(/\/signals\?/);
  expect(asked().getAll('d').join()).toContain(`${dimension}:${said}`);
});

test('any selection is explained by one key, and against another baseline', async () => {
  const from = new Date(Date.now() - 17 * 86_400_000).toISOString();
  const to = new Date(Date.now() - 13 * 86_400_000).toISOString();
  await page.goto(`/signals?from=${from}&to=${to}`);
  await page.getByRole('button', { name: 'Explain this' }).waitFor();
  await page.keyboard.press('e');
  await panel()
    .getByText(/Compared with the time before/)
    .waitFor();
  expect(asked().get('explain')).toBe('previous');
  await panel()
    .locator('.explained-list')
    .getByText(/\bBR\b/)
    .first()
    .waitFor();
  await picture('explorer-light');
  await expectAccessible(page, 'explaining a selection');
  const choice = panel().getByRole('combobox', { name: 'Compared with' });
  await choice.selectOption('week');
  await panel()
    .getByText(/Compared with the same days of the week before/)
    .waitFor();
  expect(asked().get('explain')).toBe('week');
  await choice.selectOption('range');
  await panel()
    .getByText(/Compared with another time/)
    .waitFor();
  expect(asked().get('againstFrom')).not.toBeNull();
  await picture('explorer-range');
  await expectAccessible(page, 'explaining against a time of one’s own');
  await choice.selectOption('previous');
  await panel()
    .getByRole('link', { name: /^Open \d+ signals.*\bBR\b/ })
    .first()
    .click();
  await panel().waitFor({ state: 'detached' });
  expect(asked().getAll('d').join()).toContain('country:BR');
  await atRest(page);
  await page.keyboard.press('e');
  await panel().getByRole('combobox', { name: 'Compared with' }).selectOption('others');
  await picture('explorer-others');
  await panel()
    .getByText(/Compared with the other signals of the same time/)
    .waitFor();
  await panel().getByRole('button', { name: 'Close the explanation' }).click();
  await panel().waitFor({ state: 'detached' });
  expect(asked().get('explain')).toBeNull();
});

test('what cannot be explained says why, and leads on', async () => {
  const long = new Date(Date.now() - 900 * 86_400_000).toISOString();
  await page.goto(`/signals?from=${long}&to=${new Date(Date.parse(long) + 86_400_000).toISOString()}&explain=previous`);
  await panel()
    .getByText(/nothing to compare with/)
    .waitFor();
  await picture('refused');
  await panel().getByRole('button', { name: 'Compare with the other signals of the same time' }).click();
  await panel()
    .getByText(/Too few to tell where it is|nothing can be compared/)
    .waitFor();
});

test('dark, on a phone, and from right to left nothing is cut', async () => {
  const saved = await page.context().storageState();
  for (const [name, look, size, locale] of [
    ['dark', 'dark', 'desk', 'en-GB'],
    ['phone', 'light', 'phone', 'en-GB'],
    ['arabic', 'dark', 'phone', 'ar'],
    ['arabic-desk', 'light', 'desk', 'ar'],
    ['german', 'light', 'desk', 'de-DE'],
  ] as const) {
    const own = await stage.open(look, size, saved, locale);
    await own.goto(`/issues/${issue.key}`);
    await own.locator('.explained-list').waitFor();
    await picture(`issue-${name}`, own);
    await expectAccessible(own, `explanation, ${name}`, '.explanation');
    if (size === 'phone') await own.setViewportSize({ width: 320, height: 700 });
    // the chart above is drawn anew for the width it now has
    await expect
      .poll(() => own.evaluate('document.documentElement.scrollWidth <= document.documentElement.clientWidth'), name)
      .toBe(true);
    await own.context().close();
  }
});

test('no page has failed', () => expect(errors).toEqual([]));
