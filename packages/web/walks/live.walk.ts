/** Two people at the same issues: each sees what the other does, nobody loses the place where they are, and nothing is overwritten. */
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { expectAccessible, makeAdmin, openStage, type Stage, senderOf } from './stage.ts';
import { givenTwoSurges } from './two-surges.ts';

const ROUNDS = 40;
let stage: Stage;
let ines: Page;
let bob: Page;
let post: Awaited<ReturnType<typeof senderOf>>;
const errors: string[] = [];

beforeAll(async () => {
  stage = await openStage();
  ines = await stage.open('light');
  await makeAdmin(stage, ines);
  post = await senderOf(stage, ines);
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

const issueOf = async (key: string) => (await ines.request.get(`/api/issues/${key}`)).json();
const rowOf = (page: Page, key: string) => page.locator('tr[data-row]', { has: page.getByText(key, { exact: true }) });
/** Where a row stands on the screen. */
const topOf = async (page: Page, key: string) => (await rowOf(page, key).boundingBox())!.y;

test('what one confirms, the other sees within two seconds, and neither focus nor rows move', async () => {
  await bob.goto('/issues?group=all');
  await rowOf(bob, 'IS-2').waitFor();
  await bob.keyboard.press('j');
  const focused = () => bob.evaluate('document.activeElement?.closest("[data-row]")?.textContent ?? ""');
  const before = { focus: await focused(), first: await topOf(bob, 'IS-1'), second: await topOf(bob, 'IS-2') };
  expect(before.focus).not.toBe('');

  await ines.goto('/issues/IS-1');
  await ines.getByRole('button', { name: 'Confirm' }).click();
  const clicked = performance.now();
  await ines.getByText('confirmed').filter({ visible: true }).first().waitFor(); // at once: it does not wait for the answer
  await rowOf(bob, 'IS-1').getByText('confirmed').waitFor({ timeout: 2_000 });
  console.log(`confirmed in one browser, seen in the other after ${Math.round(performance.now() - clicked)} ms`);
  expect(await topOf(bob, 'IS-1')).toBe(before.first);
  expect(await topOf(bob, 'IS-2')).toBe(before.second);
  const focus = (await focused()) as string;
  expect(focus.slice(0, 20)).toBe((before.focus as string).slice(0, 20));
});

test('who else looks at an issue is shown by name, in the list and on its page, and is gone when they leave', async () => {
  await rowOf(bob, 'IS-1').getByText('Also looking: Ines D.').waitFor({ state: 'attached', timeout: 5_000 });
  await bob.goto('/issues/IS-1');
  await bob.getByText('Also looking: Ines D.').waitFor();
  await ines.getByText('Also looking: Bob K.').waitFor({ timeout: 5_000 });
  await expectAccessible(ines, 'an issue that two look at');
  await bob.getByRole('link', { name: 'Issues' }).first().click();
  await ines.getByText('Also looking: Bob K.').waitFor({ state: 'detached', timeout: 5_000 });
});

test('of two who decide at once, the second sees both versions and chooses', async () => {
  await bob.goto('/issues/IS-2');
  await bob.getByRole('button', { name: 'Rename' }).click();
  await bob.getByRole('textbox', { name: 'Name' }).fill('Uploads hang in Brazil');
  const { version } = await issueOf('IS-2');
  await post('/api/issues/IS-2/title', { version, title: 'Upload stuck at 99 %' });
  await bob.getByRole('button', { name: 'Rename' }).last().click();
  const dialog = bob.getByRole('dialog', { name: 'Somebody else was faster' });
  await dialog.getByText('Ines D. changed this issue').waitFor();
  await dialog.getByRole('row', { name: /Name Uploads hang in Brazil Upload stuck at 99 %/ }).waitFor();
  await expectAccessible(bob, 'both versions');
  await dialog.getByRole('button', { name: 'Do mine after all' }).click();
  await bob.getByRole('heading', { name: 'Uploads hang in Brazil' }).waitFor();
  expect((await issueOf('IS-2')).title).toBe('Uploads hang in Brazil');
});

test('what is told is painted in the other browser soon', async () => {
  await bob.goto('/issues/IS-2');
  await bob.getByRole('heading', { name: 'Uploads hang in Brazil' }).waitFor();
  await bob.waitForTimeout(1_000);
  const took: number[] = [];
  for (let i = 0; i < ROUNDS; i++) {
    const title = `Name number ${i}`;
    const { version } = await issueOf('IS-2');
    const painted = bob.evaluate(`new Promise((done) => {
      const look = () => document.querySelector('h1')?.textContent.includes(${JSON.stringify(title)})
        ? requestAnimationFrame(() => setTimeout(() => done(Date.now()))) : requestAnimationFrame(look);
      look();
    })`);
    const asked = Date.now();
    await post('/api/issues/IS-2/title', { version, title });
    took.push(((await painted) as number) - asked);
    await bob.waitForTimeout(100 + (i % 5) * 100);
  }
  took.sort((a, b) => a - b);
  const p = (share: number) => took[Math.min(took.length - 1, Math.floor(took.length * share))]!;
  console.log(
    `decision sent → painted in the other browser: p50 ${p(0.5)} ms, p95 ${p(0.95)} ms, largest ${took.at(-1)} ms (n = ${ROUNDS})`,
  );
  expect(p(0.95)).toBeLessThan(2_000);
});

test('seven tabs of one browser share one line, and all of them work', async () => {
  const context = bob.context();
  const tabs = await Promise.all(Array.from({ length: 7 }, () => context.newPage()));
  for (const tab of tabs) await tab.goto('/issues?group=all');
  await rowOf(tabs[6]!, 'IS-1').waitFor(); // over HTTP/1.1 the seventh would wait for ever behind six streams
  const streams = Number(
    /^groundswell_live_streams (\d+)/m.exec(await (await ines.request.get('/metrics')).text())![1],
  );
  expect(streams).toBe(2);
  for (const tab of tabs) await tab.close();
  expect(errors).toEqual([]);
});
