/** Every screen that the router knows, against WCAG 2.2 AA as far as a machine can tell. The rest is walked by hand: docs/accessibility.md. */
import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { bearings, cutText, focusTrouble, motion, SPACED, tooWide } from './body-checks.ts';
import { givenCase } from './given-case.ts';
import { addressOf, type Route, routes } from './routes.ts';
import { atRest, makeAdmin, openStage, type Stage, senderOf } from './stage.ts';
import { PAYOUT_LATE, UPLOAD_STUCK, voices } from './world.ts';

const DAY_MS = 86_400_000;
/** Beyond the criteria themselves: what makes a page readable by its skeleton. */
const SKELETON = [
  'heading-order',
  'landmark-one-main',
  'landmark-unique',
  'page-has-heading-one',
  'region',
  'tabindex',
  'skip-link',
  'target-size',
  'label-content-name-mismatch',
];

let stage: Stage;
let saved: Parameters<Stage['open']>[2];
const pages = new Map<boolean, Page>();
/** What exists at the addresses that name a thing. */
const given: Record<string, string> = {
  '/dimensions/$name': '/dimensions/app_version',
  '/people/roles/$name': '/people/roles/admin',
};
const titles = new Map<string, string>();

beforeAll(async () => {
  stage = await openStage();
  const page = await stage.open('light');
  await makeAdmin(stage, page);
  await givenRows(page);
  saved = await page.context().storageState();
}, 300_000);
afterAll(() => stage?.close());

/** Eight weeks of reviews with two surges, folded in as history: lists with rows, an issue, an import. */
async function givenRows(page: Page): Promise<void> {
  const post = await senderOf(stage, page);
  const { me } = await (await page.request.get('/api/session')).json();
  const { id: sourceId } = await post('/api/sources', { name: 'App reviews', kind: 'app_review' });
  const rows = voices({
    seed: 11,
    start: new Date(Math.floor(Date.now() / DAY_MS) * DAY_MS - 61 * DAY_MS),
    days: 56,
    perDay: 50,
    surges: [
      { day: 30, hours: 30, count: 70, theme: PAYOUT_LATE, slice: { country: 'DE' } },
      { day: 45, hours: 30, count: 70, theme: UPLOAD_STUCK, slice: { country: 'BR' } },
    ],
  });
  const uploaded = await page.request.post('/api/imports?fileName=reviews.jsonl', {
    headers: { 'x-groundswell-csrf': me.csrf, origin: stage.address, 'content-type': 'application/octet-stream' },
    data: Buffer.from(rows.map((row) => JSON.stringify(row)).join('\n')),
  });
  const { id, suggested } = await uploaded.json();
  await post(`/api/imports/${id}/start`, { sourceId, mapping: suggested });
  const issues = async () => (await (await page.request.get('/api/issues?group=all')).json()).issues;
  await vi.waitUntil(async () => (await issues()).length >= 2, { timeout: 120_000, interval: 500 });
  given['/issues/$id'] = `/issues/${(await issues())[0].key}`;
  given['/cases/$id'] = await givenCase(post, 'late payout');
  given['/import/$id'] = `/import/${id}`;
}

/** One for those who are signed in, one for those who are not. */
async function pageFor(inside: boolean): Promise<Page> {
  const known = pages.get(inside);
  if (known) return known;
  const page = await stage.open('light', 'desk', inside ? saved : undefined);
  page.setDefaultTimeout(60_000);
  await page.emulateMedia({ colorScheme: 'light', reducedMotion: 'reduce' });
  pages.set(inside, page);
  return page;
}

/** One screen: as it is, in the dark, from right to left, narrow, spaced, and by focus. Everything that is wrong with it. */
async function troublesOf(route: Route): Promise<string[]> {
  const page = await pageFor(route.inside);
  const found: string[] = [];
  const say = (what: string, troubles: readonly string[]) => {
    for (const one of troubles) found.push(`${what} · ${one}`);
  };
  await page.setViewportSize({ width: 1440, height: 900 });
  await page.emulateMedia({ colorScheme: 'light' });
  await page.goto(addressOf(route, given));
  await page.locator('h1').first().waitFor();
  await atRest(page);
  const { title, first, mains, twins } = await page.evaluate(bearings);
  titles.set(route.pattern, title);
  say('bearings', [
    ...(first.length === 1 && first[0] !== '' ? [] : [`${first.length} first headings: ${first.join(', ')}`]),
    ...(mains === 1 ? [] : [`${mains} mains`]),
    ...twins.map((one) => `two of ${one}`),
  ]);
  say('light', await axe(page));
  await page.keyboard.press('Tab'); // from here on the browser shows where the focus is
  say('focus', await page.evaluate(focusTrouble));
  say('motion', await page.evaluate(motion));
  await page.emulateMedia({ colorScheme: 'dark' });
  say('dark', await axe(page, ['color-contrast'])); // of what axe knows, only this changes with the theme
  await narrow(page, say);
  return found;
}

async function narrow(page: Page, say: (what: string, troubles: readonly string[]) => void): Promise<void> {
  for (const width of [720, 320]) {
    await page.setViewportSize({ width, height: 640 });
    await page.waitForTimeout(60); // charts and lists measure themselves anew
    say(`${width} px`, await page.evaluate(tooWide));
    await page.evaluate('document.documentElement.dir = "rtl"');
    say(`${width} px, from right to left`, await page.evaluate(tooWide));
    await page.evaluate('document.documentElement.dir = "ltr"');
  }
  await page.evaluate('document.documentElement.dir = "rtl"');
  say('320 px, focus', await page.evaluate(focusTrouble));
  say('dark, 320 px, from right to left', await axe(page));
  await page.evaluate('document.documentElement.dir = "ltr"');
  const before = new Set(await page.evaluate(cutText));
  await page.addStyleTag({ content: SPACED });
  say('spaced, 320 px', await page.evaluate(tooWide));
  await page.setViewportSize({ width: 1280, height: 800 });
  say('spaced', [
    ...(await page.evaluate(cutText)).filter((one) => !before.has(one)),
    ...(await page.evaluate(tooWide)),
  ]);
}

/** @param only these rules alone; without them everything */
async function axe(page: Page, only?: readonly string[]): Promise<string[]> {
  const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];
  const { violations } = await new AxeBuilder({ page })
    .options(
      only
        ? { runOnly: { type: 'rule', values: [...only] } }
        : {
            runOnly: { type: 'tag', values: tags },
            rules: Object.fromEntries(SKELETON.map((rule) => [rule, { enabled: true }])),
          },
    )
    .analyze();
  const where = (nodes: (typeof violations)[number]['nodes']) =>
    nodes.slice(0, 4).map(({ target }) => target.join(' '));
  return violations.map(({ id, nodes }) => `axe: ${id} at ${where(nodes).join(', ')}`);
}

// Some seconds each on a machine of its own; shared ones may take their time.
test.each(routes())('anybody can use $pattern', { timeout: 300_000 }, async (route) => {
  expect(await troublesOf(route)).toEqual([]);
});

test('every screen has a title of its own', () => {
  // a link that opens nothing any more says the same wherever it led
  const inside = new Set(
    routes()
      .filter((route) => route.inside)
      .map(({ pattern }) => pattern),
  );
  const twice = [...titles].filter(
    ([pattern, title]) => inside.has(pattern) && [...titles].some(([other, its]) => other !== pattern && its === title),
  );
  expect(twice).toEqual([]);
  expect(titles.size).toBe(routes().length);
});
