/** Drives the engines of all compartments in turns, in one thread: a worker thread of the house, or a test. */
import { setTimeout as sleep } from 'node:timers/promises';
import { compartmentNames, SYSTEM } from '../access/index.ts';
import { openHistory } from './history-run.ts';
import { openLive } from './live-run.ts';
import { type Bench, type Pace, USUAL_PACE, type Worker } from './machine.ts';
import { failRun, nextHistory } from './run.store.ts';
import { writeLog } from './stream.actions.ts';
import { isUnsettled } from './stream.store.ts';

/** Says whether this process may drive a compartment. Two that both did would do the same work twice, not do harm. */
export type MayDrive = (compartment: string) => Promise<boolean>;
/** Told of a compartment that is not there any more: nothing is written there from now on. */
export type LetGo = (compartment: string) => Promise<void>;

export interface Engine {
  /** One turn for every compartment: what intake brought, what is live, a bite of history. How many items were read. */
  turn(): Promise<number>;
  /**
   * Turns until everything that intake has committed is read: it waits for batches to settle. For tests and tools: it
   * throws where the engine at work would try again later.
   */
  drain(): Promise<void>;
  /** Stores every state. */
  rest(): Promise<void>;
}

/** A place for a worker, and what became of those who sat there before. */
interface Seat {
  readonly compartment: string;
  worker: Worker | null;
  /** The history run that is being read; null for the live one. */
  runId: string | null;
  faults: number;
  /** Not before: a fault is followed by a pause, in which others have their turns. */
  after: number;
}

interface Room {
  readonly bench: Bench;
  readonly pace: Pace;
  readonly seats: Map<string, { live: Seat; history: Seat }>;
}

export function openEngine(
  bench: Bench,
  pace: Pace = USUAL_PACE,
  mayDrive: MayDrive = async () => true,
  letGo: LetGo = async () => {},
): Engine {
  const room: Room = { bench, pace, seats: new Map() };

  const turn = async (patient: boolean): Promise<number> => {
    let read = 0;
    const names = await compartmentNames(bench.db);
    for (const gone of [...room.seats.keys()].filter((name) => !names.includes(name))) {
      room.seats.delete(gone); // it went with an invented world
      await letGo(gone);
    }
    for (const compartment of names) {
      if (bench.stop?.aborted) break;
      if (await mayDrive(compartment)) read += await turnCompartment(room, compartment, patient);
      else room.seats.delete(compartment);
    }
    return read;
  };

  return {
    turn: () => turn(true),
    drain: async () => {
      for (;;) {
        const unsettled = await isAnyUnsettled(bench); // asked first: what settles meanwhile is read by the turn
        if ((await turn(false)) > 0) continue;
        if (!unsettled) return;
        await sleep(SETTLE_MS);
      }
    },
    rest: async () => {
      const names = await compartmentNames(bench.db);
      for (const [compartment, { live, history }] of room.seats) {
        if (!names.includes(compartment)) continue; // it went with an invented world
        await live.worker?.rest();
        await history.worker?.rest();
      }
    },
  };
}

const SETTLE_MS = 10;

async function isAnyUnsettled({ db }: Bench): Promise<boolean> {
  for (const compartment of await compartmentNames(db)) {
    if (await db.as(SYSTEM.engine(compartment), isUnsettled)) return true;
  }
  return false;
}

const newSeat = (compartment: string): Seat => ({ compartment, worker: null, runId: null, faults: 0, after: 0 });

/** Live first, and again before every bite of history: the past can wait. Neither waits for the other's faults. */
async function turnCompartment(room: Room, compartment: string, patient: boolean): Promise<number> {
  const seats = room.seats.get(compartment) ?? { live: newSeat(compartment), history: newSeat(compartment) };
  room.seats.set(compartment, seats);
  let read = 0;
  for (const [seat, act] of [
    [seats.live, turnLive],
    [seats.history, turnHistory],
  ] as const) {
    if (room.bench.stop?.aborted || performance.now() < seat.after) continue;
    try {
      read += await act(room, seat);
      seat.faults = 0;
    } catch (error) {
      seat.worker = null; // its state may be ahead of what was kept
      if (!patient) throw error;
      await pauseAfter(room, seat, error);
    }
  }
  return read;
}

async function turnLive({ bench, pace }: Room, seat: Seat): Promise<number> {
  const written = (await writeLog(bench, seat.compartment)) ? 1 : 0;
  seat.worker ??= await openLive(bench, seat.compartment, pace);
  return written + (await seat.worker.turn());
}

async function turnHistory({ bench, pace }: Room, seat: Seat): Promise<number> {
  if (!seat.worker) {
    const { compartment } = seat;
    const run = await bench.db.as(SYSTEM.engine(compartment), (db) => nextHistory(db, compartment));
    if (!run) return 0;
    seat.runId = run.id;
    seat.worker = await openHistory(bench, run, pace);
  }
  const bite = await seat.worker.turn();
  if (!seat.worker.isOver()) return bite;
  seat.worker = null;
  return bite + 1; // there may be another run
}

const LONGEST_PAUSE_MS = 60_000;
const TRIES_OF_HISTORY = 5;

/** Goes on from the stored state after a pause. A history run that fails every time is given up, and says so. */
async function pauseAfter({ bench, pace }: Room, seat: Seat, err: unknown): Promise<void> {
  const { compartment, runId } = seat;
  seat.faults++;
  seat.after = performance.now() + Math.min(LONGEST_PAUSE_MS, pace.pauseMs * 2 ** (seat.faults - 1));
  bench.log.error(
    { err, compartment, runId, faults: seat.faults },
    'the engine failed; it goes on from its stored state',
  );
  if (runId !== null && seat.faults >= TRIES_OF_HISTORY) {
    await giveUp(bench, compartment, runId).catch((error) =>
      bench.log.error({ err: error, runId }, 'nor could this be kept'),
    );
    Object.assign(seat, newSeat(compartment));
  }
}

const GIVEN_UP =
  'Reading this import as history failed several times. Its signals are kept and can be searched; its past surges are ' +
  'not shown. The log of the server says why.';

async function giveUp({ db, clock }: Bench, compartment: string, runId: string): Promise<void> {
  await db.change(SYSTEM.engine(compartment), (trx) => failRun(trx, runId, GIVEN_UP, clock.now()));
}

const IDLE_MS = 400;

/** Turns until `signal` aborts, then stores every state. A fault of the database itself is waited out like any other. */
export async function runEngine({ log }: Pick<Bench, 'log'>, engine: Engine, signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    const read = await engine.turn().catch((err) => {
      log.error({ err }, 'the engine could not take a turn and tries again');
      return 0;
    });
    if (read === 0) await sleep(IDLE_MS, undefined, { signal }).catch(() => {});
  }
  await engine.rest();
}
