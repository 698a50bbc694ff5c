/** `npm run guide`: the pictures of the guide and the README, taken of a sample day. Run it after `npm run build`. */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { atRest, type Look, makeAdmin, openStage, type Stage, senderOf } from './stage.ts';

const OUT = join(import.meta.dirname, '..', '..', '..', 'docs', 'guide');
/** A day whose bug is found while it is played; any other number makes as good a guide. */
const SEED = 7;
const WORLD = '/sample/1';
const INSIDE = {
  home: '/',
  issues: '/issues?group=all',
  issue: '/issues/',
  signals: '/signals',
  changes: '/changes',
  sources: '/sources',
  dimension: '/dimensions/app_version',
  debrief: '/debrief',
};
const OUTSIDE = { first: '/', import: '/import', samples: '/samples' };

const stage = await openStage();
try {
  mkdirSync(OUT, { recursive: true });
  const page = await stage.open('light');
  await makeAdmin(stage, page);
  const issue = await playADay(page);
  const saved = await page.context().storageState();
  for (const look of ['light', 'dark'] as const) await pictures(stage, { look, size: 'desk' }, saved, issue);
  await pictures(stage, { look: 'light', size: 'phone' }, saved, issue);
  await pictures(stage, { look: 'light', size: 'desk', arabic: true }, saved, issue);
} finally {
  await stage.close();
}

/** To its end; the key of a live issue with the most signals. */
async function playADay(page: Page): Promise<string> {
  const post = await senderOf(stage, page);
  await post('/api/worlds', { kind: 'sample', seed: SEED, speed: 600 });
  for (;;) {
    await page.waitForTimeout(1_000);
    const world = (await (await page.request.get('/api/worlds/1')).json()) as { state: string; problem: string | null };
    if (world.state === 'failed') throw new Error(`The sample failed: ${world.problem}`);
    if (world.state === 'over') break;
  }
  await page.waitForTimeout(5_000); // the engine reads the last of it
  const headers = { 'x-groundswell-world': '1' };
  const answer = await page.request.get('/api/issues?historical=false&sort=signals', { headers });
  const { issues } = (await answer.json()) as { issues: { key: string }[] };
  if (!issues[0]) throw new Error('Nothing was found in the sample day.');
  return issues[0].key;
}

interface Picture {
  readonly look: Look;
  readonly size: 'desk' | 'phone';
  /** As who reads Arabic sees it, with what people wrote in Arabic. */
  readonly arabic?: boolean;
}

async function pictures(
  from: Stage,
  { look, size, arabic = false }: Picture,
  saved: Parameters<Stage['open']>[2],
  issue: string,
): Promise<void> {
  const page = await from.open(look, size, saved, arabic ? 'ar' : undefined);
  const places = [
    ...Object.entries(INSIDE).map(
      ([name, path]) => [name, `${WORLD}${name === 'issue' ? path + issue : path}`] as const,
    ),
    ...Object.entries(OUTSIDE),
  ];
  for (const [name, path] of places) {
    await page.goto(arabic && name === 'signals' ? `${path}?language=ar` : path);
    await atRest(page);
    await page.waitForTimeout(700); // the chart draws itself after its data
    const kind = [size === 'phone' && 'phone', arabic && 'rtl', look].filter(Boolean).join('-');
    await page.screenshot({ path: join(OUT, `${name}-${kind}.png`) });
  }
  await page.context().close();
}
