/** The command `groundswell import` as a person runs it, against the real app. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { openHouse, type TestHouse } from '../../test/house.ts';
import { runImport } from './import.jobs.ts';

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

interface RunOptions {
  readonly env?: Record<string, string>;
  /** Looks on while it runs; what it does with the child is what a person at the terminal does. */
  readonly meanwhile?: (child: ChildProcess) => Promise<unknown>;
}

/** Runs the command to its end; the house has no worker of its own, so its jobs are done meanwhile. */
async function run(
  args: string[],
  { env = {}, meanwhile = () => house.drainJobs() }: RunOptions = {},
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
    await meanwhile(child);
    await Promise.race([ended, sleep(50)]);
  }
  return { code: await ended, ...heard };
}

function file(name: string, text: string | Buffer): string {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
}

const at = () => new Date(house.now().getTime() - 3_600_000).toISOString();

test('sends a file, says what became of it, and that a second time brings nothing', async () => {
  const path = file('a.csv', `id,at,what\n1,${at()},slow and slower\n2,${at()},stopped again\n3,never,lost in time\n`);
  const dry = await run([path, '--token', token, '--dry-run', '--map', 'what=text']);
  const guess = await run([path, '--token', token]);
  expect(guess).toMatchObject({ code: 2, err: expect.stringContaining('Say it with --map COLUMN=text.') });
  expect(dry).toMatchObject({ code: 0, err: '' });
  expect(dry.out).toContain(
    'All 3 rows were tried: 2 would be added, 0 revised, 0 are here already, 1 would be refused.',
  );
  expect(dry.out).toContain('nothing was taken');

  const first = await run([path, '--map', 'what=text'], { env: { GROUNDSWELL_TOKEN: token } });
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
    err: expect.stringContaining('zip archive'),
  });
  expect(await run([path, '--token', token, '--map', 'nine=text'])).toMatchObject({
    code: 2,
    err: expect.stringContaining('no column "nine"'),
  });
});

test('a packed export of Google Play is called by its name, and its refused rows are written to a file', async () => {
  const header = 'Package Name,Reviewer Language,Review Submit Millis Since Epoch,Star Rating,Review Text';
  const rows = [`a.b,en,${house.now().getTime() - 5_000},2,so slow`, 'a.b,en,never,2,lost in time'];
  const path = file('play.csv.gz', gzipSync(Buffer.from(`\uFEFF${[header, ...rows].join('\r\n')}`, 'utf16le')));
  const refused = join(folder, 'refused.csv');
  const ended = await run([path, '--token', token, '--refused', refused]);
  expect(ended).toMatchObject({ code: 0, err: '' });
  expect(ended.out).toContain('packed with gzip, an export of Google Play, with these columns');
  expect(ended.out).toContain(`The refused rows are in ${refused}.`);
  expect(readFileSync(refused, 'utf8')).toContain('a.b,en,never,2,lost in time,3,,');
  const none = join(folder, 'none.csv');
  const again = await run([file('ok.csv', `id,ts,text\nok,${at()},fine\n`), '--token', token, '--refused', none]);
  expect([again.code, existsSync(none)]).toEqual([0, false]);
});

test('Ctrl-C cancels: what was added stays, and the same file sent again adds the rest', async () => {
  const when = at();
  const rows = Array.from({ length: 25_000 }, (_, i) => `c${i},${when},the upload is stuck at ${i}\n`);
  const path = file('long.csv', `id,ts,text\n${rows.join('')}`);
  let pressed = false;
  const meanwhile = async (child: ChildProcess) => {
    const { rows: running } = await house.owner.query(`select id from imports where state = 'running'`);
    if (pressed || !running[0]) return;
    await runImport.run(house.tools, { importId: running[0].id }); // one turn of it
    child.kill('SIGINT');
    pressed = true;
  };
  const stopped = await run([path, '--token', token], { meanwhile });
  expect(stopped).toMatchObject({ code: 130, err: expect.stringContaining('Cancelling') });
  expect(stopped.out).toContain('20,000 rows read: 20,000 added');
  expect(stopped.out).toContain('the same file sent again adds the rest');
  const rest = await run([path, '--token', token]);
  expect(rest).toMatchObject({
    code: 0,
    out: expect.stringContaining('5,000 added, 0 revised, 20,000 were here already'),
  });
});
