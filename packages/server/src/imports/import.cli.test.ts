/** The command `groundswell import` as a person runs it, against the real app. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { openHouse, type TestHouse } from '../../test/house.ts';

const GROUNDSWELL = join(import.meta.dirname, '../../../cli/bin/groundswell.mjs');

vi.setConfig({ testTimeout: 60_000 }); // each run of the command starts a node of its own

let house: TestHouse;
let url: string;
let token: string;
const folder = mkdtempSync(join(tmpdir(), 'groundswell-cli-'));
beforeAll(async () => {
  house = await openHouse();
  await house.http.listen({ port: 0, host: '127.0.0.1' });
  url = `http://127.0.0.1:${(house.http.server.address() as AddressInfo).port}`;
  const source = (await house.as('lead').post('/api/sources', { name: 'reviews', kind: 'app_review' })).body.id;
  token = (await house.as('admin').post('/api/tokens', { name: 'cli', sourceId: source })).body.token;
});
afterAll(async () => {
  await house.close();
  rmSync(folder, { recursive: true });
});

/** Runs the command to its end; the house has no worker of its own, so its jobs are done meanwhile. */
async function run(
  args: string[],
  env: Record<string, string> = {},
): Promise<{ code: number; out: string; err: string }> {
  const child = spawn(process.execPath, [GROUNDSWELL, 'import', ...args, '--url', url], {
    env: { PATH: process.env.PATH, ...env },
  });
  const heard = { out: '', err: '' };
  child.stdout.on('data', (text) => {
    heard.out += text;
  });
  child.stderr.on('data', (text) => {
    heard.err += text;
  });
  const ended = once(child, 'close').then(([code]) => code as number);
  let over = false;
  void ended.then(() => {
    over = true;
  });
  while (!over) {
    await house.drainJobs();
    await Promise.race([ended, sleep(50)]);
  }
  return { code: await ended, ...heard };
}

function file(name: string, text: string): string {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
}

const at = () => new Date(house.now().getTime() - 3_600_000).toISOString();

test('sends a file, says what became of it, and that a second time brings nothing', async () => {
  const path = file('a.csv', `id,at,what\n1,${at()},slow and slower\n2,${at()},stopped again\n3,never,lost in time\n`);
  const dry = await run([path, '--token', token, '--dry-run']);
  expect(dry).toMatchObject({ code: 0, out: expect.stringContaining('nothing was taken') });

  const first = await run([path, '--map', 'what=text'], { GROUNDSWELL_TOKEN: token });
  expect(first).toMatchObject({ code: 0, err: '' });
  expect(first.out).toContain('3 rows read: 2 added, 0 revised, 0 were here already, 1 refused.');
  expect(first.out).toContain('row 4: The value is not a time');

  expect((await run([path, '--map', 'what=text', '--token', token])).out).toContain('Nothing new');
});

test('a wrong token, an unreadable file and a wrong column end in words', async () => {
  const path = file('b.csv', `id,ts,text\n1,${at()},fine\n`);
  const workbook = file('c.xlsx', `PK\u0003\u0004${'\0'.repeat(20_000_000)}`); // refused at its first bytes, and still heard
  expect(await run([path, '--token', 'gsw_wrong'])).toMatchObject({
    code: 1,
    err: expect.stringContaining('not known'),
  });
  expect(await run([workbook, '--token', token])).toMatchObject({
    code: 1,
    err: expect.stringContaining('Save the sheet'),
  });
  expect(await run([path, '--token', token, '--map', 'nine=text'])).toMatchObject({
    code: 2,
    err: expect.stringContaining('no column "nine"'),
  });
});
