/**
 * Follows intake and compares what comes in with what came before: never on the way of intake itself. One index of the
 * last texts per compartment, in memory; what was found is kept together with the place that was reached. After a
 * restart the index is rebuilt from the signals themselves, so that nothing is compared twice and nothing is left out.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { type CopyIndex, openCopyIndex } from '@groundswell/analytics';
import { compartmentNames, SYSTEM } from '../access/index.ts';
import type { Bell } from '../platform/follow.ts';
import type { Logger } from '../platform/log.ts';
import type { SessionLocks } from '../platform/session-locks.ts';
import type { Tools } from '../platform/tools.ts';
import { keepFound, Overtaken } from './copies.actions.ts';
import { compare, remember } from './copies.ts';
import {
  isUnsettled,
  knownCopies,
  lastBatches,
  loadPlace,
  nextBatches,
  type Place,
  readBatches,
} from './follow.store.ts';

export type Bench = Pick<Tools, 'db'> & { readonly log: Logger };

export interface Memory {
  /** Texts of each compartment that are remembered. */
  readonly texts: number;
  readonly forMs: number;
  /** Signals of one transaction. */
  readonly perTurn: number;
}

/** 200,000 texts take some 150 MB: a busy day of a large team, a year of a small one. */
export const USUAL_MEMORY: Memory = { texts: 200_000, forMs: 30 * 86_400_000, perTurn: 5_000 };

export interface Follower {
  /** One bite for every compartment. How many batches were read. */
  turn(): Promise<number>;
  /** Turns until all that intake has committed is compared. Throws where the follower at work would try again. */
  drain(): Promise<void>;
}

/** What is known of a compartment, and where that knowledge ends. */
interface Desk {
  readonly index: CopyIndex;
  place: Place;
}

interface Room {
  readonly bench: Bench;
  readonly memory: Memory;
  readonly desks: Map<string, Desk>;
}

const ALONE = { mayWork: async () => true, letGo: async () => {} };

export function openFollower(
  bench: Bench,
  memory: Memory = USUAL_MEMORY,
  { mayWork, letGo }: Pick<SessionLocks, 'mayWork' | 'letGo'> = ALONE,
): Follower {
  const room: Room = { bench, memory, desks: new Map() };
  const turn = async (patient: boolean): Promise<number> => {
    let read = 0;
    const names = await compartmentNames(bench.db);
    for (const gone of [...room.desks.keys()].filter((name) => !names.includes(name))) {
      room.desks.delete(gone); // it went with an invented world
      await letGo(gone);
    }
    for (const compartment of names) {
      if (await mayWork(compartment)) read += await turnCompartment(room, compartment, patient);
      else room.desks.delete(compartment);
    }
    return read;
  };
  return {
    turn: () => turn(true),
    drain: async () => {
      for (;;) {
        const unsettled = await isAnyUnsettled(bench); // asked first: what settles meanwhile is read
        if ((await turn(false)) > 0) continue;
        if (!unsettled) return;
        await sleep(SETTLE_MS);
      }
    },
  };
}

const SETTLE_MS = 10;

async function isAnyUnsettled({ db }: Bench): Promise<boolean> {
  for (const compartment of await compartmentNames(db)) {
    if (await db.as(SYSTEM.copies(compartment), isUnsettled)) return true;
  }
  return false;
}

async function turnCompartment(room: Room, compartment: string, patient: boolean): Promise<number> {
  try {
    return await compareNext(room, compartment);
  } catch (err) {
    room.desks.delete(compartment); // its index may be ahead of what was kept
    if (err instanceof Overtaken) return 1; // what the other has kept is read next time
    if (!patient) throw err;
    room.bench.log.error({ err, compartment }, 'copied texts could not be looked for; it is tried again');
    return 0;
  }
}

async function compareNext(room: Room, compartment: string): Promise<number> {
  const { bench, memory, desks } = room;
  const actor = SYSTEM.copies(compartment);
  const desk = desks.get(compartment) ?? (await sitDown(room, compartment));
  desks.set(compartment, desk);
  const { next, signals } = await bench.db.as(actor, async (db) => {
    const batches = await nextBatches(db, desk.place.cursor, memory.perTurn);
    return { next: batches, signals: await readBatches(db, batches.ids) };
  });
  if (next.ids.length === 0) return 0;
  const found = compare(desk.index, signals);
  desk.place = await keepFound(bench, actor, { compartment, from: desk.place, cursor: next.cursor }, found);
  return next.ids.length;
}

/** Reads again what the index had remembered at the place that was reached. */
async function sitDown({ bench: { db }, memory }: Room, compartment: string): Promise<Desk> {
  const actor = SYSTEM.copies(compartment);
  const index = openCopyIndex({ window: memory.texts, forMs: memory.forMs });
  const place = await db.as(actor, (reader) => loadPlace(reader, compartment));
  const batches = await db.as(actor, (reader) => lastBatches(reader, place.cursor, memory.texts, memory.forMs));
  for (const ids of inBites(batches, memory.perTurn)) {
    await db.as(actor, async (reader) => {
      const signals = await readBatches(reader, ids);
      const known = await knownCopies(
        reader,
        signals.map(({ id }) => id),
      );
      remember(index, signals, known);
    });
  }
  return { index, place };
}

function inBites(batches: readonly (readonly [string, number])[], rows: number): string[][] {
  const bites: string[][] = [];
  let held = 0;
  for (const [id, count] of batches) {
    if (bites.length === 0 || held + count > rows) {
      bites.push([]);
      held = 0;
    }
    bites.at(-1)!.push(id);
    held += count;
  }
  return bites;
}

/** A batch settles when every older transaction has ended, which rings no bell. */
const POLL_MS = 500;
const AFTER_FAULT_MS = 2_000;

/** Turns until `signal` aborts; between two turns it waits for the bell. */
export async function runFollower(
  { log }: Pick<Bench, 'log'>,
  follower: Follower,
  bell: Bell,
  signal: AbortSignal,
): Promise<void> {
  while (!signal.aborted) {
    const rung = bell.wait(POLL_MS, signal); // listening before reading: nothing falls between the two
    const read = await follower.turn().catch(async (err) => {
      log.error({ err }, 'the follower of copied texts could not take a turn and tries again');
      await sleep(AFTER_FAULT_MS, undefined, { signal }).catch(() => {});
      return 0;
    });
    if (read === 0) await rung;
  }
}
