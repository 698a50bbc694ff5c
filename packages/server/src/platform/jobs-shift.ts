/**
 * Keeps the queue at work while its database goes away and comes back. The queue's own runner does not: when it cannot tell
 * the end of a job it shuts down, a job whose row was lost on the way stays locked for hours, and names that could not be
 * asked for at its start are never asked for again. So every fault is answered alike: another shift begins as soon as the
 * database answers, the old one finishes what it has in hand, and what is still locked by it then is given away. A job whose
 * end could not be told runs again.
 */
import { EventEmitter, once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Runner, type RunnerOptions, run, type TaskList, type WorkerEvents } from 'graphile-worker';
import type { Pool } from 'pg';
import type { Logger } from 'pino';

export type ShiftOptions = RunnerOptions & { readonly pgPool: Pool; readonly taskList: TaskList };

interface Shift {
  readonly runner: Runner;
  /** Jobs are locked in this name. */
  readonly name: string;
  /** How many jobs are being worked on. */
  readonly inHand: () => number;
  /** Resolves at the first fault, with the reason: from then on it is not to be trusted. */
  readonly faulted: Promise<unknown>;
}

const FIRST_PAUSE_MS = 250;
const LONGEST_PAUSE_MS = 5_000;

/** Fails if the first shift cannot begin; every later one is tried until it can, or until all is stopped. */
export async function keepShifts(options: ShiftOptions, log: Logger): Promise<{ stop(): Promise<void> }> {
  const stopping = new AbortController();
  const { signal } = stopping;
  const stopped = once(signal, 'abort');
  const leaving = new Set<Promise<void>>();
  let shift = await begin(options);

  const next = async (): Promise<Shift | null> => {
    for (let ms = FIRST_PAUSE_MS; ; ms = Math.min(ms * 2, LONGEST_PAUSE_MS)) {
      await sleep(ms, undefined, { signal }).catch(() => {});
      if (signal.aborted) return null;
      try {
        return await begin(options);
      } catch (err) {
        log.warn({ err }, 'the job queue cannot be started yet');
      }
    }
  };
  const watch = async (): Promise<void> => {
    for (;;) {
      const err = await Promise.race([shift.faulted, stopped]);
      if (signal.aborted) return;
      log.warn({ err }, 'the job queue is started again as soon as the database answers');
      const following = await next();
      if (!following) return;
      const left = leave(shift, options.pgPool, signal).finally(() => leaving.delete(left));
      leaving.add(left);
      shift = following;
    }
  };
  const watching = watch();
  return {
    async stop() {
      stopping.abort();
      await watching;
      await Promise.all([end(shift), ...leaving]);
    },
  };
}

async function begin(options: ShiftOptions): Promise<Shift> {
  let name = '';
  let inHand = 0;
  const counted = Object.entries(options.taskList).map(([task, work]) => {
    const count: typeof work = async (payload, helpers) => {
      inHand++;
      try {
        return await work?.(payload, helpers);
      } finally {
        inHand--;
      }
    };
    return [task, count];
  });
  const events: WorkerEvents = new EventEmitter();
  events.on('pool:create', ({ workerPool }) => {
    name = workerPool.id;
  });
  const faulted = new Promise<unknown>((fault) => {
    events.on('worker:getJob:error', ({ error }) => fault(error));
    events.on('pool:fatalError', ({ error }) => fault(error));
    events.on('pool:gracefulShutdown', ({ message }) => fault(new Error(message)));
  });
  // One by one, nobody listens to what becomes of the end of a job, and a rejection would end the process.
  const preset = { worker: { completeJobBatchDelay: 0, failJobBatchDelay: 0 } };
  const runner = await run({ ...options, taskList: Object.fromEntries(counted), events, preset });
  return { runner, name, inHand: () => inHand, faulted };
}

/** For what it still has to tell the database of its last jobs. */
const LAST_WORDS_MS = 2_000;

/** Takes no more jobs and finishes those in hand. Its clock may be in a pause of a minute: that is not waited for. */
async function end({ runner, inHand }: Shift): Promise<void> {
  const ended = runner.stop().catch(() => {}); // it may have ended by itself
  const idle = async () => {
    while (inHand() > 0) await sleep(100);
    await sleep(LAST_WORDS_MS, undefined, { ref: false });
  };
  await Promise.race([ended, idle()]);
}

/** Its runner may be stuck for ever, so that what it holds is given away without its help. */
async function leave(shift: Shift, ownerPool: Pool, signal: AbortSignal): Promise<void> {
  await end(shift);
  for (let ms = FIRST_PAUSE_MS; !signal.aborted; ms = Math.min(ms * 2, LONGEST_PAUSE_MS)) {
    const freed = ownerPool.query('select graphile_worker.force_unlock_workers($1)', [[shift.name]]);
    if (await freed.then(() => true).catch(() => false)) return;
    await sleep(ms, undefined, { signal }).catch(() => {});
  }
}
