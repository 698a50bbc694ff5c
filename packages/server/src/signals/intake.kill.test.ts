/** kill -9 of the server in the middle of concurrent sending: every acknowledged row is there, and none twice. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ReplyOf, searchSignals } from '@groundswell/contract';
import { afterAll, expect, test } from 'vitest';

const MAIN = join(import.meta.dirname, '../app/main.ts');
const CLIENTS = 4;
const ROWS_PER_REQUEST = 20;

const folder = mkdtempSync(join(tmpdir(), 'groundswell-kill-')); // the whole house, its database included
const children: ChildProcess[] = [];
afterAll(async () => {
  const last = children.at(-1)!;
  const ended = once(last, 'exit');
  last.kill('SIGTERM');
  await ended;
  rmSync(folder, { recursive: true, force: true });
});

interface House {
  readonly child: ChildProcess;
  readonly url: string;
  said(): string;
}

async function start(): Promise<House> {
  const child = spawn(process.execPath, [MAIN], {
    env: { PATH: process.env.PATH, PORT: '0', GROUNDSWELL_DATA: folder },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  children.push(child);
  let said = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    said += text;
  });
  await expect.poll(() => said, { timeout: 60_000 }).toMatch(/is running at \S+\n/);
  return { child, url: /is running at (\S+)/.exec(said)![1]!, said: () => said };
}

/** As the first person does it: by the link that was printed. */
async function setUp({ url, said }: House): Promise<Record<string, string>> {
  await expect.poll(said, { timeout: 10_000 }).toMatch(/first admin: \S+\n/);
  const token = /setup#(\S+)/.exec(said())![1];
  const body = { token, name: 'Ada', email: 'ada@example.org', password: 'correct horse battery' };
  const { cookies, body: me } = await post(`${url}/api/setup`, body, {});
  return { cookie: cookies[0]!.split(';')[0]!, 'x-groundswell-csrf': me.csrf };
}

async function post(url: string, content: unknown, headers: Record<string, string>) {
  const init = { headers: { 'content-type': 'application/json', ...headers }, body: JSON.stringify(content) };
  const reply = await fetch(url, { method: 'POST', ...init });
  if (!reply.ok) throw new Error(`${reply.status} ${await reply.text()}`);
  return { cookies: reply.headers.getSetCookie(), body: JSON.parse(await reply.text()) };
}

/** Every id that the list shows, page by page. */
async function listed(url: string, headers: Record<string, string>): Promise<string[]> {
  const ids: string[] = [];
  let after = '';
  do {
    const reply = await fetch(`${url}/api/signals?limit=200${after}`, { headers });
    const page = (await reply.json()) as ReplyOf<typeof searchSignals>;
    ids.push(...page.signals.map(({ externalId }) => externalId));
    after = page.next ? `&after=${page.next}` : '';
  } while (after);
  return ids;
}

test('every acknowledged row is there, and none twice', { timeout: 180_000 }, async () => {
  const first = await start();
  const admin = await setUp(first);
  const source = (await post(`${first.url}/api/sources`, { name: 'live', kind: 'ticket' }, admin)).body;
  const made = (await post(`${first.url}/api/tokens`, { name: 'live', sourceId: source.id }, admin)).body;
  const sender = { authorization: `Bearer ${made.token}` };

  const sent: { id: string; ts: string; text: string }[][] = [];
  const acknowledged: string[] = [];
  const send = async () => {
    for (;;) {
      const n = sent.length;
      const rows = Array.from({ length: ROWS_PER_REQUEST }, (_, i) => ({
        id: `${n}-${i}`,
        ts: '2026-03-01T10:00:00Z',
        text: `upload is stuck at ${i} %`,
      }));
      sent.push(rows);
      await post(`${first.url}/api/signals`, rows, sender);
      acknowledged.push(...rows.map(({ id }) => id));
    }
  };
  const clients = Array.from({ length: CLIENTS }, () => send().catch(() => 'cut off'));
  await expect.poll(() => acknowledged.length, { timeout: 60_000, interval: 5 }).toBeGreaterThan(1_000);
  first.child.kill('SIGKILL'); // between two rows, two commits or two answers: wherever it happens to be
  expect(await Promise.all(clients)).toEqual(Array(CLIENTS).fill('cut off'));

  const second = await start();
  const kept = await listed(second.url, admin);
  expect(new Set(kept).size).toBe(kept.length);
  expect(acknowledged.filter((id) => !kept.includes(id))).toEqual([]);

  // Whoever was cut off sends again: nothing is doubled, nothing is missing.
  let unchanged = 0;
  for (const rows of sent) unchanged += (await post(`${second.url}/api/signals`, rows, sender)).body.unchanged;
  expect(unchanged).toBe(kept.length);
  expect((await listed(second.url, admin)).length).toBe(sent.length * ROWS_PER_REQUEST);
  const { sources } = JSON.parse(await (await fetch(`${second.url}/api/sources`, { headers: admin })).text());
  expect(sources[0].signals).toBe(sent.length * ROWS_PER_REQUEST);
});
