/** Whose is what, and what is new: the list by keyboard alone, with a colleague who works on the same issues meanwhile. */
import { mkdirSync } from 'node:fs';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { atRest, expectAccessible, makeAdmin, openStage, type Stage, senderOf } from './stage.ts';
import { givenTwoSurges } from './two-surges.ts';

/** As patient as the pages are. */
const SLOW = { timeout: 20_000 };
let stage: Stage;
let ines: Page;
let bob: Page;
const errors: string[] = [];

beforeAll(async () => {
  stage = await openStage();
  ines = await stage.open('light');
  await makeAdmin(stage, ines);
  const post = await senderOf(stage, ines);
  await givenTwoSurges(stage, ines);
  const { link } = await post('/api/invitations', { name: 'Bob K.', email: 'bob@example.org', roles: ['specialist'] });
  bob = await stage.open('dark');
  const accepted = await bob.request.post('/api/invitations/accept', {
    data: { token: link.token, name: 'Bob K.', password: 'quiet lantern over copper water' },
  });
  expect(accepted.ok(), await accepted.text()).toBe(true);
  for (const page of [ines, bob]) {
    page.setDefaultTimeout(20_000);
    page.on('pageerror', (error) => errors.push(String(error)));
  }
}, 180_000);
afterAll(() => stage?.close());

interface Row {
  id: string;
  key: string;
  version: number;
  news: boolean;
  following: boolean;
  owner: { name: string } | null;
}
const rows = async (page: Page, q = ''): Promise<Row[]> =>
  (await (await page.request.get(`/api/issues?group=all&q=${encodeURIComponent(q)}`)).json()).issues;
const press = async (page: Page, ...keys: string[]) => {
  for (const key of keys) await page.keyboard.press(key);
};
const rowOf = (page: Page, key: string) => page.locator('tr[data-row]', { has: page.getByText(key, { exact: true }) });
const chip = (page: Page, name: string) => page.getByRole('button', { name: new RegExp(`^${name} ?\\d*$`) });
const open = async (page: Page, path = '/issues') => {
  await page.goto(path);
  await page.getByRole('table').waitFor();
  await chip(page, 'Mine').waitFor();
};

/** Where PICTURES names a folder, what a person sees is kept there to be looked at. */
async function picture(page: Page, name: string): Promise<void> {
  const folder = process.env.PICTURES;
  if (folder === undefined) return;
  mkdirSync(folder, { recursive: true });
  await atRest(page);
  await page.screenshot({ path: `${folder}/${name}.png`, fullPage: true });
}

test('what somebody else did is new to a colleague: it says so at once, moves no row, and is read by opening it', async () => {
  await open(bob);
  const [first] = await rows(bob);
  const post = await senderOf(stage, bob);
  await post('/api/issues/bulk/seen', { issues: (await rows(bob)).map(({ id }) => id), seen: true });
  await open(bob);
  expect(await bob.locator('tr[data-news]').count()).toBe(0);
  await press(bob, 'j');
  const before = await bob
    .locator('tr[data-row]')
    .evaluateAll('(all) => all.map((one) => one.getBoundingClientRect().top)');

  const { me } = await (await ines.request.get('/api/session')).json();
  const given = await ines.request.post('/api/issues/bulk/owner', {
    headers: { 'x-groundswell-csrf': me.csrf, origin: stage.address },
    data: { issues: [{ id: first!.id, version: first!.version }], owner: me.id },
  });
  expect(given.ok(), await given.text()).toBe(true);
  await rowOf(bob, first!.key).getByText('Ines D.').waitFor();
  await rowOf(bob, first!.key).getByText('Unread').waitFor();
  await bob.getByRole('button', { name: /^Unread 1$/ }).waitFor();
  expect(
    await bob.locator('tr[data-row]').evaluateAll('(all) => all.map((one) => one.getBoundingClientRect().top)'),
  ).toEqual(before);
  await expectAccessible(bob, 'list with news, dark');
  await picture(bob, 'news-dark');

  await bob.goto(`/issues/${first!.key}`);
  await bob.getByRole('heading', { name: 'Around it' }).waitFor();
  await expect.poll(async () => (await rows(bob, 'is:unread')).length, SLOW).toBe(0);
  await open(bob);
  expect(await bob.locator('tr[data-news]').count()).toBe(0);
});

test('r marks as unread and as read, and the chips count with it', async () => {
  await open(bob);
  await press(bob, 'j', 'r');
  await bob.locator('tr[data-news]').waitFor();
  await bob.getByRole('button', { name: /^Unread 1$/ }).waitFor();
  await press(bob, 'r');
  await bob.locator('tr[data-news]').waitFor({ state: 'detached' });
  await bob.getByRole('button', { name: /^Unread 0$/ }).waitFor();
});

test('all are chosen and given to somebody by a: the echo names exactly which, and z hands each back', async () => {
  await open(ines);
  const all = await rows(ines);
  await press(ines, '*', 'a');
  const dialog = ines.getByRole('dialog', { name: /Give these issues/ });
  await dialog.getByRole('combobox').and(ines.locator(':focus')).waitFor();
  await ines.keyboard.type('bob');
  await dialog.getByText(new RegExp(`^These ${all.length} will be given to Bob K\\.:$`)).waitFor();
  await expectAccessible(ines, 'whom to give them');
  await picture(ines, 'assign-light');
  const keys = (await dialog.locator('li .mono').allTextContents()).map((key) => key.trim()).sort();
  expect(keys).toEqual(all.map(({ key }) => key).sort());
  await press(ines, 'Enter');
  await dialog.waitFor({ state: 'detached' });
  await ines.getByText(`${all.length} owners changed`).waitFor();
  expect((await rows(ines)).every(({ owner }) => owner?.name === 'Bob K.')).toBe(true);
  await press(ines, 'z');
  await ines.getByText(`${all.length} taken back.`).waitFor();
  expect((await rows(ines)).map(({ owner }) => owner?.name ?? null)).toEqual(
    all.map(({ owner }) => owner?.name ?? null),
  );
});

test('one row alone is given away too, and what is somebody’s already stays: it says why', async () => {
  await open(ines, '/issues?q=owner%3Ame');
  await press(ines, 'j', 'a');
  const dialog = ines.getByRole('dialog');
  await dialog.getByText('belongs to Ines D. already').waitFor();
  await press(ines, 'ArrowDown');
  await dialog.getByText('This one will belong to nobody:').waitFor();
  await press(ines, 'Escape');
  await dialog.waitFor({ state: 'detached' });
});

test('m shows mine, in the address and in the query; the grammar helps, and says why each was found', async () => {
  await open(ines);
  await press(ines, 'm');
  await ines.waitForURL(/q=owner%3Ame/);
  await expect.poll(() => ines.locator('tr[data-row]').count(), SLOW).toBe((await rows(ines, 'owner:me')).length);
  const field = ines.getByRole('combobox', { name: 'Search issues' });
  expect(await field.inputValue()).toBe('owner:me');
  await press(ines, 'm');
  await ines.waitForURL((address) => !address.search.includes('owner'));
  await expect.poll(() => field.inputValue(), SLOW).toBe('');

  await press(ines, '/');
  await ines.keyboard.type('own');
  await ines.getByRole('option', { name: /owner:/ }).waitFor();
  await picture(ines, 'query-help');
  await press(ines, 'Tab');
  await ines.keyboard.type('no');
  await ines.getByRole('option', { name: /nobody/ }).waitFor();
  await expectAccessible(ines, 'help with owners');
  // people of that name may come to the list after nobody: down as often as it takes
  const chosen = ines.getByRole('option', { name: /nobody/, selected: true });
  const down = () => press(ines, 'ArrowDown');
  await expect.poll(() => down().then(() => chosen.count()), SLOW).toBe(1);
  await press(ines, 'Enter');
  await expect.poll(() => field.inputValue(), SLOW).toMatch(/^owner:nobody/);
  await press(ines, 'Enter');
  await ines.waitForURL(/q=owner%3Anobody/);

  const [one] = await rows(ines);
  const word = (await (await ines.request.get(`/api/issues/${one!.key}`)).json()).title.split(' ')[0];
  await press(ines, 'Control+a');
  await ines.keyboard.type(word);
  await press(ines, 'Enter');
  await ines.getByText('Why it matched:').first().waitFor();
  await ines.locator('.issue-link mark').first().waitFor();
  await expectAccessible(ines, 'why it was found');
  await picture(ines, 'why');
});

test('states are ticked behind their button, and several of them add up', async () => {
  await open(ines, '/issues?group=all');
  await ines.getByRole('button', { name: /^State/ }).focus();
  await press(ines, 'Enter');
  await ines
    .getByRole('checkbox', { name: /suspected/ })
    .and(ines.locator(':focus'))
    .waitFor();
  await expectAccessible(ines, 'states to tick');
  await press(ines, ' ');
  await ines.waitForURL(/q=state%3Asuspected/);
  await picture(ines, 'states');
  await press(ines, 'Escape');
  await ines
    .getByRole('button', { name: /^State/ })
    .and(ines.locator(':focus'))
    .waitFor();
});

test('f follows, and the undo bar takes it back', async () => {
  await open(ines);
  await press(ines, 'j', 'f');
  await ines.locator('.undo-bar').getByText('Followed').waitFor();
  await expect.poll(async () => (await rows(ines, 'is:followed')).length, SLOW).toBe(1);
  await press(ines, 'z');
  await expect.poll(async () => (await rows(ines, 'is:followed')).length, SLOW).toBe(0);
});

test('whose it is shows on the board and on home; both and the phone are accessible, from right to left too', async () => {
  await ines.goto('/issues?view=board');
  await ines.getByText('Owner: Ines D.').first().waitFor({ state: 'attached' });
  await expectAccessible(ines, 'board with owners');
  await picture(ines, 'board');
  await press(ines, 'j', 'a');
  await ines.getByRole('dialog', { name: /Give these issues/ }).waitFor();
  await press(ines, 'Escape');
  await ines.goto('/');
  await ines.locator('.owner-mark').first().waitFor();
  await expectAccessible(ines, 'home with owners');
  await picture(ines, 'home');

  const phone = await stage.open('light', 'phone', await ines.context().storageState());
  await phone.goto('/issues');
  await chip(phone, 'Mine').waitFor();
  await expectAccessible(phone, 'list on a phone');
  expect(await phone.evaluate('document.documentElement.scrollWidth <= innerWidth')).toBe(true);
  await picture(phone, 'phone');
  await phone.context().close();

  const dark = await stage.open('dark', 'desk', await ines.context().storageState());
  await open(dark, '/issues');
  await dark.evaluate('document.documentElement.dir = "rtl"');
  await expectAccessible(dark, 'list, dark, from right to left');
  await picture(dark, 'rtl-dark');
  await dark.context().close();
  expect(errors).toEqual([]);
});
