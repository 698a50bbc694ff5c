/** A day by keyboard alone: not one call of the mouse. The palette, choosing many, undo, one after the other, own keys, a file. */
import { readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { expectAccessible, makeAdmin, openStage, type Stage, senderOf } from './stage.ts';

let stage: Stage;
let page: Page;
const HERE = { 'x-groundswell-world': '1' };

/** A sample that has been read and stands still: a few dozen issues, and none that comes by itself meanwhile. */
beforeAll(async () => {
  stage = await openStage();
  page = await stage.open('light');
  page.setDefaultTimeout(20_000);
  await makeAdmin(stage, page);
  await (await senderOf(stage, page))('/api/worlds', { kind: 'sample', seed: 7, speed: 600 });
  const until = Date.now() + 240_000;
  const world = async () => (await page.request.get('/api/worlds/1')).json();
  while (((await world()).state !== 'playing' || (await list('emerging')).length < 7) && Date.now() < until)
    await sleep(1_000);
  const { me } = await (await page.request.get('/api/session')).json();
  const headers = { 'x-groundswell-csrf': me.csrf, origin: stage.address };
  await page.request.post('/api/worlds/1/steer', { headers, data: { type: 'pause' } });
}, 300_000);
afterAll(() => stage?.close());

interface Row {
  key: string;
  state: string;
}
const list = async (group: string): Promise<Row[]> =>
  (await (await page.request.get(`/api/issues?group=${group}&limit=200`, { headers: HERE })).json()).issues ?? [];
const stateOf = async (key: string) =>
  (await (await page.request.get(`/api/issues/${key}`, { headers: HERE })).json()).state;
const press = async (...keys: string[]) => {
  for (const key of keys) await page.keyboard.press(key);
};
const focused = () => page.evaluate<string>('document.activeElement?.textContent ?? ""');
/** Walks with Tab until the focus is on what has this name. */
async function tabTo(name: string | RegExp): Promise<void> {
  for (let i = 0; i < 250; i++) {
    await press('Tab');
    const said = await page.evaluate<string>(
      '(document.activeElement?.getAttribute("aria-label") ?? document.activeElement?.textContent ?? "").trim()',
    );
    if (typeof name === 'string' ? said.startsWith(name) : name.test(said)) return;
  }
  throw new Error(`No way by Tab to ${String(name)}`);
}

const FIELD = 'A place, an act, an issue, an id or a link';
async function openPalette(on = page): Promise<void> {
  await on.keyboard.press('Control+k');
  await on.getByRole('combobox', { name: FIELD }).and(on.locator(':focus')).waitFor();
}

test('Ctrl-K goes to a place, to an issue by its key, by a pasted id and by a pasted link, and stays in the sample', async () => {
  await page.goto('/sample/1/');
  await page.getByRole('button', { name: /Go to…/ }).waitFor();
  await openPalette();
  await expectAccessible(page, 'palette');
  await page.keyboard.type('issu');
  await page
    .getByRole('option', { name: /Issues/ })
    .first()
    .waitFor();
  await press('Enter');
  await page.waitForURL(/\/sample\/1\/issues$/);

  const [one] = await list('emerging');
  await openPalette();
  await page.keyboard.type(one!.key.toLowerCase()); // faster than any answer: Enter waits for what was meant
  await press('Enter');
  await page.waitForURL(new RegExp(`/sample/1/issues/${one!.key}$`));

  const { signals } = await (await page.request.get('/api/signals?limit=1', { headers: HERE })).json();
  await openPalette();
  await page.keyboard.insertText(signals[0].id);
  await page.getByRole('group', { name: 'Found' }).getByRole('option').waitFor();
  await press('Enter');
  await page.waitForURL(new RegExp(`/sample/1/signals\\?open=${signals[0].id}`));

  await openPalette();
  await page.keyboard.insertText(`${stage.address}/sample/1/issues/${one!.key}`);
  await page.getByRole('option', { name: /^Open/ }).waitFor();
  await press('Enter');
  await page.waitForURL(new RegExp(`/sample/1/issues/${one!.key}$`));

  await openPalette();
  await page.keyboard.type('pin this');
  await press('Enter');
  await page.getByRole('dialog').waitFor({ state: 'detached' });
  await openPalette();
  await page
    .getByRole('group', { name: 'Pinned' })
    .getByRole('option', { name: new RegExp(`${one!.key}\\b`) })
    .waitFor();
  await press('Escape');
});

test('x, X and * choose; the echo names exactly which; undo brings them back', async () => {
  await page.setViewportSize({ width: 1440, height: 4_000 }); // else a row lies half under the bar of what was chosen
  await page.goto('/sample/1/issues?group=emerging');
  await page.getByRole('table').waitFor();
  await press('j', 'x', 'J');
  await page.getByText('2 chosen').waitFor();
  await press('Escape');
  await page.getByText('2 chosen').waitFor({ state: 'detached' });
  await press('x', 'j', 'j', 'X');
  await page.getByText('3 chosen').waitFor();
  await expectAccessible(page, 'issues chosen');
  await press('c');
  const dialog = page.getByRole('dialog');
  await dialog.getByText('These 3 will be confirmed:').waitFor();
  await expectAccessible(page, 'echo');
  const keys = (await dialog.locator('li .mono').allTextContents()).map((key) => key.trim());
  expect(keys).toHaveLength(3);
  await press('Enter');
  await page.getByText('3 confirmed').waitFor();
  for (const key of keys) expect(await stateOf(key)).toBe('confirmed');
  await expectAccessible(page, 'undo bar');
  await press('z');
  await page.getByText('3 taken back.').waitFor();
  for (const key of keys) expect(await stateOf(key)).toBe('suspected');
  await page.setViewportSize({ width: 1440, height: 900 });
});

test('after a decision comes the next one of the list; j and k go both ways, u goes back', async () => {
  await page.goto('/sample/1/issues?group=emerging');
  await page.getByRole('table').waitFor();
  await press('j', 'Enter');
  await page.waitForURL(/\/issues\/IS-[\w-]+\?list=/);
  await page.getByText(/^1 of \d+$/).waitFor();
  await expectAccessible(page, 'an issue of a list');
  const first = page.url();
  await press('c');
  await page.getByText(/^2 of \d+$/).waitFor();
  expect(page.url()).not.toBe(first);
  const key = /IS-[\w-]+/.exec(first)![0];
  expect(await stateOf(key)).toBe('confirmed');
  await press('z');
  await page.getByText('Taken back.').waitFor();
  expect(await stateOf(key)).toBe('suspected');
  await press('j');
  await page.getByText(/^3 of \d+$/).waitFor();
  await press('k', 'k');
  await page.getByText(/^1 of \d+$/).waitFor();
  await press('u');
  await page.waitForURL(/\/sample\/1\/issues\?group=emerging/);
});

test('a key is changed, told to be in the way, turned off and brought back', async () => {
  await page.goto('/sample/1/keys');
  await page.getByRole('heading', { name: 'Shortcuts', exact: true }).waitFor();
  await expectAccessible(page, 'shortcuts');
  await tabTo(/^Key for: choose$/);
  await press('c');
  await page
    .getByText(/Also used for: confirm/)
    .first()
    .waitFor();
  await sleep(1_300); // else it would be the second key of a sequence
  await press('y');
  await page.goto('/sample/1/issues?group=emerging');
  await page.getByRole('table').waitFor();
  await press('j', 'x');
  expect(await page.getByText('1 chosen').count()).toBe(0);
  await press('y');
  await page.getByText('1 chosen').waitFor();
  await page.goto('/sample/1/keys');
  await tabTo('All as shipped');
  await press('Enter');
  await page.getByText('All keys are as shipped again.').waitFor();
});

test('keys stay silent in a field, and ? shows them all', async () => {
  await page.goto('/sample/1/issues?group=emerging');
  await page.getByRole('table').waitFor();
  await press('/');
  await page.keyboard.type('xjc*');
  expect(await page.getByText(/chosen/).count()).toBe(0);
  expect(await focused()).toBe('');
  await page.goto('/sample/1/issues?group=emerging');
  await page.getByRole('table').waitFor();
  await press('?');
  await page.getByRole('dialog').getByText('choose all shown').waitFor();
  await expectAccessible(page, 'all keys');
  await press('Escape');
});

test('the list leaves as a file, from the palette', async () => {
  await page.goto('/sample/1/issues?group=emerging');
  await page.getByRole('table').waitFor();
  await openPalette();
  await page.keyboard.type('export csv');
  await page.getByRole('option', { name: 'Export CSV', exact: true }).waitFor();
  await press('Enter');
  await page.getByRole('dialog', { name: /Export this list/ }).waitFor();
  await expectAccessible(page, 'export');
  const coming = page.waitForEvent('download');
  await tabTo('Export');
  await press('Enter');
  const file = readFileSync(await (await coming).path(), 'utf8');
  const [head, ...rows] = file.trimEnd().split('\r\n');
  expect(head).toMatch(/^\uFEFFkey,title,state/);
  expect(rows).toHaveLength((await list('emerging')).length);
  await press('Escape');
});

test('on the dark side and from right to left it is as accessible', async () => {
  const saved = await page.context().storageState();
  const dark = await stage.open('dark', 'desk', saved);
  for (const path of ['/sample/1/issues', '/sample/1/keys', '/sample/1/exports']) {
    await dark.goto(path);
    await dark.getByRole('heading', { level: 1 }).waitFor();
    await dark.evaluate('document.documentElement.dir = "rtl"');
    await openPalette(dark);
    await expectAccessible(dark, `${path}, dark, right to left, palette`);
    await dark.keyboard.press('Escape');
    await expectAccessible(dark, `${path}, dark, right to left`);
  }
  await dark.context().close();
});
