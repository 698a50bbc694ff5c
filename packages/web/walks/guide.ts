/** `npm run guide`: the pictures of the guide and the README, taken of an invented world. Run it after `npm run build`. */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { type Look, makeAdmin, openStage, type Stage } from './stage.ts';
import { PAYOUT_LATE, UPLOAD_STUCK, type Voice, voices } from './world.ts';

const OUT = join(import.meta.dirname, '..', '..', '..', 'docs', 'guide');
const DAY_MS = 86_400_000;
const SCREENS = {
  home: '/',
  issues: '/issues?group=all',
  issue: '/issues/',
  signals: '/signals',
  import: '/import',
  sources: '/sources',
  dimension: '/dimensions/app_version',
};

const stage = await openStage();
try {
  mkdirSync(OUT, { recursive: true });
  const page = await stage.open('light');
  await makeAdmin(stage, page);
  const token = await fillWorld(page);
  await surgeNow(token);
  const issue = await liveIssue(page);
  const saved = await page.context().storageState();
  for (const look of ['light', 'dark'] as const) await pictures(stage, look, 'desk', saved, issue);
  await pictures(stage, 'light', 'phone', saved, issue);
} finally {
  await stage.close();
}

/** Eight weeks of history with one surge, and a token for what comes now. */
async function fillWorld(page: Page): Promise<string> {
  const start = new Date(Math.floor(Date.now() / DAY_MS) * DAY_MS - 60 * DAY_MS);
  const late = { day: 35, hours: 30, count: 60, theme: PAYOUT_LATE, slice: { country: 'DE' } };
  const rows = voices({ seed: 11, start, days: 57.9, perDay: 120, surges: [late] });
  const buffer = Buffer.from(rows.map((row) => JSON.stringify(row)).join('\n'));
  await page.goto('/import');
  await page
    .locator('input[type=file]')
    .setInputFiles({ name: 'app-reviews.jsonl', mimeType: 'application/jsonl', buffer });
  await page.getByRole('textbox', { name: 'Name' }).fill('App reviews');
  await page.getByRole('button', { name: 'Create source' }).click();
  await page.getByRole('button', { name: 'Import', exact: true }).click();
  await page.getByText(/Read to the end\./).waitFor({ timeout: 180_000 });
  await page.goto('/sources');
  await page.getByRole('textbox', { name: 'Name of the token' }).fill('Store webhook');
  await page.getByRole('button', { name: 'Make a token' }).click();
  await page.getByText('It is shown only now').waitFor();
  return (await page.locator('body').innerText()).match(/gsw_[\w-]{20,}/)![0];
}

async function surgeNow(token: string): Promise<void> {
  const start = new Date(Date.now() - 2 * DAY_MS);
  const stuck = {
    day: 1.7,
    hours: 7,
    count: 150,
    theme: UPLOAD_STUCK,
    slice: { app_version: '38.1.2', country: 'BR' },
  };
  const usual = voices({ seed: 12, start, days: 2, perDay: 120, surges: [] });
  const surge = voices({ seed: 13, start, days: 2, perDay: 0, surges: [stuck] });
  const rows = [...usual, ...surge].sort((a, b) => (a.ts < b.ts ? -1 : 1)).map(asSignal);
  const response = await fetch(`${stage.address}/api/signals`, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    body: JSON.stringify(rows),
  });
  if (!response.ok) throw new Error(`The signals were refused: ${await response.text()}`);
}

async function pictures(
  from: Stage,
  look: Look,
  size: 'desk' | 'phone',
  saved: Parameters<Stage['open']>[2],
  issue: string,
): Promise<void> {
  const page = await from.open(look, size, saved);
  for (const [name, path] of Object.entries(SCREENS)) {
    await page.goto(name === 'issue' ? path + issue : path);
    await page.waitForLoadState('networkidle');
    await page.waitForTimeout(500); // the chart draws itself after its data
    const file = `${name}-${size === 'phone' ? 'phone-' : ''}${look}.png`;
    await page.screenshot({ path: join(OUT, file) });
  }
  await page.context().close();
}

function asSignal({ id, ts, text, author, rating, ...dimensions }: Voice) {
  return { id, ts, text, author, rating, dimensions };
}

/** The key of the issue that is growing now, as soon as the engine has said so. */
async function liveIssue(page: Page): Promise<string> {
  for (let tries = 0; tries < 60; tries++) {
    const answer = await page.request.get('/api/issues?historical=false');
    const { issues } = (await answer.json()) as { issues: { key: string }[] };
    if (issues[0]) return issues[0].key;
    await page.waitForTimeout(1_000);
  }
  throw new Error('The surge that was sent became no issue within a minute.');
}
