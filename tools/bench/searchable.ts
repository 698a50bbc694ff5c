/**
 * How soon what was sent is found, while signals keep coming: `node tools/bench/searchable.ts [seconds] [rows per second]`,
 * 60 and 1,000 unless said otherwise, with the engine and the copies at work beside it. Each second one signal holds a word that no other has; from
 * the moment it is sent, a search for that word is asked again and again until it finds it.
 */
import { setTimeout as pause } from 'node:timers/promises';
import { workOf } from '../../packages/server/src/app/compose.ts';
import { slicesFor, startEngine } from '../../packages/server/src/app/slices.ts';
import { registerJobs } from '../../packages/server/src/platform/jobs.ts';
import { openLog } from '../../packages/server/src/platform/log.ts';
import { openBenchHouse, sayLoad } from './intake-house.ts';
import { makeRows } from './intake-rows.ts';

const SECONDS = Number(process.argv[2] ?? 60);
const PER_SECOND = Number(process.argv[3] ?? 1_000);
const REQUESTS_PER_SECOND = 10;

const house = await openBenchHouse();
await registerJobs(house.owner, workOf(slicesFor({ publicUrl: undefined })).jobs);
const stopThreads = startEngine(house.tools, { appUrl: house.appUrl, logLevel: 'warn' }, openLog('warn'));
const token = await house.givenToken(await house.givenSource('steady'));
const reader = await house.givenReader();

const send = async (rows: readonly object[]): Promise<void> => {
  const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' };
  const reply = await fetch(`${house.url}/api/signals`, { method: 'POST', headers, body: JSON.stringify(rows) });
  if (!reply.ok) throw new Error(`${reply.status} ${await reply.text()}`);
};

async function untilFound(word: string, since: number): Promise<number> {
  for (;;) {
    const reply = await fetch(`${house.url}/api/signals?q=${word}`, { headers: reader });
    const { signals } = (await reply.json()) as { signals: unknown[] };
    if (signals.length > 0) return performance.now() - since;
    await pause(20);
  }
}

const delays: Promise<number>[] = [];
const sent: Promise<void>[] = [];
const began = performance.now();
const portion = PER_SECOND / REQUESTS_PER_SECOND;
for (let n = 0; n < SECONDS * REQUESTS_PER_SECOND; n++) {
  await pause(Math.max(0, began + (n * 1000) / REQUESTS_PER_SECOND - performance.now()));
  const rows: { text: string }[] = makeRows(n * portion, portion);
  if (n % REQUESTS_PER_SECOND === 0) {
    const word = `findable${n}`;
    rows[0]!.text = `${word} ${rows[0]!.text}`;
    delays.push(untilFound(word, performance.now()));
  }
  sent.push(send(rows));
}
await Promise.all(sent);
const seconds = (performance.now() - began) / 1000;
const sorted = (await Promise.all(delays)).sort((a, b) => a - b);
const at = (share: number) =>
  `${Math.round(sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))]!)} ms`;
console.log(
  `${SECONDS * PER_SECOND} rows in ${seconds.toFixed(1)} s; found after ${at(0.5)} (p50), ${at(0.95)} (p95), ${at(1)} (max); ${sayLoad()}`,
);
await stopThreads();
await house.close();
