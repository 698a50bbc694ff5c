/** The process as an operator meets it: started, stopped, killed, started twice, told nonsense. */
import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test, vi } from 'vitest';

const MAIN = join(import.meta.dirname, 'main.ts');

vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

let folder: string;
const children: ChildProcess[] = [];

/** A folder that has been started once: copying it is quicker than making a cluster for every test. */
const seed = mkdtempSync(join(tmpdir(), 'groundswell-seed-'));
beforeAll(async () => {
  folder = seed;
  const house = run();
  await house.running();
  house.child.kill('SIGTERM');
  await house.ended;
});
afterAll(() => rmSync(seed, { recursive: true }));

/** With `-p`: the cluster belongs to PostgreSQL's account. */
const asStartedBefore = () => execFileSync('cp', ['-Rp', `${seed}/.`, folder]);

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'groundswell-start-'));
});
afterEach(async () => {
  for (const child of children.splice(0)) child.kill('SIGKILL');
  await expect.poll(postgresOfFolder, { timeout: 15_000 }).toEqual([]);
  rmSync(folder, { recursive: true, force: true });
});

interface Run {
  readonly child: ChildProcess;
  readonly ended: Promise<number | null>;
  said(): string;
  running(): Promise<void>;
}

function run(env: Record<string, string> = {}): Run {
  const child = spawn(process.execPath, [MAIN], {
    env: { PATH: process.env.PATH, GROUNDSWELL_DATA: folder, PORT: '0', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  children.push(child);
  let said = '';
  for (const stream of [child.stdout, child.stderr]) stream.setEncoding('utf8').on('data', (text) => (said += text));
  return {
    child,
    ended: new Promise((resolve) => child.once('exit', resolve)),
    said: () => said,
    running: () => vi.waitFor(() => expect(said).toContain('is running at'), { timeout: 30_000, interval: 20 }),
  };
}

/** Process ids of servers on this test's folder, read from the kernel: what a careless stop would leave. */
function postgresOfFolder(): string[] {
  return readdirSync('/proc').filter((pid) => {
    if (!/^\d+$/.test(pid)) return false;
    try {
      return readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes(folder);
    } catch {
      return false;
    }
  });
}

test('Ctrl-C and kill end it in order and leave nothing behind; the next start is quick', async () => {
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    const house = run();
    await house.running();
    expect(postgresOfFolder().length).toBeGreaterThan(0);
    house.child.kill(signal);
    expect(await house.ended).toBe(0);
    expect(postgresOfFolder()).toEqual([]);
    expect(existsSync(join(folder, 'postgres.lock'))).toBe(false);
  }
  expect(readdirSync(folder).sort()).toEqual(['postgres', 'postgres.furnished', 'postgres.secrets.json', 'secret.key']);
});

test('a second signal while stopping changes nothing', async () => {
  asStartedBefore();
  const house = run();
  await house.running();
  house.child.kill('SIGINT');
  house.child.kill('SIGINT');
  house.child.kill('SIGTERM');
  expect(await house.ended).toBe(0);
});

test('a signal during the very first start leaves no server, and the next start works', async () => {
  const early = run();
  await expect
    .poll(() => existsSync(join(folder, 'postgres', 'postmaster.pid')), { timeout: 20_000, interval: 5 })
    .toBe(true);
  early.child.kill('SIGTERM');
  await early.ended;
  await expect.poll(postgresOfFolder, { timeout: 15_000 }).toEqual([]);
  await run().running();
});

test('kill -9 of the process stops its database too, and nothing is lost to the next start', async () => {
  asStartedBefore();
  const house = run();
  await house.running();
  house.child.kill('SIGKILL');
  await house.ended;

  const next = run(); // at once: while the orphan is still stopping
  await next.running();
  next.child.kill('SIGKILL');
  await expect.poll(postgresOfFolder, { timeout: 15_000 }).toEqual([]);
});

test('of two that start at once on a new folder, one runs and the other says why not', async () => {
  const both = [run(), run()];
  const first = await Promise.race(both.map(({ ended }, i) => ended.then((code) => ({ i, code }))));
  const [loser, winner] = [both[first.i]!, both[1 - first.i]!];

  expect(first.code).toBe(2);
  expect(loser.said()).toContain(`already running on ${folder} (process ${winner.child.pid})`);
  expect(loser.said()).toContain('GROUNDSWELL_DATA');
  await winner.running();
});

test('the lock of a dead process is void, even if its number lives again', async () => {
  asStartedBefore();
  writeFileSync(join(folder, 'postgres.lock'), `${process.pid} 12@34 56`); // our number, another birth
  await run().running();
});

test('a file that an unclean stop left, naming a stranger, does not stop the start', async () => {
  asStartedBefore();
  const dataDir = join(folder, 'postgres');
  writeFileSync(join(dataDir, 'postmaster.pid'), `${process.pid}\n${dataDir}\n1\n1\n\n127.0.0.1\n\nready\n`);
  await run().running();
});

test('data of another PostgreSQL, and data without its passwords, are refused and left alone', async () => {
  asStartedBefore();
  writeFileSync(join(folder, 'postgres', 'PG_VERSION'), '17\n');
  const older = run();
  expect(await older.ended).toBe(1);
  expect(older.said()).toContain('was written by PostgreSQL 17');

  rmSync(join(folder, 'postgres.secrets.json'));
  const nameless = run();
  expect(await nameless.ended).toBe(1);
  expect(nameless.said()).toContain('passwords are not');
});

test.each([
  [{ GROUNDSWELL_DATA: '/dev/null/data' }, '/dev/null/data could not be written: a part of this path is a file.', 1],
  [{ HOST: '999.1.1.1' }, 'The setting HOST is 999.1.1.1, which is no address of this machine.', 2],
])('%o is refused in a sentence', async (env, sentence, code) => {
  asStartedBefore();
  const house = run(env);
  expect(await house.ended).toBe(code);
  expect(house.said()).toContain(sentence);
  expect(house.said()).not.toContain('    at ');
});

test('a database that ends by itself takes the house with it, in words', async () => {
  asStartedBefore();
  const house = run();
  await house.running();
  const pid = Number(readFileSync(join(folder, 'postgres', 'postmaster.pid'), 'utf8').split('\n')[0]);
  process.kill(pid, 'SIGINT');
  expect(await house.ended).toBe(1);
  expect(house.said()).toContain('The built-in database ended by itself');
});

test('another key than the one that sealed is refused in words, and the right one starts again', async () => {
  asStartedBefore();
  const wrong = run({ SECRET_KEY: Buffer.alloc(32, 9).toString('base64') });
  expect(await wrong.ended).toBe(2);
  expect(wrong.said()).toContain('stored secrets cannot be opened with this key');
  await run().running();
});

test('a setting that cannot be used ends the start with 2 and a sentence', async () => {
  asStartedBefore();
  const wrong: Record<string, string>[] = [
    { PORT: 'eighty' },
    { DATABASE_URL: 'mysql://here' },
    { DATABASE_APP_URL: 'postgres://a@b/c' },
    { LOG_LEVEL: 'loud' },
    { HOST: '203.0.113.9' },
  ];
  for (const env of wrong) {
    const house = run(env);
    expect(await house.ended, house.said()).toBe(2);
    expect(house.said()).toMatch(new RegExp(`^The setting ${Object.keys(env)[0]} .*Nothing was started`));
    expect(house.said()).not.toContain('    at ');
  }
});
