/**
 * How fast copied texts are found, what the memory of them weighs, and how many are found: `node --expose-gc
 * tools/bench/copies.ts [texts] [rows]`. Then the same in the house: how far the follower lags behind intake at full speed, and
 * what it costs intake.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { Worker } from 'node:worker_threads';
import { openCopyIndex } from '../../packages/analytics/src/index.ts';
import { chance, EDITS, ownText } from '../../packages/analytics/src/text/copies.fixture.ts';
import { plainOf } from '../../packages/analytics/src/text/copies-plain.ts';
import { SYSTEM } from '../../packages/server/src/access/index.ts';
import { countWaiting } from '../../packages/server/src/copies/follow.store.ts';
import { takeSignals } from '../../packages/server/src/signals/index.ts';
import { type BenchHouse, openBenchHouse, sayLoad } from './intake-house.ts';
import { makeRows } from './intake-rows.ts';

const WINDOW = 200_000;
const PLANT_EVERY = 50;

/** Texts of their own, one in fifty a copy of one of the last window with one to four edits of words. */
function* stream(texts: number): Generator<{ text: string; like: string | null }> {
  const random = chance(1);
  const kept: string[] = [];
  const edits = Object.values(EDITS);
  for (let i = 0; i < texts; i++) {
    if (i % PLANT_EVERY === PLANT_EVERY - 1) {
      const like = kept[Math.floor(random() * kept.length)]!;
      let text = like;
      for (let n = 1 + Math.floor(random() * 4); n > 0; n--)
        text = edits[Math.floor(random() * edits.length)]!(text, random);
      yield { text, like };
      continue;
    }
    const text = ownText(random);
    if (kept.length < 4_000) kept.push(text);
    else kept[i % 4_000] = text;
    yield { text, like: null };
  }
}

/** By sets of strings, as in a textbook. */
function jaccard(a: string, b: string): number {
  const [x, y] = [a, b].map((text) => {
    const plain = plainOf(text);
    const folded = String.fromCharCode(...plain.codes.subarray(0, plain.length));
    const run = plain.wide ? 3 : 5;
    return new Set(Array.from({ length: Math.max(0, folded.length - run + 1) }, (_, i) => folded.slice(i, i + run)));
  });
  let shared = 0;
  for (const one of x!) if (y!.has(one)) shared++;
  return shared / (x!.size + y!.size - shared);
}

function measureIndex(texts: number): void {
  globalThis.gc?.();
  const before = process.memoryUsage();
  const index = openCopyIndex({ window: WINDOW, forMs: 30 * 86_400_000 });
  const tally = { alike: 0, found: 0, own: 0, ownFlagged: 0 };
  let cpu = 0;
  let bite: { text: string; like: string | null }[] = [];
  let last = 0;
  const take = (from: number) => {
    const started = process.cpuUsage();
    const copies = bite.map(({ text }, i) =>
      index.take({ id: `signal ${from + i}`, item: `item ${from + i}`, text, at: 0 }),
    );
    const { user, system } = process.cpuUsage(started);
    cpu += user + system;
    last = bite.length / ((user + system) / 1e6);
    for (const [i, { text, like }] of bite.entries()) {
      if (like === null && plainOf(text).weight >= 60) tally.own++;
      if (like === null && plainOf(text).weight >= 60 && copies[i]) tally.ownFlagged++;
      if (like === null || plainOf(text).weight < 20 || jaccard(text, like) < 0.8) continue;
      tally.alike++;
      if (copies[i]) tally.found++;
    }
    bite = [];
  };
  let n = 0;
  for (const one of stream(texts)) {
    bite.push(one);
    if (++n % 10_000 === 0) take(n - bite.length);
  }
  globalThis.gc?.();
  const after = process.memoryUsage();
  const mb = (bytes: number) => Math.round(bytes / 1e6);
  console.log(
    `${texts} texts: ${Math.round(texts / (cpu / 1e6))} a second of one core, ${Math.round(last)} with a full memory`,
  );
  console.log(
    `memory: ${mb(after.arrayBuffers - before.arrayBuffers)} MB of arrays, ${mb(after.heapUsed - before.heapUsed)} MB of names`,
  );
  console.log(
    `found ${tally.found} of ${tally.alike} that are .8 alike; flagged ${tally.ownFlagged} of ${tally.own} that are not`,
  );
}

/** Intake at full speed, four at once, with and without the follower beside it, in turns. */
async function measureHouse(rows: number): Promise<void> {
  const house = await openBenchHouse();
  const speeds: Record<'with' | 'without', number[]> = { with: [], without: [] };
  try {
    await send(house, 'warm', rows / 5);
    for (let round = 0; round < 3; round++) {
      speeds.without.push(await send(house, `without ${round}`, rows));
      console.log(`intake without the follower: ${Math.round(speeds.without.at(-1)!)} rows a second`);
      const stop = follow(house);
      await caughtUp(house);
      const began = performance.now();
      speeds.with.push(await send(house, `with ${round}`, rows));
      const sent = performance.now();
      console.log(`intake with the follower: ${Math.round(speeds.with.at(-1)!)} rows a second`);
      await caughtUp(house);
      const done = performance.now();
      const rate = Math.round(rows / ((done - began) / 1000));
      console.log(
        `the follower was done ${((done - sent) / 1000).toFixed(1)} s after intake; ${rate} signals a second beside it`,
      );
      await stop();
    }
  } finally {
    await house.close();
  }
  const mean = (list: readonly number[]) => Math.round(list.reduce((sum, one) => sum + one, 0) / list.length);
  console.log(
    `intake, mean of three: ${mean(speeds.without)} rows a second without, ${mean(speeds.with)} with the follower`,
  );
}

const PER_REQUEST = 250;

async function send(house: BenchHouse, name: string, rows: number): Promise<number> {
  const source = await house.givenSource(name);
  const seed = name.length * 97 + name.charCodeAt(name.length - 1); // no round says what another has said
  const parts = Array.from({ length: Math.ceil(rows / PER_REQUEST) }, (_, i) =>
    makeRows(i * PER_REQUEST, PER_REQUEST, seed).map((value, row) => ({ row, value })),
  );
  const next = parts.values();
  const began = performance.now();
  const one = async () => {
    for (const part of next) await takeSignals(house.tools, SYSTEM.intake('open'), source, part);
  };
  await Promise.all(Array.from({ length: 4 }, one));
  return rows / ((performance.now() - began) / 1000);
}

function follow(house: BenchHouse): () => Promise<void> {
  const entry = new URL('../../packages/server/src/app/copies-worker.ts', import.meta.url);
  const worker = new Worker(entry, { workerData: { appUrl: house.appUrl, logLevel: 'warn' } });
  const ended = new Promise<void>((resolve) => worker.once('exit', () => resolve()));
  return async () => {
    worker.postMessage('stop');
    await ended;
  };
}

async function caughtUp({ tools }: BenchHouse): Promise<void> {
  const waiting = () => tools.db.as(SYSTEM.copies('open'), (db) => countWaiting(db, 'open'));
  while ((await waiting()) > 0) await sleep(50);
}

const [texts = 250_000, rows = 50_000] = process.argv.slice(2).map(Number);
measureIndex(texts);
await measureHouse(rows);
console.log(sayLoad());
