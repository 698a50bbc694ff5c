/** Somebody begins, their work changes, and they leave: two browsers, one of the admin and one of the newcomer. */
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { atRest, expectAccessible, type Look, makeAdmin, openStage, type Stage } from './stage.ts';

const PASSWORD = 'paper kites above the harbour';

let stage: Stage;
let admin: Page;
let bo: Page;
const errors: string[] = [];

beforeAll(async () => {
  stage = await openStage();
  admin = await open();
  await makeAdmin(stage, admin);
});
afterAll(() => stage?.close());

async function open(): Promise<Page> {
  const page = await stage.open('light');
  page.setDefaultTimeout(20_000);
  page.on('pageerror', (error) => errors.push(String(error)));
  return page;
}

const linkOn = async (page: Page) =>
  (await page.getByRole('dialog').innerText()).match(/https?:\/\/\S+#[\w-]{20,}/)![0];

async function actOn(name: string, act: string): Promise<void> {
  await admin.getByRole('button', { name: `What can be done about ${name}` }).click();
  await admin.getByRole('menuitem', { name: act }).click();
}

test('somebody is invited by keyboard; the link is shown once', async () => {
  await admin.keyboard.press('g');
  await admin.keyboard.press('u');
  await admin.getByRole('heading', { name: 'People' }).waitFor();
  await admin.keyboard.press('n');
  const dialog = admin.getByRole('dialog');
  await dialog.getByLabel('Name').fill('Bo Larsen');
  await dialog.getByLabel('Mail address').fill('bo@example.org');
  await dialog.getByRole('checkbox', { name: 'specialist' }).uncheck();
  await dialog.getByRole('checkbox', { name: 'viewer' }).check();
  await dialog.getByText('read issues and why they were raised').waitFor();
  await expectAccessible(admin, 'invite');
  await admin.keyboard.press('Enter');
  await dialog.getByText('It is shown only now').waitFor();
  await expectAccessible(admin, 'invite, link');
  const link = await linkOn(admin);
  await dialog.getByRole('button', { name: 'I have copied it' }).click();

  bo = await open();
  await bo.goto(link);
  await bo.getByRole('heading', { name: 'You are invited' }).waitFor();
  await expectAccessible(bo, 'invitation');
  await bo.getByRole('textbox', { name: 'Password' }).fill(PASSWORD);
  await bo.getByRole('button', { name: 'Make my account' }).click();
  await bo.getByRole('link', { name: 'Issues' }).first().waitFor();

  const late = await open();
  await late.goto(link);
  await late.getByText('This link opens nothing any more').waitFor();
  await late.context().close();
});

test('a role is made, given, and takes effect without signing in again', async () => {
  await bo.goto('/people');
  await bo.getByText('You are not allowed to do this').waitFor();
  await admin.goto('/people/new-role');
  await admin.getByLabel('Name of the role').fill('Importer');
  await admin.getByRole('checkbox', { name: /import files and make sources/i }).check();
  await admin.getByText('With the role Importer one can').waitFor();
  await admin.getByRole('button', { name: 'Make the role' }).click();
  await admin.getByRole('heading', { name: 'Importer' }).waitFor();
  await expectAccessible(admin, 'role');

  await bo.goto('/');
  expect(await bo.getByRole('link', { name: 'Import', exact: true }).count()).toBe(0);
  await admin.goto('/people');
  await actOn('Bo Larsen', 'Change');
  await admin.getByRole('dialog').getByRole('checkbox', { name: 'Importer' }).check();
  await admin.getByRole('dialog').getByRole('button', { name: 'Save' }).click();
  await admin.getByRole('dialog').waitFor({ state: 'hidden' });
  await bo.reload();
  await bo.getByRole('link', { name: 'Import', exact: true }).first().waitFor();
});

test('their own page shows where they are signed in, and a new password asks for the old one', async () => {
  await bo.goto('/me');
  await bo.getByText('This one').waitFor();
  await bo.getByText('Chrome on Linux').waitFor();
  await expectAccessible(bo, 'my account');
  await bo.getByLabel('Present password').fill('something else entirely');
  await bo.getByRole('textbox', { name: 'New password' }).fill('quiet water under copper kites');
  await bo.getByRole('button', { name: 'Change my password' }).click();
  await bo.getByText('This is not your present password').waitFor();
  await bo.getByLabel('Present password').fill(PASSWORD);
  await bo.getByRole('button', { name: 'Change my password' }).click();
  await bo.getByText('Your password is changed').waitFor();
});

test('a link for a new password lets them in, and the other browser is out', async () => {
  await actOn('Bo Larsen', 'Link for a new password');
  await admin.getByRole('button', { name: 'Make the link' }).click();
  await admin.getByText('It is shown only now').waitFor();
  const link = await linkOn(admin);
  await admin.getByRole('button', { name: 'I have copied it' }).click();
  const other = await open();
  await other.goto(link);
  await other.getByRole('heading', { name: 'A new password' }).waitFor();
  await expectAccessible(other, 'reset');
  await other.getByRole('textbox', { name: 'New password' }).fill('green lamps along the shore');
  await other.getByRole('button', { name: 'Set the password' }).click();
  await other.getByRole('link', { name: 'Issues' }).first().waitFor();
  await bo.reload();
  await bo.getByRole('heading', { name: 'Sign in' }).waitFor();
  await bo.context().close();
  bo = other;
});

test('whoever is deactivated is out within seconds, without touching anything', async () => {
  await bo.goto('/me');
  await bo.getByText('This one').waitFor();
  await actOn('Bo Larsen', 'Deactivate');
  await expectAccessible(admin, 'deactivate');
  await admin.getByRole('button', { name: 'Deactivate now' }).click();
  await admin.getByRole('dialog').waitFor({ state: 'hidden' });
  const status = (await bo.request.get('/api/me/sessions')).status();
  expect(status).toBe(401);
  await bo.getByRole('heading', { name: 'Sign in' }).waitFor({ timeout: 60_000 });
  await admin.getByRole('switch', { name: /Also 1 deactivated/ }).waitFor();
});

test('a team is made, and everything is accessible in both themes', async () => {
  await admin.goto('/people?tab=teams');
  await admin.getByRole('button', { name: 'New team' }).click();
  await admin.getByRole('dialog').getByLabel('Name').fill('Payouts');
  await admin.getByRole('dialog').getByRole('checkbox', { name: 'Ines D.' }).check();
  await admin.getByRole('dialog').getByRole('button', { name: 'Save' }).click();
  await admin.getByText('Payouts').waitFor();
  const saved = await admin.context().storageState();
  for (const look of ['light', 'dark'] satisfies Look[]) {
    const page = await stage.open(look, 'desk', saved);
    for (const path of [
      '/people?gone=true',
      '/people?tab=teams',
      '/people?tab=roles',
      '/people?tab=invitations',
      '/me',
    ]) {
      await page.goto(path);
      await atRest(page);
      await expectAccessible(page, `${path}, ${look}`);
    }
    for (const path of ['/people/roles/admin', '/people/roles/Importer']) {
      await page.goto(path);
      await page.getByText('What it means').waitFor();
      await expectAccessible(page, `${path}, ${look}`);
    }
    await page.context().close();
  }
  expect(errors).toEqual([]);
});
