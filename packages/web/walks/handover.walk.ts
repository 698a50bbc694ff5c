/** The end of a shift: a case is taken at the desk, passed on by a baton, and is somebody else's only once they have said it back. */
import { mkdirSync } from 'node:fs';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { atRest, expectAccessible, makeAdmin, openStage, type Stage, senderOf } from './stage.ts';

let stage: Stage;
let ines: Page;
let bob: Page;
let reference: string;
const errors: string[] = [];

beforeAll(async () => {
  stage = await openStage();
  ines = await stage.open('light');
  await makeAdmin(stage, ines);
  const post = await senderOf(stage, ines);
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
  const requester = { kind: 'creator_manager', name: 'Dana' };
  const ask = 'Payouts of a creator of ours stand still since the night';
  const title = 'Payouts stand still in BR';
  ({ reference } = await post('/api/cases', {
    kind: 'escalation',
    title,
    ask,
    requester,
    language: 'pt',
    region: 'BR',
  }));
}, 180_000);
afterAll(() => stage?.close());

const press = async (page: Page, ...keys: string[]) => {
  for (const key of keys) await page.keyboard.press(key);
};

/** Where PICTURES names a folder, what a person sees is kept there to be looked at. */
async function picture(page: Page, name: string): Promise<void> {
  const folder = process.env.PICTURES;
  if (folder === undefined) return;
  mkdirSync(folder, { recursive: true });
  await atRest(page);
  await page.screenshot({ path: `${folder}/${name}.png`, fullPage: true });
}

test('what nobody has stands on the desk, and is taken from there with one key', async () => {
  await ines.goto('/');
  await ines.getByRole('heading', { level: 1 }).waitFor();
  await press(ines, 'g', 'w');
  await ines.getByRole('heading', { name: 'My desk' }).waitFor();
  await ines.getByText('You have no live case.').waitFor();
  await ines.getByRole('link', { name: 'Payouts stand still in BR' }).waitFor();
  await expectAccessible(ines, 'the desk');
  await picture(ines, 'desk-free');
  await press(ines, 'j', 't');
  await ines.getByText('Every open case has an owner.').waitFor();
  await ines.locator('[data-row^="mine-"]', { hasText: reference }).waitFor();
});

test('a baton is drafted from the record, kept while it is written, and sent only when it says what could go wrong', async () => {
  await press(ines, 'j', 'Enter');
  await ines.getByRole('heading', { name: 'Payouts stand still in BR' }).waitFor();
  const post = await senderOf(stage, ines);
  const dueAt = new Date(Date.now() + 2 * 3_600_000).toISOString();
  const { id } = await (await ines.request.get(`/api/cases/${reference}`)).json();
  await post(`/api/cases/${id}/tasks`, { text: 'Ask the bank for the batch of 02:00', dueAt });
  await press(ines, 'H');
  const form = ines.getByRole('dialog', { name: `Pass the baton for ${reference}` });
  await form.getByLabel('How it stands').fill('Three batches failed. The bank has been asked and answers by noon.');
  expect(await form.getByLabel('Something owed').inputValue()).toBe('Ask the bank for the batch of 02:00');
  const send = form.getByRole('button', { name: 'Send the baton' });
  expect(await send.isDisabled()).toBe(true);
  await form.getByLabel('What could go wrong', { exact: true }).first().fill('The bank says nothing until noon');
  await form.getByText('A risk has only one half').waitFor();
  await form.getByLabel('What then', { exact: true }).first().fill('Pay the ten largest by hand');
  await form.getByLabel('Who takes over').selectOption({ label: 'Bob K.' });
  await form.getByText('Kept as you write.').waitFor();
  await expectAccessible(ines, 'writing a baton');
  await picture(ines, 'baton-writing');

  await ines.reload(); // a browser that dies loses nothing of it
  await ines.getByText('being written').waitFor();
  await press(ines, 'H');
  expect(await form.getByLabel('What then', { exact: true }).first().inputValue()).toBe('Pay the ten largest by hand');
  await form.getByRole('button', { name: 'Send the baton' }).click();
  await ines.getByText('waits for acceptance').waitFor();
  await ines.getByText('accountable until then:').waitFor();
  await expectAccessible(ines, 'a sent baton');
  await picture(ines, 'baton-sent');
});

test('whoever takes it says it back; what was said wrong is named, and nothing that was typed is lost', async () => {
  await bob.goto('/desk');
  const row = bob.locator('[data-row^="baton-"]', { hasText: reference });
  await row.getByText('Take the baton').waitFor();
  await expectAccessible(bob, 'a desk with a baton');
  await picture(bob, 'desk-baton');
  await press(bob, 'j', 'Enter');
  await bob.getByRole('heading', { name: 'Payouts stand still in BR' }).waitFor();
  await bob.getByRole('button', { name: /^Take the baton/ }).waitFor();
  await press(bob, 'H');
  const form = bob.getByRole('dialog', { name: `Take the baton for ${reference}` });
  await form.getByText('Pay the ten largest by hand').waitFor();
  await form.getByRole('radio', { name: 'Ines D.' }).check();
  await form.getByRole('radio', { name: 'nothing runs out' }).check();
  const words = 'If the bank stays silent until noon I pay the ten largest by hand.';
  await form.getByLabel(/^What could go wrong, and what you would do/).fill(words);
  const accept = form.getByRole('button', { name: 'I have it' });
  await accept.click();
  await form.getByText('Whose the case is then: look who accepts it.').waitFor();
  await form.getByText('What runs out next: look at the clock').waitFor();
  await expectAccessible(bob, 'said back wrong');
  await picture(bob, 'baton-wrong');
  await form.getByRole('radio', { name: 'Bob K.' }).check();
  await form
    .getByRole('radio')
    .nth(await dueOf(bob))
    .check();
  expect(await form.getByLabel(/^What could go wrong, and what you would do/).inputValue()).toBe(words);
  await accept.click();
  await form.waitFor({ state: 'hidden' });

  await ines.getByText('accepted', { exact: true }).first().click(); // told while they look on
  await ines.getByText(words).waitFor();
  const { owner } = await (await ines.request.get(`/api/cases/${reference}`)).json();
  expect(owner.name).toBe('Bob K.');
  await expectAccessible(ines, 'an accepted baton');
  await picture(ines, 'baton-accepted');
  expect(errors).toEqual([]);
});

/** Which of the choices is true: the earliest of what is owed and of what the clocks of the case say. */
async function dueOf(page: Page): Promise<number> {
  const { batons } = await (await page.request.get(`/api/cases/${reference}/batons`)).json();
  const { choices, points, facts } = batons[0];
  const dues = [...points.actions.map(({ dueAt }: { dueAt: string }) => dueAt), facts.clock?.dueAt].filter(Boolean);
  return choices.owners.length + choices.dues.indexOf(dues.toSorted()[0]);
}

test('the board of shifts says who is on and what lies there; in the last hour of a shift every case is drafted at once', async () => {
  const post = await senderOf(stage, ines);
  const me = async (page: Page) => (await (await page.request.get('/api/session')).json()).me.id;
  const [inesId, bobId] = [await me(ines), await me(bob)];
  const berlin = await post('/api/teams', { name: 'Berlin', members: [inesId, bobId] });
  const manila = await post('/api/teams', { name: 'Manila', members: [bobId] });
  const minutes = (at: Date) => at.getUTCHours() * 60 + at.getUTCMinutes();
  const shift = { days: [1, 2, 3, 4, 5, 6, 7], begins: '2026-01-01', ends: null };
  const now = new Date();
  // One that ends within the hour, and one that is on for long.
  const from = minutes(new Date(now.getTime() - 7 * 3_600_000));
  await post('/api/shifts', {
    ...{ ...shift, teamId: berlin.id, name: 'Night', zone: 'UTC', from, minutes: 440, people: [bobId] },
  });
  const evening = { ...shift, teamId: manila.id, name: 'Evening', zone: 'Asia/Manila', from: 0, minutes: 1440 };
  await post('/api/shifts', { ...evening, people: [inesId] });
  await bob.goto('/shifts');
  await bob.locator('.shift-team', { hasText: 'Berlin' }).getByText('Night').first().waitFor();
  await bob.getByText(/ in Manila$/).waitFor();
  await expectAccessible(bob, 'the board of shifts');
  await picture(bob, 'shifts');

  const { id, version } = await post('/api/cases', {
    kind: 'investigation',
    title: 'Captions are wrong',
    team: berlin.id,
  });
  await post('/api/cases/bulk', { cases: [{ id, version }], act: { type: 'give', owner: bobId } });
  await press(bob, 'g', 'w');
  await bob.getByText('Your shift ends').waitFor();
  const mine = await (await bob.request.get('/api/cases?owner=me')).json();
  expect(mine.cases.length).toBe(2);
  await bob.getByText('2 cases of yours have no baton yet.').waitFor();
  await picture(bob, 'desk-shift-end');
  await bob.getByRole('button', { name: 'Draft a baton for each' }).click();
  await bob.getByText('Every case of yours has a baton.').waitFor();
  expect(await bob.locator('[data-row^="baton-"]').count()).toBe(mine.cases.length);
  await expectAccessible(bob, 'a desk at the end of a shift');
});

test('on a phone the desk is read and a case handed over with a thumb', async () => {
  const phone = await stage.open('light', 'phone', await bob.context().storageState());
  phone.setDefaultTimeout(20_000);
  await phone.goto('/desk');
  await phone.getByRole('link', { name: 'Payouts stand still in BR' }).first().click();
  await phone.getByRole('button', { name: 'More acts' }).click();
  await phone.getByRole('menuitem', { name: /^Pass the baton/ }).click();
  const form = phone.getByRole('dialog', { name: `Pass the baton for ${reference}` });
  await form.getByLabel('How it stands').waitFor();
  expect(await phone.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(390);
  await expectAccessible(phone, 'writing a baton on a phone');
  await picture(phone, 'baton-phone');
  await phone.keyboard.press('Escape');
  await phone.goto('/desk');
  await phone.locator('[data-row^="mine-"]').first().waitFor();
  expect(await phone.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(390);
  await picture(phone, 'desk-phone');
  await phone.goto('/shifts');
  await phone.locator('.shift-team').first().waitFor();
  expect(await phone.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(390);
  await expectAccessible(phone, 'the board of shifts on a phone');
  await picture(phone, 'shifts-phone');
});
