/** Taking a world away, in turns: everything in it, in bites, until nothing is left and nobody can still write there. */
import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { SYSTEM } from '../access/index.ts';
import { enqueue } from '../platform/jobs.ts';
import type { Tools } from '../platform/tools.ts';
import { forgetSimulated } from './simulated.ts';
import { REMOVE_WORLD } from './world.actions.ts';
import { beat, findWorld, forget, holdForRun, letGo, saveFault, sweep } from './world.store.ts';

const TURN_MS = 8_000;
/** Whoever played or filled it ends its turn first; one that died is silent for longer than that. */
const TURN_OF_ANOTHER_MS = 20_000;
const LOOK_AGAIN_MS = 250;
/** Long enough for every request to have ended that began before nobody could enter any more. */
const QUIET_MS = 2_000;

export async function removeTurn(tools: Tools, worldId: string): Promise<void> {
  const { db, clock } = tools;
  forgetSimulated(worldId);
  const runner = randomUUID();
  const hold = () => db.change(SYSTEM.access, (trx) => holdForRun(trx, worldId, runner, clock.now()));
  const limit = performance.now() + TURN_OF_ANOTHER_MS;
  while (!(await hold())) {
    if (performance.now() > limit || !(await db.as(SYSTEM.access, (reader) => findWorld(reader, worldId)))) return;
    await sleep(LOOK_AGAIN_MS);
  }
  try {
    if (await sweepFor(tools, worldId, runner)) return;
  } catch (error) {
    await db.change(SYSTEM.access, (trx) => saveFault(trx, worldId, runner, clock.now())).catch(() => {});
    throw error; // the queue tries again
  }
  await db.change(SYSTEM.access, async (trx) => {
    await letGo(trx, worldId, runner);
    await enqueue(trx, REMOVE_WORLD, { worldId });
  });
}

/** Twice nothing, and a while between: then the world itself goes. True when it has, or when another is at work on it. */
async function sweepFor({ db, clock }: Tools, worldId: string, runner: string): Promise<boolean> {
  const until = performance.now() + TURN_MS;
  for (let empty = 0; performance.now() < until; ) {
    const swept = await db.change(SYSTEM.access, async (trx) => {
      return (await beat(trx, worldId, runner, clock.now())) ? sweep(trx, worldId) : null;
    });
    if (swept === null) return true;
    empty = swept === 0 ? empty + 1 : 0;
    if (empty === 2) {
      await db.change(SYSTEM.access, (trx) => forget(trx, worldId));
      return true;
    }
    await sleep(empty === 1 ? QUIET_MS : swept <= 2 ? LOOK_AGAIN_MS : 0);
  }
  return false;
}
