/** The two weeks before the day: signals as history, active users, the log of changes. */
import { setImmediate as breathe } from 'node:timers/promises';
import { HOUR_MS, type World as Simulated, type SimulatedSignal } from '@groundswell/simulator';
import { SYSTEM } from '../access/index.ts';
import { beginPast, endPast } from '../imports/index.ts';
import type { Tools } from '../platform/tools.ts';
import { signalsOfHour } from './simulated.ts';
import { keepSignals, type Sources, tellBackground } from './tell.actions.ts';
import { saveFilled, saveState } from './world.store.ts';
import { closedPart, openPart, partsOf, type World } from './world.ts';

/** So many at once, in whole hours: each source makes a transaction of its own of them. */
const CHUNK = 5_000;

/** Each import is a past that the engine reads for itself: what is confidential apart from the rest. */
export interface Pasts {
  readonly open: string;
  readonly closed: string;
}

/** Found again after a crash. */
export async function beginPasts({ db, clock }: Tools, world: World, sources: Sources): Promise<Pasts> {
  const actor = SYSTEM.worlds(partsOf(world));
  const past = { actor: actor.id, at: clock.now() };
  return db.change(actor, async (trx) => ({
    open: await beginPast(trx, { ...past, compartment: openPart(world.number), sourceId: sources.byKind.ticket }),
    closed: await beginPast(trx, { ...past, compartment: closedPart(world.number), sourceId: sources.closed }),
  }));
}

export interface Filling {
  readonly runner: string;
  readonly simulated: Simulated;
  readonly sources: Sources;
  readonly pasts: Pasts;
}

/** One chunk more; the last one hands the past to the engine. False when another is at work on it. */
export async function fillMore(tools: Tools, world: World, filling: Filling): Promise<boolean> {
  const { db, clock } = tools;
  const { runner, simulated, sources, pasts } = filling;
  const { id, filledTo, dayFrom } = world;
  if (filledTo.getTime() === simulated.start) {
    await tellBackground(tools, world, simulated, Number.NEGATIVE_INFINITY, dayFrom.getTime());
  }
  const { signals, to } = await nextHours(simulated, filledTo, dayFrom);
  await keepSignals(tools, world, sources, signals, pasts);
  return db.change(SYSTEM.worlds(partsOf(world)), async (trx) => {
    const at = clock.now();
    const mine = await saveFilled(trx, { id, runner, from: filledTo, to, more: signals.length, at });
    if (!mine || to < dayFrom) return mine;
    await endPast(trx, pasts.open, at);
    await endPast(trx, pasts.closed, at);
    return saveState(trx, id, { from: 'filling', to: 'reading' });
  });
}

async function nextHours(
  simulated: Simulated,
  from: Date,
  end: Date,
): Promise<{ signals: SimulatedSignal[]; to: Date }> {
  const signals: SimulatedSignal[] = [];
  let at = from.getTime();
  for (; at < end.getTime() && signals.length < CHUNK; at += HOUR_MS) {
    signals.push(...signalsOfHour(simulated, (at - simulated.start) / HOUR_MS));
    await breathe();
  }
  return { signals, to: new Date(at) };
}
