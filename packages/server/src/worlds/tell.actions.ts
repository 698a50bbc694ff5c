/** Telling the house what is said in a world: by the same way in as everything else. */
import { SIGNAL_KINDS, type SignalKind } from '@groundswell/contract';
import {
  activeUsersOfDay,
  changesOf,
  DAY_MS,
  type World as Simulated,
  type SimulatedSignal,
} from '@groundswell/simulator';
import { type Actor, SYSTEM } from '../access/index.ts';
import { takeActiveUsers, takeChanges } from '../background/index.ts';
import type { Tools } from '../platform/tools.ts';
import { createSource, listSources, takeSignals } from '../signals/index.ts';
import { asNewSignal, CLOSED_SOURCE, SOURCE_NAMES, signalsBetween } from './simulated.ts';
import { closedPart, openPart, partsOf, type World } from './world.ts';

export interface Sources {
  readonly byKind: Readonly<Record<SignalKind, string>>;
  readonly closed: string;
}

/** Made once; found again by name after a restart. */
export async function ensureSources(tools: Tools, world: World): Promise<Sources> {
  const actor = SYSTEM.worlds(partsOf(world));
  const known = await tools.db.as(actor, listSources);
  const named = async (name: string, kind: SignalKind, compartment: string): Promise<string> => {
    const there = known.find((one) => one.name === name && one.compartment === compartment);
    return (there ?? (await createSource(tools, actor, { name, kind, compartment, regions: [] }))).id;
  };
  const byKind: Partial<Record<SignalKind, string>> = {};
  for (const kind of SIGNAL_KINDS) byKind[kind] = await named(SOURCE_NAMES[kind], kind, openPart(world.number));
  const closed = await named(CLOSED_SOURCE.name, CLOSED_SOURCE.kind, closedPart(world.number));
  return { byKind: byKind as Sources['byKind'], closed };
}

/** Kept when this returns. `pasts` are given while the past is filled. */
export async function keepSignals(
  tools: Tools,
  actor: Actor,
  { byKind, closed }: Sources,
  signals: readonly SimulatedSignal[],
  pasts?: { readonly open: string; readonly closed: string },
): Promise<void> {
  const bySource = Map.groupBy(signals, ({ kind, confidential }) => (confidential ? closed : byKind[kind]));
  for (const [sourceId, own] of bySource) {
    const rows = own.map((signal, i) => ({ row: i + 1, value: asNewSignal(signal) }));
    const importId = pasts && (sourceId === closed ? pasts.closed : pasts.open);
    const { refused } = await takeSignals(tools, actor, sourceId, rows, importId ? { importId } : {});
    if (refused.length > 0) throw new Error(`A simulated signal was refused: ${refused[0]!.reason}`);
  }
}

/** What is said between two moments of the day; how many signals. */
export async function tellSignals(
  tools: Tools,
  world: World,
  simulated: Simulated,
  from: Date,
  to: Date,
): Promise<number> {
  const signals = signalsBetween(simulated, from, to);
  if (signals.length > 0) {
    await keepSignals(tools, SYSTEM.worlds(partsOf(world)), await ensureSources(tools, world), signals);
  }
  return signals.length;
}

/** What goes on around the signals: active users by day, changes when they are made. */
export async function tellBackground(
  tools: Tools,
  world: World,
  simulated: Simulated,
  from: Date,
  to: Date,
): Promise<void> {
  const actor = SYSTEM.worlds(partsOf(world));
  const compartment = openPart(world.number);
  for (let day = Math.floor(from.getTime() / DAY_MS) * DAY_MS; day < to.getTime(); day += DAY_MS) {
    const rows = [...activeUsersOfDay(simulated, day)].map((value, i) => ({ row: i + 1, value }));
    await takeActiveUsers(tools, actor, compartment, rows);
  }
  await tellChanges(tools, actor, world, simulated, from, to);
}

export async function tellDay(tools: Tools, world: World, simulated: Simulated, from: Date, to: Date): Promise<void> {
  await tellChanges(tools, SYSTEM.worlds(partsOf(world)), world, simulated, from, to);
}

async function tellChanges(
  tools: Tools,
  actor: Actor,
  world: World,
  simulated: Simulated,
  from: Date,
  to: Date,
): Promise<void> {
  const rows = changesOf(simulated)
    .filter(({ at }) => at >= from.getTime() && at < to.getTime())
    .map(({ id, at, kind, title, dimensions, share }, i) => ({
      row: i + 1,
      value: { id, at: new Date(at).toISOString(), kind, title, dimensions, ...(share !== null && { share }) },
    }));
  if (rows.length > 0) await takeChanges(tools, actor, openPart(world.number), rows);
}
