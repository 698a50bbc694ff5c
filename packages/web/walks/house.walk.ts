/** The house itself by keyboard: whom one finds, what is kept apart, which views one begins with, and which keys one has. */
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { atRest, expectAccessible, makeAdmin, openStage, type Stage, senderOf } from './stage.ts';
import { givenTwoSurges } from './two-surges.ts';

const PASSWORD = 'quiet lantern over copper water';
let stage: Stage;
let page: Page;
let post: Awaited<ReturnType<typeof senderOf>>;
let source: string;
const errors: string[] = [];

beforeAll(async () => {
  stage = await openStage();
  page = await stage.open('light');
  await makeAdmin(stage, page);
  post = await senderOf(stage, page);
  source = await givenTwoSurges(stage, page, 12);
  page.setDefaultTimeout(20_000);
  page.on('pageerror', (error) => errors.push(String(error)));
}, 180_000);
afterAll(() => stage?.close());

async function comesIn(name: string, roles: readonly string[]): Promise<{ id: string; token: string }> {
  const email = `${name.toLowerCase()}@example.org`;
  const { link } = await post('/api/invitations', { name, email, roles });
  const fresh = await stage.browser.newContext({ baseURL: stage.address });
  const accepted = await fresh.request.post('/api/invitations/accept', {
    data: { token: link.token, name, password: PASSWORD },
  });
  const { id } = await accepted.json();
  await fresh.close();
  return { id, token: link.token };
}

const press = async (...keys: string[]) => {
  for (const key of keys) await page.keyboard.press(key);
};
const FIELD = 'A place, an act, an issue, an id or a link';
const field = () => page.getByRole('combobox', { name: FIELD });
async function ask(words: string): Promise<void> {
  await page.locator('#page').waitFor(); // before it stands nobody hears the keys
  await atRest(page);
  await page.keyboard.press('Control+k');
  await field().and(page.locator(':focus')).waitFor();
  await page.keyboard.insertText(words);
}
/** By the palette: typed, seen, taken. */
async function call(words: string, option: string | RegExp = words): Promise<void> {
  await ask(words);
  const wanted = dialog().getByRole('option', { name: option }).first();
  await wanted.waitFor();
  for (let i = 0; i < 12 && (await wanted.getAttribute('aria-selected')) !== 'true'; i++) await press('ArrowDown');
  await press('Enter');
  await field().waitFor({ state: 'detached' });
}
/** Walks with Tab until the focus is on what has this name. */
async function tabTo(name: string | RegExp): Promise<void> {
  for (let i = 0; i < 120; i++) {
    await press('Tab');
    const said = await page.evaluate<string>(
      `(document.activeElement?.getAttribute('aria-label') || document.activeElement?.closest('label')?.textContent ||
        document.activeElement?.textContent || '').trim()`,
    );
    if (typeof name === 'string' ? said.startsWith(name) : name.test(said)) return;
  }
  throw new Error(`No way by Tab to ${String(name)}`);
}
const dialog = () => page.getByRole('dialog');
/** By Enter, once it takes one: while the server has not answered a button is off. */
async function hit(button: { name: string; exact?: true }): Promise<void> {
  const found = dialog().getByRole('button', button);
  await found.click({ trial: true });
  await found.press('Enter');
}
async function leave(): Promise<void> {
  await press('Escape');
  await dialog().waitFor({ state: 'detached' });
}

test('people and teams are found by name, and any id leads to what it belongs to', async () => {
  const bo = await comesIn('Bo', ['viewer']);
  await comesIn('Cleo', ['admin']);
  await comesIn('Dan', ['admin']);
  const team = await post('/api/teams', { name: 'Night shift', members: [bo.id] });
  const view = await post('/api/views', {
    kind: 'issues',
    name: 'Closed ones',
    search: { group: 'closed' },
    share: { with: 'private' },
  });
  const { issues } = await (await page.request.get('/api/issues?group=all')).json();
  const comment = await post(`/api/issues/${issues[0].key}/comments`, { text: 'seen by two', mentions: [] });
  const file = await post('/api/exports', { list: 'issues' });
  await page.goto('/');
  await call('@bo', /Bo/);
  await dialog().getByRole('textbox', { name: 'Name' }).waitFor();
  expect(await dialog().getByRole('textbox', { name: 'Name' }).inputValue()).toBe('Bo');
  await leave();
  await call('@night', /Night shift/);
  expect(await dialog().getByRole('textbox', { name: 'Name of the team' }).inputValue()).toBe('Night shift');
  await leave();
  await call('closed ones', /Closed ones/);
  await page.waitForURL(/\/issues\?group=closed/);
  const places: readonly [string, RegExp, RegExp][] = [
    [bo.id, /Bo/, /\/people\?open=/],
    [team.id, /Night shift/, /\/people\?tab=teams/],
    [view.id, /Closed ones/, /\/issues\?group=closed/],
    [source, /App reviews/, /\/sources/],
    [comment.id, new RegExp(issues[0].key), new RegExp(`/issues/${issues[0].key}`)],
    [file.id, /issues/, /\/exports/],
  ];
  for (const [id, option, path] of places) {
    await page.goto('/me');
    await call(id, option);
    await page.waitForURL(path);
  }
}, 200_000);

test('every button of a page can be called from the palette while the page is open', async () => {
  const screens = ['/issues', '/issues/IS-1', '/signals', '/sources', '/import', '/people', '/samples', '/changes'];
  for (const path of [...screens, '/privacy', '/people?tab=compartments', '/keys', '/me']) {
    await page.goto(path);
    await atRest(page);
    const names = await page.evaluate<string[]>(`(() => {
      const out = [];
      for (const one of document.querySelectorAll('main button:not([disabled])')) {
        if (one.closest('[data-row], tbody, [role="menu"], [role="listbox"], [aria-hidden="true"]')) continue;
        if (one.getClientRects().length === 0) continue;
        const copy = one.cloneNode(true);
        for (const part of copy.querySelectorAll('[aria-hidden="true"], .count, svg')) part.remove();
        const name = one.getAttribute('aria-label') || copy.textContent.replace(/\\s+/g, ' ').trim();
        if (name) out.push(name);
      }
      return [...new Set(out)];
    })()`);
    expect(names.length, path).toBeGreaterThan(path === '/keys' ? -1 : 0);
    await ask('');
    for (const name of names.slice(0, 25)) {
      await field().fill(name);
      await dialog().getByRole('option', { name, exact: false }).first().waitFor();
    }
    await leave();
  }
}, 180_000);

test('a closed compartment is made by keyboard; one keeper is not enough; whoever is outside sees nothing of it', async () => {
  await page.goto('/people');
  await atRest(page);
  await call('Compartments', /^Compartments$/);
  await page.getByText('seen by its members and by nobody else').waitFor();
  await expectAccessible(page, 'compartments');
  await call('New compartment');
  await dialog().getByLabel('Short name').waitFor();
  await page.keyboard.insertText('Legal');
  await press('Tab');
  await page.keyboard.insertText('legal');
  await press('Tab');
  await page.keyboard.insertText('What counsel reads first.');
  await tabTo(/^Bo/);
  await press('Space');
  await tabTo('Make the compartment');
  await press('Enter');
  await dialog().getByText('needs 2 people inside').waitFor();
  await expectAccessible(page, 'new compartment, refused');
  await tabTo(/^Cleo/);
  await press('Space');
  await tabTo('Make the compartment');
  await press('Enter');
  await dialog().waitFor({ state: 'detached' });
  await page.getByText('What counsel reads first.').waitFor();
  await page
    .getByText(/admin · keeper/)
    .first()
    .waitFor();
  await expectAccessible(page, 'compartments, one made');

  const dan = await (await stage.open('dark')).context();
  await dan.request.post('/api/session', {
    data: { email: 'dan@example.org', password: PASSWORD },
    headers: { origin: stage.address },
  });
  const { compartments } = await (await dan.request.get('/api/compartments')).json();
  expect(compartments.map(({ name }: { name: string }) => name)).toEqual(['open']);
  await dan.close();
});

test('a link from outside for a new password leaves somebody waiting, and a keeper lets them in again', async () => {
  const outside = await stage.open('light');
  await outside.request.post('/api/session', {
    data: { email: 'dan@example.org', password: PASSWORD },
    headers: { origin: stage.address },
  });
  const { people } = await (await page.request.get('/api/people')).json();
  const cleo = people.find(({ name }: { name: string }) => name === 'Cleo');
  const link = await (await senderOf(stage, outside))(`/api/people/${cleo.id}/reset-link`, undefined);
  await outside.context().close();
  const back = await stage.open('light');
  await back.goto(`/reset#${link.token}`);
  await back.getByText('stay shut until somebody inside').waitFor();
  await back.getByRole('textbox', { name: 'New password' }).fill('an entirely other lantern');
  await back.keyboard.press('Enter');
  await back.getByRole('link', { name: 'Issues' }).first().waitFor();
  await back.goto('/people?tab=compartments');
  await atRest(back);
  expect(await back.getByText('What counsel reads first.').count()).toBe(0);
  await back.context().close();

  await page.goto('/people?tab=compartments');
  await page.getByText('Only one keeper is left').waitFor();
  await page.getByText('Waits outside since a new password by a link').waitFor();
  await expectAccessible(page, 'compartments, somebody waits');
  await call('Change the compartment Legal');
  await tabTo(/^Cleo/);
  await press('Space');
  await tabTo('Save');
  await press('Enter');
  await page.getByText('Waits outside since').waitFor({ state: 'detached' });
});

test('a compartment is removed by keyboard while nothing is in it, and says what it holds when there is something', async () => {
  const { people } = await (await page.request.get('/api/people')).json();
  const members = [people.find(({ name }: { name: string }) => name === 'Cleo').id];
  for (const compartment of ['audit', 'board']) {
    await post('/api/compartments', { compartment, title: compartment, purpose: `for ${compartment}`, members });
  }
  await post('/api/sources', { name: 'Minutes', kind: 'feedback', compartment: 'board' });
  await page.goto('/people?tab=compartments');
  await page.getByText('for audit').waitFor();
  await tabTo('Remove the compartment board');
  await press('Enter');
  await dialog().getByText('It still holds').waitFor();
  await expectAccessible(page, 'a compartment that holds something');
  await leave();
  await tabTo('Remove the compartment audit');
  await press('Enter');
  await dialog().getByText('They lose their way in').waitFor();
  await expectAccessible(page, 'a compartment about to be removed');
  await hit({ name: 'Remove for good' });
  await page.getByText('for audit').waitFor({ state: 'detached' });
  await page.getByText('for board').waitFor();
});

test('a view is saved, watched, counted, renamed, moved, begun with and removed, each with a way back', async () => {
  await page.goto('/signals?q=payout');
  await atRest(page);
  await press('w');
  await dialog().getByLabel('Save this list as').waitFor();
  await page.keyboard.insertText('Payouts');
  await press('Enter');
  await dialog().getByRole('button', { name: 'Open the view Payouts' }).waitFor();
  await hit({ name: 'Watch', exact: true });
  await dialog().getByText('nothing new').waitFor();
  await expectAccessible(page, 'views');
  const now = new Date().toISOString();
  const signals = ['one', 'two'].map((id) => ({ id: `fresh-${id}`, ts: now, text: `my payout is late, number ${id}` }));
  await post(`/api/signals?source=${source}`, signals);
  await page.reload();
  await page.getByRole('button', { name: /Views.*2 new/ }).waitFor({ timeout: 60_000 });

  await press('w');
  await hit({ name: 'Rename or share' });
  await dialog().getByRole('textbox', { name: 'Name', exact: true }).fill('Late payouts');
  await press('Enter');
  await dialog().getByRole('button', { name: 'Open the view Late payouts' }).waitFor();
  await hit({ name: 'Undo' });
  await dialog().getByRole('button', { name: 'Open the view Payouts' }).waitFor();
  await hit({ name: 'Remove the view Payouts' });
  await dialog().getByText('The view was removed.').waitFor();
  await hit({ name: 'Undo' });
  await dialog().getByRole('button', { name: 'Open the view Payouts' }).waitFor();
  await hit({ name: 'Begin with this view' });
  await dialog().getByText('begins here').waitFor();
  await leave();
  await press('g', 'h');
  await page.waitForURL(/\/$/);
  await page.locator('#page').waitFor();
  await atRest(page);
  await press('g', 's');
  await page.waitForURL(/\/signals\?q=payout/);
});

test('keys of triage stand on the buttons and on the page of keys, are changed there, and never fire in fields', async () => {
  await page.goto('/issues/IS-1');
  await atRest(page);
  await press('m');
  await dialog().waitFor();
  await leave();
  await page.goto('/keys');
  const merge = page.getByRole('textbox', { name: 'Key for: Merge into another' });
  await merge.focus();
  await press('a');
  await page.getByRole('alert').first().waitFor();
  await page.waitForTimeout(1_400); // or the second key would make a sequence of the first
  await press('y');
  await expectAccessible(page, 'keys');
  await page.goto('/issues/IS-1');
  await atRest(page);
  await page.getByRole('button', { name: 'Merge' }).getByText('y', { exact: true }).waitFor();
  await press('m');
  await press('n');
  await page.keyboard.insertText('');
  await press('y', 's', 'l');
  expect(await dialog().count(), 'in the comment these are letters').toBe(0);
  expect(await page.locator(':focus').inputValue()).toBe('ysl');
  await page.locator(':focus').fill('');
  await page.locator(':focus').blur();
  await press('y');
  await dialog().waitFor();
  await press('Escape');
  expect(errors).toEqual([]);
});
