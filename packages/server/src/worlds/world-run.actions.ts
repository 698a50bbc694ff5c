/** Working on a world in short turns: filling its past, waiting for the engine, playing its day. A turn may be killed anywhere. */
import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { SYSTEM } from '../access/index.ts';
import { enqueue } from '../platform/jobs.ts';
import type { Tools } from '../platform/tools.ts';
import { fillMore } from './fill.actions.ts';
import { simulatedOf } from './simulated.ts';
import { tellDay, tellSignals } from './tell.actions.ts';
import { REMOVE_WORLD, RUN_WORLD } from './world.actions.ts';
import {
  beat,
  findWorld,
  forget,
  holdForRun,
  holdWorld,
  keepTime,
  letGo,
  savePlayed,
  saveState,
  sweep,
  unattended,
} from './world.store.ts';
import { isAtWork, partsOf, playedAfter, type World } from './world.ts';
import { pastState } from './world-past.store.ts';

/** A turn is short enough that a stop of the house waits for none, and long enough that the queue is not busy with turns. */
const TURN_MS = 4_000;
const TICK_MS = 250;
/** Whoever shows no life for this long is dead. */
const SILENT_MS = 15_000;
/** A clock that was stopped with the house goes on where it stood: time that nobody was there is not played. */
const LONGEST_TICK_MS = 2_000;
/** So much of the day at once when it is run forward. */
const LEAP_MS = 30 * 60_000;
/** How often the two clocks are written down beside each other. */
const TIMES_EVERY_MS = 10_000;

export async function runTurn(tools: Tools, worldId: string): Promise<void> {
  const { db, clock } = tools;
  const runner = randomUUID();
  const now = clock.now();
  const silentSince = new Date(now.getTime() - SILENT_MS);
  const held = await db.change(SYSTEM.access, (trx) => holdForRun(trx, worldId, runner, now, silentSince));
  if (!held) return;
  const mine = { worldId, runner };
  try {
    await workFor(tools, mine, performance.now() + TURN_MS);
  } catch (error) {
    await db.change(SYSTEM.access, (trx) => letGo(trx, worldId, runner));
    throw error; // the queue tries again, after a pause that grows: asked for again here, it would not rest
  }
  await endTurn(tools, mine);
}

interface Mine {
  readonly worldId: string;
  readonly runner: string;
}

async function workFor(tools: Tools, { worldId, runner }: Mine, until: number): Promise<void> {
  const { db, clock } = tools;
  let told: Ticking = { at: performance.now(), timesAt: 0 };
  while (performance.now() < until) {
    const world = await db.as(SYSTEM.access, (reader) => findWorld(reader, worldId));
    if (!world || !isAtWork(world)) return;
    told = await work(tools, world, told);
    if (!(await db.change(SYSTEM.access, (trx) => beat(trx, worldId, runner, clock.now())))) return;
  }
}

/** Let go of and asked for again in one: whoever presses play meanwhile is heard by one of the two. */
async function endTurn({ db }: Tools, { worldId, runner }: Mine): Promise<void> {
  await db.change(SYSTEM.access, async (trx) => {
    const world = await findWorld(trx, worldId);
    if (!world) return;
    const now = await holdWorld(trx, world.number);
    await letGo(trx, worldId, runner);
    if (isAtWork(now)) await enqueue(trx, RUN_WORLD, { worldId });
  });
}

interface Ticking {
  /** When the last tick was, on the clock that never jumps. */
  readonly at: number;
  readonly timesAt: number;
}

async function work(tools: Tools, world: World, ticking: Ticking): Promise<Ticking> {
  switch (world.state) {
    case 'filling':
      await fillMore(tools, world);
      return { ...ticking, at: performance.now() };
    case 'reading':
      await waitForEngine(tools, world);
      return { ...ticking, at: performance.now() };
    default:
      return play(tools, world, ticking);
  }
}

async function waitForEngine({ db }: Tools, world: World): Promise<void> {
  const past = await db.as(SYSTEM.worlds(partsOf(world)), (reader) => pastState(reader, world));
  if (past === 'reading') return void (await sleep(TICK_MS));
  await db.change(SYSTEM.access, (trx) => saveState(trx, world.id, world.autoplay ? 'playing' : 'paused'));
}

async function play(tools: Tools, world: World, { at, timesAt }: Ticking): Promise<Ticking> {
  const now = performance.now();
  const aim = playedAfter(world, Math.min(now - at, LONGEST_TICK_MS));
  const to = new Date(Math.min(aim.getTime(), world.playedTo.getTime() + LEAP_MS));
  const simulated = await simulatedOf(world);
  const more = await tellSignals(tools, world, simulated, world.playedTo, to);
  await tellDay(tools, world, simulated, world.playedTo, to);
  const isOver = to >= world.dayTo;
  const writes = now - timesAt > TIMES_EVERY_MS || isOver;
  await tools.db.change(SYSTEM.access, async (trx) => {
    await savePlayed(trx, world.id, to, more);
    if (writes) await keepTime(trx, world.id, tools.clock.now(), to);
    if (isOver) await saveState(trx, world.id, 'over');
  });
  if (to >= aim && !isOver) await sleep(TICK_MS);
  return { at: now, timesAt: writes ? now : timesAt };
}

/** After a restart, and every minute: whatever nobody is at work on is taken up. */
export async function takeUpWorlds({ db, clock }: Tools, alone: boolean): Promise<void> {
  const silentSince = new Date(clock.now().getTime() - (alone ? 0 : SILENT_MS));
  await db.change(SYSTEM.access, async (trx) => {
    for (const worldId of await unattended(trx, silentSince)) {
      const world = await findWorld(trx, worldId);
      await enqueue(trx, world?.state === 'removing' ? REMOVE_WORLD : RUN_WORLD, { worldId });
    }
  });
}

/** Long enough for everybody who began before nobody could enter any more to have ended. */
const QUIET_MS = 3_000;
const ROUNDS = 20;

/** Until two rounds after each other find nothing: an engine's turn that had begun may still write in between. */
export async function removeTurn({ db }: Tools, worldId: string): Promise<void> {
  for (let round = 0, empty = 0; round < ROUNDS; round++) {
    const world = await db.as(SYSTEM.access, (reader) => findWorld(reader, worldId));
    if (!world) return;
    const swept = await db.change(SYSTEM.access, (trx) => sweep(trx, worldId));
    empty = swept === 0 ? empty + 1 : 0;
    if (empty === 2) return db.change(SYSTEM.access, (trx) => forget(trx, worldId));
    await sleep(QUIET_MS);
  }
  throw new Error('Something still writes into a sample that is being removed; the next turn tries again.');
}
