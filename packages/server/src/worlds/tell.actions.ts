/** Telling the house what is said in a world: by the same way in as everything else. Told twice, nothing changes. */
import { SIGNAL_KINDS, type SignalKind } from '@groundswell/contract';
import {
  activeUsersOfDay,
  changesOf,
  DAY_MS,
  type World as Simulated,
  type SimulatedSignal,
} from '@groundswell/simulator';
import { SYSTEM } from '../access/index.ts';
import { takeActiveUsers, takeChanges } from '../background/index.ts';
import type { Tools } from '../platform/tools.ts';
import { createSource, listSources, takeSignals } from '../signals/index.ts';
import { asNewSignal, CLOSED_SOURCE, SOURCE_NAMES } from './simulated.ts';
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
    const isIt = (one: { name: string; compartment: string }) => one.name === name && one.compartment === compartment;
    const there = known.find(isIt);
    if (there) return there.id;
    try {
      return (await createSource(tools, actor, { name, kind, compartment, regions: [] })).id;
    } catch (error) {
      // A runner that has lost its world without knowing may still be making the same.
      const made = (await tools.db.as(actor, listSources)).find(isIt);
      if (!made) throw error;
      return made.id;
    }
  };
  const byKind: Partial<Record<SignalKind, string>> = {};
  for (const kind of SIGNAL_KINDS) byKind[kind] = await named(SOURCE_NAMES[kind], kind, openPart(world.number));
  const closed = await named(CLOSED_SOURCE.name, CLOSED_SOURCE.kind, closedPart(world.number));
  return { byKind: byKind as Sources['byKind'], closed };
}

/** While the database writes the rows of one source, the next ones are judged. Each has a connection, and the house needs some. */
const LANES = 3;

/** Kept when this returns. `pasts` are given while the past is filled. */
export async function keepSignals(
  tools: Tools,
  world: World,
  { byKind, closed }: Sources,
  signals: readonly SimulatedSignal[],
  pasts?: { readonly open: string; readonly closed: string },
): Promise<void> {
  const actor = SYSTEM.worlds(partsOf(world));
  const left = [...Map.groupBy(signals, ({ kind, confidential }) => (confidential ? closed : byKind[kind]))];
  const lane = async (): Promise<void> => {
    for (let next = left.shift(); next; next = left.shift()) {
      const [sourceId, own] = next;
      const rows = own.map((signal, i) => ({ row: i + 1, value: asNewSignal(signal) }));
      const importId = pasts && (sourceId === closed ? pasts.closed : pasts.open);
      const { refused } = await takeSignals(tools, actor, sourceId, rows, importId ? { importId } : {});
      if (refused.length > 0) throw new Error(`A simulated signal was refused: ${refused[0]!.reason}`);
    }
  };
  const ended = await Promise.allSettled(Array.from({ length: LANES }, lane));
  const failed = ended.find((one) => one.status === 'rejected');
  if (failed) throw failed.reason;
}

/** What goes on around the signals: changes when they are made, active users of a day once it is over. */
export async function tellBackground(
  tools: Tools,
  world: World,
  simulated: Simulated,
  from: number,
  to: number,
): Promise<void> {
  const actor = SYSTEM.worlds(partsOf(world));
  const compartment = openPart(world.number);
  for (const day of daysEnded(Math.max(from, simulated.start), to)) {
    const rows = [...activeUsersOfDay(simulated, day)].map((value, i) => ({ row: i + 1, value }));
    await takeActiveUsers(tools, actor, compartment, rows);
  }
  const changes = changesOf(simulated)
    .filter(({ at }) => at >= from && at < to)
    .map(({ id, at, kind, title, dimensions, share }, i) => ({
      row: i + 1,
      value: { id, at: new Date(at).toISOString(), kind, title, dimensions, ...(share !== null && { share }) },
    }));
  if (changes.length > 0) await takeChanges(tools, actor, compartment, changes);
}

/** Begins of the days (UTC) whose last moment lies after `from` and not after `to`. */
function daysEnded(from: number, to: number): number[] {
  const days: number[] = [];
  for (let day = Math.floor(from / DAY_MS) * DAY_MS; day + DAY_MS <= to; day += DAY_MS) {
    if (day + DAY_MS > from) days.push(day);
  }
  return days;
}
