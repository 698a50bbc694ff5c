/** kill -9 of the whole house in the middle of a batch: the same key goes on behind the last row that was kept. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { manyLines, named, openBatchTo } from '../../test/batch-sender.ts';

const MAIN = join(import.meta.dirname, '../app/main.ts');
const ROWS = 30_000;

const folder = mkdtempSync(join(tmpdir(), 'groundswell-kill-')); // the whole house, its database included
const children: ChildProcess[] = [];
afterAll(async () => {
  const last = children.at(-1)!;
  const ended = once(last, 'exit');
  last.kill('SIGTERM');
  await ended;
  rmSync(folder, { recursive: true, force: true });
});

async function start() {
  const child = spawn(process.execPath, [MAIN], {
    env: { PATH: process.env.PATH, PORT: '0', GROUNDSWELL_DATA: folder },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  children.push(child);
  let said = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => (said += text));
  await expect.poll(() => said, { timeout: 60_000 }).toMatch(/is running at \S+\n/);
  return { child, url: /is running at (\S+)/.exec(said)![1]!, said: () => said };
}

/** Of whatever shape the test expects. */
type Json = ReturnType<typeof JSON.parse>;

async function post(url: string, content: unknown, headers: Record<string, string>): Promise<[Json, string]> {
  const body = JSON.stringify(content);
  const reply = await fetch(url, { method: 'POST', headers: { 'content-type': 'application/json', ...headers }, body });
  if (!reply.ok) throw new Error(`${reply.status} ${await reply.text()}`);
  return [await reply.json(), reply.headers.getSetCookie()[0]?.split(';')[0] ?? ''];
}

test('no row is lost and none is twice', { timeout: 240_000 }, async () => {
  const first = await start();
  await expect.poll(first.said, { timeout: 10_000 }).toMatch(/first admin: \S+\n/);
  const token = /setup#(\S+)/.exec(first.said())![1];
  const person = { token, name: 'Ada', email: 'ada@example.org', password: 'correct horse battery' };
  const [me, cookie] = await post(`${first.url}/api/setup`, person, {});
  const admin = { cookie, 'x-groundswell-csrf': me.csrf };
  const [source] = await post(`${first.url}/api/sources`, { name: 'live', kind: 'ticket' }, admin);
  const [made] = await post(`${first.url}/api/tokens`, { name: 'live', sourceId: source.id }, admin);
  const read = async (url: string, path: string): Promise<Json> => {
    const reply = await fetch(url + path, { headers: { authorization: `Bearer ${made.token}` } });
    return reply.json();
  };

  const whole = manyLines(ROWS);
  const { stream, answer } = openBatchTo(first.url, made.token, named('k'));
  stream.on('error', () => {});
  stream.write(whole.slice(0, whole.length - 1)); // one byte is kept back: it cannot end before it is killed
  await expect
    .poll(async () => (await read(first.url, '/api/signals/batch/k')).rows, { timeout: 60_000, interval: 10 })
    .toBeGreaterThan(3_000);
  first.child.kill('SIGKILL');
  await expect(answer).rejects.toThrow();

  const second = await start();
  const left = await read(second.url, '/api/signals/batch/k');
  expect(left).toMatchObject({ state: 'open', atWork: false, unchanged: 0, refused: 0 });
  expect(whole.slice(0, left.bytes).split('\n').length - 1).toBe(left.rows);
  const rest = openBatchTo(second.url, made.token, named('k'), `?fromByte=${left.bytes}`);
  rest.stream.end(whole.slice(left.bytes));
  expect((await rest.answer).lines).toMatchObject([{ summary: { rows: ROWS, added: ROWS, finished: true } }]);
  const reply = await fetch(`${second.url}/api/sources`, { headers: admin });
  expect(((await reply.json()) as Json).sources).toMatchObject([{ signals: ROWS }]);
  const again = openBatchTo(second.url, made.token, named('another'));
  again.stream.end(whole);
  expect((await again.answer).lines).toMatchObject([{ summary: { added: 0, unchanged: ROWS, finished: true } }]);
});
