/** Every way in, as an admin walks it: a packed export, a connected system, values that mean the same, what was changed. */
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { gzipSync } from 'node:zlib';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { atRest, expectAccessible, makeAdmin, openStage, type Stage, senderOf } from './stage.ts';

let stage: Stage;
let page: Page;
let helpDesk: Server;
let awake = true;
const errors: string[] = [];

beforeAll(async () => {
  helpDesk = await openHelpDesk();
  stage = await openStage({ egressInternal: `127.0.0.1:${portOf(helpDesk)}` });
  page = await stage.open('light');
  page.setDefaultTimeout(20_000);
  page.on('pageerror', (error) => errors.push(String(error)));
  await makeAdmin(stage, page);
});
afterAll(async () => {
  await stage?.close();
  helpDesk?.close();
});

const portOf = (server: Server) => (server.address() as AddressInfo).port;

/** Forty tickets behind one address; asleep, it answers nothing but 503. */
async function openHelpDesk(): Promise<Server> {
  const tickets = Array.from({ length: 40 }, (_, i) => ({
    key: `T-${i}`,
    said: new Date(Date.now() - i * 60_000).toISOString(),
    body: `My payout number ${i} is late again, call me at +49 30 901820${10 + i}`,
    who: { id: `creator-${i % 9}` },
    country: ['DE', 'de-AT', 'Brasil'][i % 3],
    plan: ['pro', 'Pro plan', 'basic'][i % 3],
  }));
  const server = createServer((_, reply) => {
    reply.statusCode = awake ? 200 : 503;
    reply.setHeader('content-type', 'application/json');
    reply.end(JSON.stringify(awake ? { data: { items: tickets } } : {}));
  });
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
  return server;
}

/** As the store writes it: UTF-16 with its mark, quoted, CRLF. The last row has no time. */
function playExport(): Buffer {
  const head = [
    ...['Package Name', 'App Version Code', 'App Version Name', 'Reviewer Language', 'Device'],
    ...[
      'Review Submit Date and Time',
      'Review Submit Millis Since Epoch',
      'Star Rating',
      'Review Title',
      'Review Text',
    ],
    'Review Link',
  ];
  const rows = Array.from({ length: 30 }, (_, i) => {
    const at = new Date(Date.UTC(2026, 2, 1) + i * 3_600_000);
    const link = `https://play.google.com/console/reviews?reviewId=r${i}`;
    const text = i === 3 ? 'Write to me at jo@example.com, "now"' : `The editor loses my draft, time ${i}`;
    const time = i === 29 ? ['', ''] : [at.toISOString(), String(at.getTime())];
    return ['com.acme', '12', '7.3.0', 'en', 'pixel', ...time, String(1 + (i % 5)), '', text, link];
  });
  const lines = [head, ...rows].map((row) => row.map((cell) => `"${cell.replaceAll('"', '""')}"`).join(','));
  return gzipSync(Buffer.from(`\ufeff${lines.join('\r\n')}\r\n`, 'utf16le'));
}

const drop = (name: string) =>
  page.locator('input[type=file]').setInputFiles({ name, mimeType: 'application/gzip', buffer: playExport() });

test('a packed UTF-16 export is recognised, tried, imported, and its refused row taken along', async () => {
  await page.goto('/import');
  await drop('reviews_com.acme_202603.csv.gz');
  await page.getByText('This is an export of Google Play').waitFor();
  await page.getByRole('textbox', { name: 'Name' }).fill('Play reviews');
  await page.getByRole('button', { name: 'Create source' }).click();
  await page.getByRole('button', { name: 'Try it first' }).click();
  await page.getByText('All 30 rows were tried, nothing was kept.').waitFor();
  await page.getByText('29 would be added, 0 revised, 0 are known, 1 would be refused.').waitFor();
  await expectAccessible(page, 'import, tried');

  await page.getByRole('button', { name: 'Import', exact: true }).click();
  await page.getByText('29 signals added.').waitFor({ timeout: 60_000 });
  await expectAccessible(page, 'import, packed, done');
  const [file] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('link', { name: 'Download as CSV' }).click(),
  ]);
  const content = await (await file.createReadStream()).toArray();
  expect(Buffer.concat(content).toString()).toMatch(/reason\r?\n.*reviewId=r29/s);

  await page.goto('/import');
  await drop('reviews_com.acme_202603.csv.gz');
  await page.getByLabel('Into the source').selectOption({ label: 'Play reviews' });
  await page.getByText('Read as the last file of this source was').waitFor();
});

test('a mail address in a review never came to rest: a mask stands there, and privacy counts it', async () => {
  await page.goto('/signals?q=write');
  await page.getByText('mail address').first().waitFor();
  expect(await page.locator('body').innerText()).not.toContain('jo@example.com');
  await page.goto('/privacy');
  await page.getByText('1 place in a text held personal data').waitFor();
  await expectAccessible(page, 'privacy');
});

test('a system is tested, connected and asked; when it sleeps that is said in words', async () => {
  await page.goto('/sources');
  await page.getByRole('button', { name: 'Connect a system' }).click();
  const form = page.getByRole('dialog');
  await form.getByRole('combobox', { name: 'System' }).selectOption('json_poll');
  await form.getByRole('textbox', { name: 'Address' }).fill(`http://127.0.0.1:${portOf(helpDesk)}/tickets`);
  await form.getByRole('textbox', { name: /Where the rows are/ }).fill('data.items');
  for (const [field, target] of [
    ['key', 'External id'],
    ['said', 'Time'],
    ['body', 'Text'],
    ['who.id', 'Author'],
    ['country', 'Dimension'],
    ['plan', 'Dimension'],
  ] as const) {
    await form.getByRole('textbox', { name: 'Name of a field' }).fill(field);
    await form.getByRole('button', { name: 'Add' }).click();
    await form.getByRole('combobox', { name: field, exact: true }).selectOption({ label: target });
  }
  await form.getByRole('button', { name: 'Test it first' }).click();
  await form.getByText('40 of 40 rows on the first page can be read as signals.').waitFor();
  await expectAccessible(page, 'sources, connecting');
  await form.getByRole('button', { name: 'Connect', exact: true }).click();
  await page.getByRole('button', { name: 'Ask now' }).click();
  await page.getByText('40 signals').waitFor({ timeout: 30_000 });
  await expectAccessible(page, 'sources, connected');

  awake = false;
  await page.getByRole('button', { name: 'Ask now' }).click();
  await page.getByText('Failing').waitFor({ timeout: 30_000 });
  await page.getByText('503').waitFor();
  awake = true;
});

test('values that mean the same are brought together, and search finds both under each', async () => {
  const rowsOf = async (plan: string) => {
    const answer = await page.request.get(`/api/signals/summary?dimension=${encodeURIComponent(`plan:${plan}`)}`);
    return ((await answer.json()) as { total: number }).total;
  };
  expect([await rowsOf('pro'), await rowsOf('Pro plan')]).toEqual([14, 13]);
  await page.goto('/dimensions/plan');
  for (const value of ['pro', 'Pro plan'])
    await page.getByRole('checkbox', { name: `Choose ${value}`, exact: true }).check();
  await page.getByRole('button', { name: 'Merge 2 values into…' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByText('1 value with 13 rows will count as “pro”, which then has 27 rows.').waitFor();
  await expectAccessible(page, 'dimension, merging');
  await dialog.getByRole('button', { name: 'Merge' }).click();
  await dialog.waitFor({ state: 'hidden' });
  await page.getByRole('row', { name: /Choose pro pro .*27/ }).waitFor();
  await expectAccessible(page, 'dimension');
  expect([await rowsOf('pro'), await rowsOf('Pro plan')]).toEqual([27, 27]);
  await page.getByRole('link', { name: 'pro', exact: true }).click();
  await page
    .getByText(/^27 signals/)
    .first()
    .waitFor();
});

test('a change is written down with one key and stands in the list', async () => {
  await page.goto('/changes');
  await page.getByText('No change has been written down yet').waitFor();
  await page.keyboard.press('n');
  const form = page.getByRole('dialog');
  await form.getByRole('textbox', { name: 'What was changed' }).fill('iOS 7.3.0');
  await form.getByRole('textbox', { name: 'Whom it reached' }).fill('platform: ios\napp version: v7.3.0');
  await expectAccessible(page, 'changes, writing');
  await form.getByRole('button', { name: 'Write it down' }).click();
  await form.waitFor({ state: 'hidden' });
  await page.getByText('iOS 7.3.0').waitFor();
  await page.getByText('7.3.0', { exact: true }).waitFor();
  await expectAccessible(page, 'changes');
  await page.goto('/changes?tab=users');
  await page.locator('input[type=file]').setInputFiles({
    name: 'dau.csv',
    mimeType: 'text/csv',
    buffer: Buffer.from('day,active_users,country\n2026-03-01,1200,DE\n2026-03-02,1300,DE\n2026-03-02,x,DE\n'),
  });
  await page.getByText('2 added, 0 replaced, 0 known already.').waitFor();
  await page.getByText('1 row was not taken').waitFor();
  await expectAccessible(page, 'active users');
});

test('the same words from many stand together as copied texts, and open as the signals that carry them', async () => {
  const post = await senderOf(stage, page);
  const { sources } = (await (await page.request.get('/api/sources')).json()) as {
    sources: { id: string; name: string }[];
  };
  const text =
    'Bring back the old creator fund at once: we make this platform what it is, and we are paid too late for it.';
  const rows = Array.from({ length: 12 }, (_, i) => ({
    id: `same-${i}`,
    ts: new Date(Date.now() - i * 60_000).toISOString(),
    text,
    author: `member-${i % 8}`,
  }));
  await post(`/api/signals?source=${sources.find(({ name }) => name === 'Play reviews')!.id}`, rows);
  const group = page.getByRole('listitem').filter({ hasText: text });
  const look = async () => {
    await page.goto('/copies');
    await atRest(page);
    return group.count();
  };
  await expect.poll(look, { timeout: 40_000 }).toBe(1); // they are compared a little after they came
  await group
    .getByText(`8 people sent the same ${text.length} characters, 12 times in all, within one hour.`)
    .waitFor();
  await group.getByText('All of it from Play reviews.').waitFor();
  await expectAccessible(page, 'copies');
  await group.getByRole('link').click();
  await page.getByText(/^12 signals from 8 people/).waitFor();
  await page.getByText('12 alike, 8 people').first().waitFor();
});

/** Whoever names a source knows nothing of the width of a phone. */
const LONG_NAME = 'Donaudampfschifffahrtsgesellschaftskapitänsmützenabzeichenverleihungsbeschwerdestelle';

test('every new screen is accessible in the dark and on a phone, and nothing broke on the way', async () => {
  const post = await senderOf(stage, page);
  const { id } = await post('/api/sources', { name: LONG_NAME, kind: 'appeal' });
  const settings = { mapping: { id: 'id', ts: 'ts', text: 'text' } };
  await post('/api/connectors', { sourceId: id, kind: 'standard_webhook', settings, secrets: {}, everyMinutes: 5 });
  const saved = await page.context().storageState();
  for (const [look, size] of [
    ['dark', 'desk'],
    ['light', 'phone'],
  ] as const) {
    const other = await stage.open(look, size, saved);
    for (const path of [
      '/sources',
      '/dimensions',
      '/dimensions/plan',
      '/privacy',
      '/changes',
      '/changes?tab=users',
      '/copies',
    ]) {
      await other.goto(path);
      await other.getByRole('heading', { level: 1 }).waitFor();
      await atRest(other);
      await expectAccessible(other, `${path}, ${look}, ${size}`);
      const wider = await other.evaluate('document.documentElement.scrollWidth - document.documentElement.clientWidth');
      expect(wider, `${path} on ${size} scrolls sideways`).toBe(0);
    }
    await other.context().close();
  }
  expect(errors).toEqual([]);
});
