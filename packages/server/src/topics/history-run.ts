/** The replay of an imported past: its own engine, in order of event time; at its end it is folded into the live one. */
import { SYSTEM } from '../access/index.ts';
import { record } from '../events.ts';
import type { Trx } from '../platform/db.ts';
import { countAlerts } from './count.store.ts';
import { keepFindings } from './findings.actions.ts';
import { readHistory } from './intake.store.ts';
import {
  type Bench,
  BITE,
  BUILD,
  bytesOf,
  clockOf,
  feedItems,
  type Machine,
  newMachine,
  type Pace,
  type SaveTimer,
  saveTimer,
  takeFindings,
  type Worker,
} from './machine.ts';
import { endHistory, loadCheckpoint, prepareHistory, saveCheckpoint, saveProgress } from './run.store.ts';
import type { Run } from './run.ts';
import { appendEntries, lockStream } from './stream.store.ts';

interface History {
  readonly bench: Bench;
  readonly run: Run;
  readonly total: number;
  readonly machine: Machine;
  readonly timer: SaveTimer;
  applied: number;
  saved: number;
  over: boolean;
}

/** Goes on where the run was left; a new one is prepared first. */
export async function openHistory(bench: Bench, run: Run, pace: Pace): Promise<Worker> {
  const { db } = bench;
  const { compartment, falseAlertsPerWeek } = run;
  const engine = SYSTEM.engine(compartment);
  const total = run.state === 'waiting' ? await db.change(engine, (trx) => prepareHistory(trx, run)) : run.total;
  const stored = await db.as(engine, (reader) => loadCheckpoint(reader, run.id, BUILD));
  const machine = newMachine(compartment, { historical: true, falseAlertsPerWeek }, stored);
  const history: History = {
    bench,
    run,
    total,
    machine,
    timer: saveTimer(pace),
    applied: machine.from,
    saved: machine.from,
    over: false,
  };
  return { turn: () => turn(history), rest: () => rest(history), isOver: () => history.over };
}

/** One bite, so that live signals wait half a second at most. The last one ends the run. */
async function turn(history: History): Promise<number> {
  const { bench, run, machine, timer, applied, total } = history;
  const { compartment } = run;
  const engine = SYSTEM.engine(compartment);
  const { rows, items } = await bench.db.as(engine, (db) => readHistory(db, run.id, applied, BITE));
  if (rows < Math.min(BITE, total - applied)) return 0; // not all of it can be read yet
  if (items.length > 0) feedItems(machine, applied + 1, items);
  const next = applied + rows;
  const due = next === total || timer.isDue();
  await bench.db.change(engine, async (trx) => {
    const at = bench.clock.now();
    await keepFindings(trx, engine, { runId: run.id, compartment, historical: true }, takeFindings(machine), at);
    await saveProgress(trx, run.id, { applied: next, items: next, engineAt: clockOf(machine) });
    if (due) await store(history, trx, next);
    if (next === total) await finish(history, trx, at);
  });
  history.applied = next;
  if (due) history.saved = next;
  history.over = next === total;
  return rows;
}

/** Ended, announced and handed to the live engine: all three or none. */
async function finish({ run }: History, trx: Trx, at: Date): Promise<void> {
  const { id: runId, compartment } = run;
  const importId = run.importId!;
  await endHistory(trx, runId, at);
  const stream = await lockStream(trx, compartment);
  await appendEntries(trx, stream, at, [{ body: { kind: 'basis', run: runId }, items: 0 }]);
  await record(trx, SYSTEM.engine(compartment), {
    name: 'history.finished',
    at,
    compartment,
    subject: { kind: 'import', id: importId },
    payload: { importId, runId, alerts: await countAlerts(trx, runId) },
  });
}

async function rest(history: History): Promise<void> {
  const { bench, run, applied } = history;
  if (applied === history.saved) return;
  await bench.db.change(SYSTEM.engine(run.compartment), (trx) => store(history, trx, applied));
  history.saved = applied;
}

async function store({ bench, run, machine, timer }: History, trx: Trx, position: number): Promise<void> {
  const bytes = await timer.around(async () => {
    const state = bytesOf(machine);
    await saveCheckpoint(trx, run, position, BUILD, state);
    return state.length;
  });
  bench.log.info({ run: run.id, position, bytes }, 'stored the state of a history run');
}
