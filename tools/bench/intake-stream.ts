/**
 * One batch without an end: `node tools/bench/intake-stream.ts [gigabytes]`, .2 unless said otherwise, 10 for the big run;
 * `node tools/bench/intake-stream.ts .2 whole` runs the engine and the copies beside it.
 * The server is a process of its own; its memory is read from the system while it works, apart from the generator's.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { request } from 'node:http';
import { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { pipeline } from 'node:stream/promises';
import { workOf } from '../../packages/server/src/app/compose.ts';
import { slicesFor, startEngine } from '../../packages/server/src/app/slices.ts';
import { registerJobs } from '../../packages/server/src/platform/jobs.ts';
import { openLog } from '../../packages/server/src/platform/log.ts';
import { openBenchHouse, sayLoad } from './intake-house.ts';
import { makeRows } from './intake-rows.ts';

const ROWS_AT_ONCE = 1_000;

/** Rows, as far as they were handed over. */
interface Progress {
  bytes: number;
  rows: number;
}

/** Made as they are asked for: the stream is never anywhere as a whole. */
function* lines(bytes: number, progress: Progress): Generator<Buffer> {
  while (progress.bytes < bytes) {
    const rows = makeRows(progress.rows, ROWS_AT_ONCE);
    const part = Buffer.from(rows.map((row) => `${JSON.stringify(row)}\n`).join(''));
    progress.rows += rows.length;
    progress.bytes += part.length;
    yield part;
  }
}

interface Served {
  readonly url: string;
  readonly token: string;
  readonly child: ChildProcess;
}

async function serveElsewhere(): Promise<Served> {
  const child = spawn(process.execPath, ['--expose-gc', import.meta.filename, 'serve', process.argv[3] ?? ''], {
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  });
  const { url, token } = await new Promise<Omit<Served, 'child'>>((resolve, reject) => {
    child.once('message', (said) => resolve(said as Omit<Served, 'child'>));
    child.once('exit', () => reject(new Error('the server ended before it was ready')));
  });
  return { url, token, child };
}

/** In MB. `live` is what a forced collection leaves; `outside` are buffers. Asking costs the server a collection. */
interface Memory {
  readonly rss: number;
  readonly heap: number;
  readonly live: number;
  readonly outside: number;
}

const mb = (bytes: number): number => Math.round(bytes / 1024 / 1024);

function memoryNow(): Memory {
  const { rss, heapUsed } = process.memoryUsage();
  globalThis.gc!();
  const { heapUsed: live, external } = process.memoryUsage();
  return { rss: mb(rss), heap: mb(heapUsed), live: mb(live), outside: mb(external) };
}

const memoryOf = (child: ChildProcess): Promise<Memory> =>
  new Promise((resolve) => {
    child.once('message', (said) => resolve(said as Memory));
    child.send('memory');
  });

/** The peak as the kernel knows it (Linux). */
const peakOf = (pid: number): number =>
  Math.round(Number(/VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))![1]) / 1024);

/** The last line of the answer. By a plain request: `fetch` keeps whatever it has sent until the end. */
async function send(url: string, token: string, body: Iterable<Buffer>): Promise<string> {
  const call = request(url, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}`, 'idempotency-key': 'bench' },
  });
  const reply = new Promise<string>((resolve, reject) => {
    call.once('error', reject);
    call.once('response', (stream) => text(stream).then(resolve, reject));
  });
  await pipeline(Readable.from(body), call);
  return (await reply).trim().split('\n').at(-1)!;
}

/** A large run says how far it is so often. */
const SAY_BYTES = 500e6;

async function measure(gigabytes: number): Promise<void> {
  const bytes = gigabytes * 1e9;
  const { url, token, child } = await serveElsewhere();
  const progress: Progress = { bytes: 0, rows: 0 };
  const memory: Record<string, Memory> = { start: await memoryOf(child) };
  const everyBytes = Math.max(50e6, bytes / 20);
  let next = everyBytes;
  const watch = setInterval(async () => {
    if (progress.bytes < next) return;
    const mark = `${next / 1e6} MB`;
    next += everyBytes;
    memory[mark] = await memoryOf(child);
    if (bytes > SAY_BYTES) console.log(`${mark}, ${progress.rows} rows, ${new Date().toISOString().slice(11, 19)}`);
  }, 200);
  const began = performance.now();
  const answer = await send(`${url}/api/signals/batch`, token, lines(bytes, progress));
  const seconds = (performance.now() - began) / 1000;
  clearInterval(watch);
  memory.end = await memoryOf(child);
  const peak = peakOf(child.pid!);
  const ended = new Promise((resolve) => child.once('exit', resolve));
  child.send('stop');
  await ended;
  const { summary } = JSON.parse(answer);
  if (!summary?.finished || summary.added !== progress.rows) throw new Error(answer);
  console.table(memory);
  const rate = Math.round(progress.rows / seconds);
  console.log(
    `${(progress.bytes / 1e9).toFixed(2)} GB, ${progress.rows} rows in ${seconds.toFixed(0)} s: ${rate} rows/s, ` +
      `${(progress.bytes / 1e6 / seconds).toFixed(1)} MB/s; the server's memory above, peak ${peak} MB; ${sayLoad()}`,
  );
}

/** `whole`: with the engine and the copies in their threads, as the product runs. */
async function serve(whole: boolean): Promise<void> {
  const house = await openBenchHouse();
  const source = await house.givenSource('stream');
  const orders = { appUrl: house.appUrl, logLevel: 'warn' };
  await registerJobs(house.owner, workOf(slicesFor({ publicUrl: undefined })).jobs); // the engine announces alerts
  const stopThreads = whole ? startEngine(house.tools, orders, openLog('warn')) : async () => {};
  process.send!({ url: house.url, token: await house.givenToken(source) });
  await new Promise((resolve) => {
    process.on('message', (said) => (said === 'stop' ? resolve(said) : process.send!(memoryNow())));
  });
  await stopThreads();
  await house.close();
  process.disconnect();
}

if (process.argv[2] === 'serve') await serve(process.argv[3] === 'whole');
else await measure(Number(process.argv[2] ?? 0.2));
