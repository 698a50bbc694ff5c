/** How long Groundswell takes to start and to stop, over a database of its own: `node tools/bench/start.ts [times]`. */
import { spawn } from 'node:child_process';
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sayLoad } from './intake-house.ts';

const MAIN = join(import.meta.dirname, '..', '..', 'packages', 'server', 'dist', 'main.js');
const times = Number(process.argv[2] ?? 5);
const folder = mkdtempSync(join(tmpdir(), 'groundswell-start-'));
chmodSync(folder, 0o755); // run as root, the database's own account must be able to enter

interface Run {
  readonly startMs: number;
  readonly stopMs: number;
}

/** From the command to the line with the address, and from the signal to the end of the process. */
async function run(): Promise<Run> {
  const began = performance.now();
  const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', '--enable-source-maps', MAIN], {
    env: { PATH: process.env.PATH, HOME: process.env.HOME, PORT: '0', GROUNDSWELL_DATA: join(folder, 'data') },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  await new Promise<void>((ready, failed) => {
    child.once('exit', (code) => failed(new Error(`It ended with ${code} before it was ready.`)));
    child.stdout.on('data', (said) => String(said).includes('running at') && ready());
  });
  const startMs = performance.now() - began;
  const asked = performance.now();
  child.kill('SIGTERM');
  await new Promise((gone) => child.once('exit', gone));
  return { startMs, stopMs: performance.now() - asked };
}

const median = (values: number[]): number => values.sort((a, b) => a - b)[Math.floor(values.length / 2)]!;

try {
  console.log(sayLoad());
  const first = await run();
  const later: Run[] = [];
  for (let i = 0; i < times; i++) later.push(await run());
  const seconds = (ms: number) => `${(ms / 1000).toFixed(2)} s`;
  console.log(`first start, with a new database   ${seconds(first.startMs)}`);
  console.log(`later start, median of ${times}          ${seconds(median(later.map(({ startMs }) => startMs)))}`);
  console.log(`stop, median of ${times}                 ${seconds(median(later.map(({ stopMs }) => stopMs)))}`);
} finally {
  rmSync(folder, { recursive: true, force: true });
}
