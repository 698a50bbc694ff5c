/**
 * One batch without an end: `node tools/bench/intake-stream.ts [gigabytes]`, .2 unless said otherwise, 10 for the big run.
 * The server is a process of its own; its memory is read from the system while it works, apart from the generator's.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { Readable } from 'node:stream';
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
  const child = spawn(process.execPath, [import.meta.filename, 'serve'], {
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  });
  const { url, token } = await new Promise<Omit<Served, 'child'>>((resolve, reject) => {
    child.once('message', (said) => resolve(said as Omit<Served, 'child'>));
    child.once('exit', () => reject(new Error('the server ended before it was ready')));
  });
  return { url, token, child };
}

/** In MB; the peak is the kernel's own (Linux). */
function memoryOf(pid: number): { now: number; peak: number } {
  const status = readFileSync(`/proc/${pid}/status`, 'utf8');
  const read = (name: string) => Math.round(Number(new RegExp(`${name}:\\s+(\\d+)`).exec(status)![1]) / 1024);
  return { now: read('VmRSS'), peak: read('VmHWM') };
}

async function measure(gigabytes: number): Promise<void> {
  const bytes = gigabytes * 1e9;
  const { url, token, child } = await serveElsewhere();
  const progress: Progress = { bytes: 0, rows: 0 };
  const memory: Record<string, number> = { start: memoryOf(child.pid!).now };
  const watch = setInterval(() => {
    const tenth = Math.floor((10 * progress.bytes) / bytes);
    memory[`${tenth}0 %`] ??= memoryOf(child.pid!).now;
  }, 200);
  const began = performance.now();
  const reply = await fetch(`${url}/api/signals/batch`, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}`, 'idempotency-key': 'bench' },
    body: Readable.from(lines(bytes, progress)) as unknown as RequestInit['body'],
    duplex: 'half',
  } as RequestInit);
  const answer = (await reply.text()).trim().split('\n').at(-1)!;
  const seconds = (performance.now() - began) / 1000;
  clearInterval(watch);
  const { now, peak } = memoryOf(child.pid!);
  const ended = new Promise((resolve) => child.once('exit', resolve));
  child.send('stop');
  await ended;
  const { summary } = JSON.parse(answer);
  if (!summary?.finished || summary.added !== progress.rows) throw new Error(answer);
  console.table({ ...memory, end: now, peak });
  const rate = Math.round(progress.rows / seconds);
  console.log(
    `${(progress.bytes / 1e9).toFixed(2)} GB, ${progress.rows} rows in ${seconds.toFixed(0)} s: ${rate} rows/s, ` +
      `${(progress.bytes / 1e6 / seconds).toFixed(1)} MB/s; the server's memory above, in MB; ${sayLoad()}`,
  );
}

async function serve(): Promise<void> {
  const house = await openBenchHouse();
  const source = await house.givenSource('stream');
  process.send!({ url: house.url, token: await house.givenToken(source) });
  await new Promise((resolve) => process.once('message', resolve));
  await house.close();
  process.disconnect();
}

if (process.argv[2] === 'serve') await serve();
else await measure(Number(process.argv[2] ?? 0.2));
