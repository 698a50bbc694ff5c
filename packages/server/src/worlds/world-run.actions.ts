/** Working on a world in short turns: filling its past, waiting for the engine, playing its day. A turn may be killed anywhere. */
import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { World as Simulated } from '@groundswell/simulator';
import { SYSTEM } from '../access/index.ts';
import { outageOf } from '../platform/http-errors.ts';
import { enqueue } from '../platform/jobs.ts';
import type { Tools } from '../platform/tools.ts';
import { beginPasts, fillMore, type Pasts } from './fill.actions.ts';
import { signalsBetween, simulatedOf } from './simulated.ts';
import { ensureSources, keepSignals, type Sources, tellBackground } from './tell.actions.ts';
import { REMOVE_WORLD, RUN_WORLD } from './world.actions.ts';
import {
  beat,
  findWorld,
  freeAll,
  holdForRun,
  holdWorld,
  keepTime,
  letGo,
  saveFault,
  savePlayed,
  saveState,
  unattended,
} from './world.store.ts';
import { isAtWork, partsOf, playedAfter, type World } from './world.ts';
import { pastState } from './world-past.store.ts';

/** A turn is short enough that a stop of the house waits for none, and long enough that the queue is not busy with turns. */
const TURN_MS = 4_000;
const TICK_MS = 250;
/** A clock that was stopped with the house goes on where it stood: time that nobody was there is not played. */
const LONGEST_TICK_MS = 2_000;
/** So much of the day at once when it is run forward. */
const LEAP_MS = 30 * 60_000;
/** How often the two clocks are written down beside each other. */
const TIMES_EVERY_MS = 10_000;

export async function runTurn(tools: Tools, worldId: string): Promise<void> {
  const { db, clock } = tools;
  const runner = randomUUID();
  const held = await db.change(SYSTEM.access, (trx) => holdForRun(trx, worldId, runner, clock.now()));
  if (!held) return;
  const turn: Turn = { tools, worldId, runner, at: performance.now(), timesAt: Number.NEGATIVE_INFINITY };
  try {
    await workFor(turn, performance.now() + TURN_MS);
  } catch (error) {
    await failed(turn, error).catch(() => {}); // a database that is away is told later: it sees that nobody is there
    throw error; // the queue tries again, after a pause that grows: asked for again here, it would not rest
  }
  await endTurn(turn);
}

/** One turn of one runner, and what it has looked up. */
interface Turn {
  readonly tools: Tools;
  readonly worldId: string;
  readonly runner: string;
  places?: { readonly simulated: Simulated; readonly sources: Sources; readonly pasts: Pasts };
  /** When the last tick was, and when the clocks were last written down, on the clock that never jumps. */
  at: number;
  timesAt: number;
}

async function workFor(turn: Turn, until: number): Promise<void> {
  const { tools, worldId } = turn;
  while (performance.now() < until) {
    const world = await tools.db.as(SYSTEM.access, (reader) => findWorld(reader, worldId));
    if (!world || !isAtWork(world)) return;
    if (!(await work(turn, world))) return;
  }
}

/** A step; false when another is at work on it. */
async function work(turn: Turn, world: World): Promise<boolean> {
  const { tools, runner } = turn;
  if (world.state === 'reading') return waitForEngine(turn, world);
  turn.places ??= await lookUp(tools, world);
  if (world.state === 'playing') return play(turn, world, turn.places);
  const mine = await fillMore(tools, world, { runner, ...turn.places });
  turn.at = performance.now();
  return mine;
}

async function lookUp(tools: Tools, world: World): Promise<NonNullable<Turn['places']>> {
  const simulated = await simulatedOf(world);
  const sources = await ensureSources(tools, world);
  return { simulated, sources, pasts: await beginPasts(tools, world, sources) };
}

async function waitForEngine(turn: Turn, world: World): Promise<boolean> {
  const { tools, worldId, runner } = turn;
  const { db, clock } = tools;
  const past = await db.as(SYSTEM.worlds(partsOf(world)), (reader) => pastState(reader, world));
  if (past === 'reading') await sleep(TICK_MS);
  turn.at = performance.now();
  return db.change(SYSTEM.access, async (trx) => {
    const to = world.autoplay ? 'playing' : 'paused';
    if (past !== 'reading') await saveState(trx, worldId, { from: 'reading', to });
    return beat(trx, worldId, runner, clock.now());
  });
}

async function play(turn: Turn, world: World, { simulated, sources }: NonNullable<Turn['places']>): Promise<boolean> {
  const { tools, worldId: id, runner } = turn;
  const { playedTo: from, dayTo, skipTo } = world;
  const now = performance.now();
  const aim = playedAfter(world, Math.min(now - turn.at, LONGEST_TICK_MS));
  const to = new Date(Math.min(aim.getTime(), from.getTime() + LEAP_MS));
  const signals = signalsBetween(simulated, from, to);
  await keepSignals(tools, world, sources, signals);
  await tellBackground(tools, world, simulated, from.getTime(), to.getTime());
  const isOver = to >= dayTo;
  const writes = now - turn.timesAt > TIMES_EVERY_MS || isOver || skipTo !== null;
  const mine = await tools.db.change(SYSTEM.access, async (trx) => {
    const at = tools.clock.now();
    const saved = await savePlayed(trx, { id, runner, from, to, more: signals.length, at });
    if (saved && writes) await keepTime(trx, id, at, to);
    return saved;
  });
  turn.at = now;
  if (writes) turn.timesAt = now;
  if (to >= aim && !isOver) await sleep(TICK_MS);
  return mine;
}

/** Let go of and asked for again in one: whoever presses play meanwhile is heard by one of the two. */
async function endTurn({ tools, worldId, runner }: Turn): Promise<void> {
  await tools.db.change(SYSTEM.access, async (trx) => {
    const world = await findWorld(trx, worldId);
    if (!world) return;
    const now = await holdWorld(trx, world.number);
    await letGo(trx, worldId, runner);
    if (isAtWork(now)) await enqueue(trx, RUN_WORLD, { worldId });
  });
}

/** A fault that stays is met so many times before the filling is given up: some three minutes, by the pauses of the queue. */
const TRIES = 5;
const GIVEN_UP =
  'The days before the sample day could not be filled in: it failed several times. The log of the server says why. ' +
  'Nothing of your own is touched. Remove this sample and open another.';

/** Where the world stood, it stands. A disk that is full or a database that is away passes: that is tried for as long as it takes. */
async function failed({ tools, worldId, runner }: Turn, error: unknown): Promise<void> {
  await tools.db.change(SYSTEM.access, async (trx) => {
    const faults = await saveFault(trx, worldId, runner, tools.clock.now());
    if (faults < TRIES || outageOf(error) !== null) return;
    await saveState(trx, worldId, { from: 'filling', to: 'failed', problem: GIVEN_UP });
  });
}

/** After a restart, and every minute: whatever nobody is at work on is taken up. */
export async function takeUpWorlds({ db, clock }: Tools, alone: boolean): Promise<void> {
  await db.change(SYSTEM.access, async (trx) => {
    if (alone) await freeAll(trx);
    for (const { id: worldId, state } of await unattended(trx, clock.now())) {
      await enqueue(trx, state === 'removing' ? REMOVE_WORLD : RUN_WORLD, { worldId });
    }
  });
}
