/** Where walks happen: the real server with a database of its own, and a real browser in front of it. */
import { type ChildProcess, spawn } from 'node:child_process';
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { AxeBuilder } from '@axe-core/playwright';
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core';
import { expect } from 'vitest';

const ROOT = join(import.meta.dirname, '..', '..', '..');
const SERVER = join(ROOT, 'packages', 'server', 'dist', 'main.js');

/** Without these Chromium asks its maker's servers for things at every start; `--no-sandbox` because CI is root. */
export const QUIET = [
  '--headless',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

export type Look = 'light' | 'dark';

type Saved = Awaited<ReturnType<BrowserContext['storageState']>>;

export interface Stage {
  readonly address: string;
  /** Makes the first admin. */
  readonly firstLink: string;
  readonly browser: Browser;
  /** `locale`: what the browser says that its reader reads. */
  open(look: Look, size?: 'desk' | 'phone', saved?: Saved, locale?: string): Promise<Page>;
  close(): Promise<void>;
}

/** @param egressInternal `host:port` on this machine that connectors may call */
export async function openStage({ egressInternal = '' } = {}): Promise<Stage> {
  const folder = mkdtempSync(join(tmpdir(), 'groundswell-walk-'));
  chmodSync(folder, 0o755); // run as root, the database's own account must be able to enter
  const server = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', SERVER], {
    env: {
      PATH: process.env.PATH,
      HOME: process.env.HOME,
      PORT: '0',
      GROUNDSWELL_DATA: join(folder, 'data'),
      EGRESS_INTERNAL: egressInternal,
    },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const { address, firstLink } = await firstWords(server);
  const browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium', args: QUIET });
  return {
    address,
    firstLink,
    browser,
    open: async (look, size = 'desk', storageState = undefined, locale = 'en-GB') => {
      const phone = size === 'phone';
      const context = await browser.newContext({
        baseURL: address,
        colorScheme: look,
        locale,
        timezoneId: 'Europe/Berlin',
        viewport: phone ? { width: 390, height: 844 } : { width: 1440, height: 900 },
        hasTouch: phone,
        isMobile: phone,
        storageState,
      });
      return context.newPage();
    },
    close: async () => {
      await browser.close();
      server.kill('SIGTERM');
      await new Promise((gone) => server.once('exit', gone));
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

function firstWords(server: ChildProcess): Promise<{ address: string; firstLink: string }> {
  return new Promise((resolve, reject) => {
    let said = '';
    server.once('exit', (code) =>
      reject(new Error(`The server ended with ${code} before it was ready. It said: ${said}`)),
    );
    server.stdout?.on('data', (chunk) => {
      said += chunk;
      const address = /running at (\S+)/.exec(said)?.[1];
      const firstLink = /(\S+\/setup#\S+)/.exec(said)?.[1];
      if (address && firstLink) resolve({ address, firstLink });
    });
  });
}

/** Through the printed link, as a newcomer: the first admin, on their home. */
export async function makeAdmin(stage: Stage, page: Page, admin = ADMIN): Promise<void> {
  await page.goto(stage.firstLink);
  await page.getByLabel('Your name').fill(admin.name);
  await page.getByLabel('Mail address').fill(admin.email);
  await page.getByRole('textbox', { name: 'Password' }).fill(admin.password);
  await page.getByRole('button', { name: 'Make the account' }).click();
  await page.getByRole('heading', { name: /Welcome, Ines/ }).waitFor();
}

/** Who is signed in on a page, calling the server beside the screens: for what others would have sent meanwhile. */
export async function senderOf(stage: Stage, page: Page) {
  const { me } = await (await page.request.get('/api/session')).json();
  const headers = { 'x-groundswell-csrf': me.csrf, origin: stage.address };
  return async (path: string, data: unknown) => {
    const answer = await page.request.post(path, { headers, data });
    expect(answer.ok(), await answer.text()).toBe(true);
    return answer.json();
  };
}

const ADMIN = { name: 'Ines D.', email: 'ines@example.org', password: 'copper lantern over quiet water' };

/**
 * WCAG 2.2 A and AA, as far as a machine can tell.
 * @param within looks at this part of the page alone
 */
export async function expectAccessible(page: Page, where: string, within = 'html'): Promise<void> {
  // What is still fading in has the contrast of its fading.
  await page.evaluate(`Promise.all(document.getAnimations()
    .filter((one) => one.effect.getComputedTiming().endTime !== Infinity).map((one) => one.finished.catch(() => {})))`);
  const { violations } = await new AxeBuilder({ page })
    .include(within)
    .withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'])
    .analyze();
  const found = violations.map(
    ({ id, nodes }) => `${where}: ${id} at ${nodes.map((node) => node.target.join(' ')).join(', ')}`,
  );
  expect(found).toEqual([]);
}

/** Everything that is asked for is there. The network itself is never idle: the page is told of what happens. */
export async function atRest(page: Page): Promise<void> {
  for (let i = 0; i < 200 && (await page.locator('.skeleton').count()) > 0; i++) await page.waitForTimeout(100);
  await page.waitForTimeout(500);
}
