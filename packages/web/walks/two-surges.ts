/** Eight weeks of reviews with two surges, imported as history: a list with issues to walk over. */
import type { Page } from 'playwright-core';
import { vi } from 'vitest';
import { type Stage, senderOf } from './stage.ts';
import { PAYOUT_LATE, UPLOAD_STUCK, voices } from './world.ts';

const DAY_MS = 86_400_000;

/**
 * Waits until both are found. The surges lie in separate countries and weeks, so that each stands for itself.
 *
 * @returns id of the source
 */
export async function givenTwoSurges(stage: Stage, page: Page, seed = 11): Promise<string> {
  const post = await senderOf(stage, page);
  const { me } = await (await page.request.get('/api/session')).json();
  const source = await post('/api/sources', { name: 'App reviews', kind: 'app_review' });
  const uploaded = await page.request.post('/api/imports?fileName=reviews.jsonl', {
    headers: { 'x-groundswell-csrf': me.csrf, origin: stage.address, 'content-type': 'application/octet-stream' },
    data: Buffer.from(reviews(seed)),
  });
  const { id, suggested } = await uploaded.json();
  await post(`/api/imports/${id}/start`, { sourceId: source.id, mapping: suggested });
  const found = async () => (await (await page.request.get('/api/issues?group=all')).json()).issues.length;
  await vi.waitUntil(async () => (await found()) >= 2, { timeout: 120_000, interval: 500 });
  return source.id;
}

function reviews(seed: number): string {
  const rows = voices({
    seed,
    start: new Date(Math.floor(Date.now() / DAY_MS) * DAY_MS - 61 * DAY_MS),
    days: 56,
    perDay: 50,
    surges: [
      { day: 30, hours: 30, count: 70, theme: PAYOUT_LATE, slice: { country: 'DE' } },
      { day: 45, hours: 30, count: 70, theme: UPLOAD_STUCK, slice: { country: 'BR' } },
    ],
  });
  return rows.map((row) => JSON.stringify(row)).join('\n');
}
