/**
 * What following for copied texts costs intake: the same stream by turns with the follower at work beside it and without,
 * in one house: `node tools/bench/intake-beside.ts [rows] [turns]`, 20,000 and 6 unless said otherwise.
 */
import { setTimeout as pause } from 'node:timers/promises';
import { SYSTEM } from '../../packages/server/src/access/index.ts';
import { countWaiting } from '../../packages/server/src/copies/follow.store.ts';
import { startCopiesThread } from '../../packages/server/src/copies/index.ts';
import { openLog } from '../../packages/server/src/platform/log.ts';
import { sendByThread } from './intake-client.ts';
import { openBenchHouse, sayLoad } from './intake-house.ts';
import { makeRows } from './intake-rows.ts';

const ROWS = Number(process.argv[2] ?? 20_000);
const TURNS = Number(process.argv[3] ?? 6);
const AT_ONCE = 1_000;

const house = await openBenchHouse();
const entry = new URL('../../packages/server/src/app/copies-worker.ts', import.meta.url);
const startFollower = () =>
  startCopiesThread({
    entry,
    orders: { appUrl: house.appUrl, logLevel: 'warn' },
    db: house.tools.db,
    log: openLog('warn'),
  });

const waiting = (): Promise<number> =>
  house.tools.db.as(SYSTEM.copies('open'), (db) => countWaiting(db, 'open')).then(Number);

let sent = 0;
/** Rows a second; no text is one that came before. */
async function stream(): Promise<number> {
  const token = await house.givenToken(await house.givenSource(`stream ${sent}`));
  const bodies = Array.from({ length: ROWS / AT_ONCE }, (_, i) =>
    makeRows(sent + i * AT_ONCE, AT_ONCE)
      .map((row) => `${JSON.stringify(row)}\n`)
      .join(''),
  );
  sent += ROWS;
  const began = await sendByThread({ stream: true, url: house.url, token, bodies, clients: 1 });
  return (ROWS / (performance.now() - began)) * 1000;
}

const alone: number[] = [];
const followed: number[] = [];

async function turnAlone(): Promise<void> {
  alone.push(await stream());
}

/** Begins when everything that came before is compared, with the memory of it in the follower. */
async function turnFollowed(): Promise<void> {
  const stop = startFollower();
  while ((await waiting()) > 0) await pause(200);
  followed.push(await stream());
  while ((await waiting()) > 0) await pause(200);
  await stop();
}

await stream(); // warm
for (let turn = 0; turn < TURNS; turn++) {
  const order = turn % 2 === 0 ? [turnAlone, turnFollowed] : [turnFollowed, turnAlone];
  for (const take of order) await take();
}
const middle = (values: readonly number[]): number => [...values].sort((a, b) => a - b)[values.length >> 1]!;
const say = (values: readonly number[]): string => values.map(Math.round).join(' ');
console.log(`alone    ${Math.round(middle(alone))} rows/s (${say(alone)})`);
console.log(`followed ${Math.round(middle(followed))} rows/s (${say(followed)})`);
const ratios = followed.map((rate, turn) => rate / alone[turn]!);
console.log(`followed is ${middle(ratios).toFixed(2)} of alone, the middle of ${TURNS} pairs; ${sayLoad()}`);
await house.close();
