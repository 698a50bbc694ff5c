/** The live run of a compartment: reads its log in order, for ever. */
import { setImmediate as breathe } from 'node:timers/promises';
import { SYSTEM } from '../access/index.ts';
import type { Trx } from '../platform/db.ts';
import { keepFindings } from './findings.actions.ts';
import { liveRunId } from './identity.ts';
import { takeBatch } from './intake.store.ts';
import {
  type Bench,
  BITE,
  BUILD,
  bytesOf,
  clockOf,
  feed,
  feedItems,
  type Machine,
  newMachine,
  type Pace,
  type SaveTimer,
  saveTimer,
  takeFindings,
  type Worker,
} from './machine.ts';
import { readRegrouping } from './regrouping.ts';
import { insertLiveRun, loadCheckpoint, saveCheckpoint, saveProgress } from './run.store.ts';
import type { Run } from './run.ts';
import { readLog } from './stream.store.ts';
import type { LogEntry } from './stream.ts';
import { groupNameOf } from './topic.store.ts';

interface Live {
  readonly bench: Bench;
  readonly pace: Pace;
  readonly run: Run;
  readonly machine: Machine;
  readonly timer: SaveTimer;
  /** Last log position whose findings are written down, and the one at which the stored state stands. */
  applied: number;
  saved: number;
}

/** Goes on from the stored state; without one of this build, from the start of the log: ids stay what they were. */
export async function openLive(bench: Bench, compartment: string, pace: Pace): Promise<Worker> {
  const { db, clock } = bench;
  const engine = SYSTEM.engine(compartment);
  const run = await db.change(engine, (trx) => insertLiveRun(trx, liveRunId(compartment), compartment, clock.now()));
  const stored = await db.as(engine, (reader) => loadCheckpoint(reader, run.id, BUILD));
  const machine = newMachine(compartment, {}, stored);
  const live: Live = { bench, pace, run, machine, timer: saveTimer(pace), applied: machine.from, saved: machine.from };
  return { turn: () => turn(live), rest: () => rest(live), isOver: () => false };
}

const ENTRIES_PER_TURN = 500;

async function turn(live: Live): Promise<number> {
  const { bench, run, machine, timer } = live;
  const { compartment } = run;
  const engine = SYSTEM.engine(compartment);
  const entries = await bench.db.as(engine, (db) => readLog(db, compartment, live.applied, ENTRIES_PER_TURN));
  let taken = 0;
  let last: LogEntry | undefined;
  for (const entry of entries) {
    if (bench.stop?.aborted || taken >= live.pace.itemsPerTurn || !(await takeIn(live, entry))) break;
    taken += entry.kind === 'signals' ? entry.rows : 0;
    last = entry;
  }
  if (!last) {
    if (timer.isDue()) await rest(live);
    return 0;
  }
  const { position, items } = last;
  const due = timer.isDue();
  await bench.db.change(engine, async (trx) => {
    const at = bench.clock.now();
    await keepFindings(trx, engine, { runId: run.id, compartment, historical: false }, takeFindings(machine), at);
    await saveProgress(trx, run.id, { applied: position, items, engineAt: clockOf(machine) });
    if (due) await store(live, trx, position);
  });
  live.applied = position;
  if (due) live.saved = position;
  return Math.max(1, taken);
}

async function rest(live: Live): Promise<void> {
  const { bench, run, applied } = live;
  if (applied === live.saved) return;
  await bench.db.change(SYSTEM.engine(run.compartment), (trx) => store(live, trx, applied));
  live.saved = applied;
}

async function store({ bench, run, machine, timer }: Live, trx: Trx, position: number): Promise<void> {
  const bytes = await timer.around(async () => {
    const state = bytesOf(machine);
    await saveCheckpoint(trx, run, position, BUILD, state);
    return state.length;
  });
  bench.log.info({ compartment: run.compartment, position, bytes }, 'stored the state of the live engine');
}

/** False if not all of the entry can be read yet: then nothing after it is read either. */
async function takeIn(live: Live, entry: LogEntry): Promise<boolean> {
  const { bench, machine } = live;
  const { compartment } = machine;
  const engine = SYSTEM.engine(compartment);
  const { position } = entry;
  switch (entry.kind) {
    case 'signals': {
      const { rows, items } = await bench.db.as(engine, (db) => takeBatch(db, entry.batch));
      if (rows < entry.rows) return false;
      for (let i = 0; i < items.length; i += BITE) {
        feedItems(machine, position, items.slice(i, i + BITE));
        await breathe();
      }
      return true;
    }
    case 'dismiss': {
      const group = await bench.db.as(engine, (db) => groupNameOf(db, entry.topic));
      if (group !== undefined) feed(machine, position, { kind: 'dismiss', group });
      return true;
    }
    case 'merge':
    case 'part':
    case 'split':
    case 'move':
      for (const one of await bench.db.as(engine, (db) => readRegrouping(db, entry))) feed(machine, position, one);
      return true;
    case 'settings':
      feed(machine, position, entry);
      return true;
    case 'basis':
      await foldHistory(live, entry.run, position);
      return true;
  }
}

/** The state of another build cannot be folded: then the live engine knows less of the past, and the log says so. */
async function foldHistory({ bench, machine }: Live, runId: string, position: number): Promise<void> {
  const basis = await bench.db.as(SYSTEM.engine(machine.compartment), (db) => loadCheckpoint(db, runId, BUILD));
  try {
    if (basis) return feed(machine, position, { kind: 'basis', basis: basis.state });
  } catch (error) {
    if (!(error instanceof RangeError)) throw error; // that is how the engine refuses a format; nothing was folded
  }
  bench.log.warn({ runId }, 'the state of this history run is of another build and is left out');
}
