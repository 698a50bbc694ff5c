/** The two weeks before the day: signals as history, active users, the log of changes. */
import { HOUR_MS } from '@groundswell/simulator';
import { SYSTEM } from '../access/index.ts';
import { beginPast, endPast } from '../imports/index.ts';
import type { Tools } from '../platform/tools.ts';
import { signalsBetween, simulatedOf } from './simulated.ts';
import { ensureSources, keepSignals, type Sources, tellBackground } from './tell.actions.ts';
import { saveFilled, saveState } from './world.store.ts';
import { closedPart, openPart, partsOf, type World } from './world.ts';

/** So many at once: each source makes a transaction of its own of them. */
const CHUNK = 4_000;

/** One chunk more; the last one hands the past to the engine. Told twice, a signal changes nothing. */
export async function fillMore(tools: Tools, world: World): Promise<void> {
  const { db, clock } = tools;
  const actor = SYSTEM.worlds(partsOf(world));
  const simulated = await simulatedOf(world);
  const sources = await ensureSources(tools, world);
  const pasts = await beginPasts(tools, world, sources);
  const first = new Date(simulated.start);
  if (world.fillTotal === 0) {
    await tellBackground(tools, world, simulated, first, world.dayFrom);
    const total = countHours(simulated, world);
    return db.change(SYSTEM.access, (trx) => saveFilled(trx, world.id, 0, total));
  }
  const chunk = signalsBetween(simulated, first, world.dayFrom).slice(world.filled, world.filled + CHUNK);
  await keepSignals(tools, actor, sources, chunk, pasts);
  const filled = world.filled + chunk.length;
  await db.change(SYSTEM.access, (trx) => saveFilled(trx, world.id, filled, world.fillTotal));
  if (filled < world.fillTotal) return;
  await db.change(actor, async (trx) => {
    const closed = signalsBetween(simulated, first, world.dayFrom).filter(({ confidential }) => confidential).length;
    await endPast(trx, pasts.open, filled - closed, clock.now());
    await endPast(trx, pasts.closed, closed, clock.now());
  });
  await db.change(SYSTEM.access, (trx) => saveState(trx, world.id, 'reading'));
}

async function beginPasts(
  { db, clock }: Tools,
  world: World,
  sources: Sources,
): Promise<{ open: string; closed: string }> {
  const actor = SYSTEM.worlds(partsOf(world));
  const past = { actor: actor.id, at: clock.now() };
  return db.change(actor, async (trx) => ({
    open: await beginPast(trx, { ...past, compartment: openPart(world.number), sourceId: sources.byKind.ticket }),
    closed: await beginPast(trx, { ...past, compartment: closedPart(world.number), sourceId: sources.closed }),
  }));
}

function countHours(simulated: Awaited<ReturnType<typeof simulatedOf>>, world: World): number {
  let count = 0;
  for (let hour = 0; hour < world.historyDays * 24; hour++) count += simulated.signalsOfHour(hour).length;
  return simulated.start + world.historyDays * 24 * HOUR_MS === world.dayFrom.getTime() ? count : Number.NaN;
}
