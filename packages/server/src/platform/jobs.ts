/**
 * Work that no person starts. The queue (graphile-worker) is polled as the owner of the schema; what a job does, it does
 * through `tools.db`, behind the wall like any request. A failed job comes back with growing pauses, at most 25 times.
 */
import { parseCronItems, Logger as QueueLog, runOnce, type TaskList } from 'graphile-worker';
import { sql } from 'kysely';
import type { Pool } from 'pg';
import type { Logger } from 'pino';
import type { z } from 'zod';
import type { Trx } from './db.ts';
import { keepShifts } from './jobs-shift.ts';
import { jobSeconds } from './metrics.ts';
import type { Tools } from './tools.ts';

/** A job as the queue sees it: a name, and something to do with a payload that nobody has checked yet. */
export interface Runnable {
  readonly name: string;
  work(tools: Tools, payload: unknown): Promise<void>;
}

/** Started by name; an event's reactions get the id of the event. */
export interface Job<P = { eventId: string }> extends Runnable {
  readonly every?: undefined;
  readonly run: (tools: Tools, payload: P) => Promise<unknown>;
}

/** Started by the clock: `every` is a cron line, in UTC. */
export interface ClockJob extends Runnable {
  readonly every: string;
  readonly run: (tools: Tools, payload: Record<string, never>) => Promise<unknown>;
}

type JobSpec<P> = Pick<Job<P>, 'name' | 'run'> & { payload: z.ZodType<P>; every?: undefined };
type ClockJobSpec = Pick<ClockJob, 'name' | 'every' | 'run'> & { payload: z.ZodType<Record<string, never>> };

export function defineJob(spec: ClockJobSpec): ClockJob;
export function defineJob<P>(spec: JobSpec<P>): Job<P>;
export function defineJob<P>(spec: JobSpec<P> | ClockJobSpec): Job<P> | ClockJob {
  if (spec.every !== undefined) {
    const { run: tick } = spec;
    return { ...spec, work: async (tools) => void (await tick(tools, {})) };
  }
  const { payload, run: act } = spec;
  return { ...spec, work: async (tools, raw) => void (await act(tools, payload.parse(raw))) };
}

/** Puts a job into the caller's transaction: it runs only if that commits. A payload holds ids only; the database checks. */
export async function enqueue(trx: Trx, name: string, payload: Readonly<Record<string, string>>): Promise<void> {
  await sql`select app.enqueue(${name}, ${JSON.stringify(payload)}::jsonb)`.execute(trx);
}

/** Several of one name, in one statement. */
export async function enqueueEach(
  trx: Trx,
  name: string,
  payloads: readonly Readonly<Record<string, string>>[],
): Promise<void> {
  await sql`select app.enqueue(${name}, one) from jsonb_array_elements(${JSON.stringify(payloads)}::jsonb) one`.execute(
    trx,
  );
}

export interface WorkerOptions {
  tools: Tools;
  jobs: readonly Runnable[];
  clockwork: readonly ClockJob[];
  ownerPool: Pool;
  log: Logger;
  /** True when no other process can be working on this database: then every job in hand belongs to a dead one. */
  alone?: boolean;
}

const AT_ONCE = 4; // each may hold an app connection of CONNECTIONS.app; more did not help on two cores
const POLL_MS = 2_000; // jobs announce themselves by NOTIFY; the poll only catches those that were due later

export async function startWorker(options: WorkerOptions): Promise<{ stop(): Promise<void> }> {
  await registerJobs(options.ownerPool, [...options.jobs, ...options.clockwork]);
  await freeForgottenJobs(options.ownerPool, options.alone ? 0 : FORGOTTEN_AFTER_MS);
  const sweep = setInterval(() => {
    freeForgottenJobs(options.ownerPool, FORGOTTEN_AFTER_MS).catch((err: unknown) =>
      options.log.warn({ err }, 'forgotten jobs were not looked for'),
    );
  }, 60_000);
  const queue = {
    pgPool: options.ownerPool,
    taskList: taskList(options),
    parsedCronItems: parseCronItems(
      options.clockwork.map(({ name, every }) => ({ task: name, match: every, identifier: name })),
    ),
    concurrency: AT_ONCE,
    pollInterval: POLL_MS,
    noHandleSignals: true, // the composition root stops everything in one order
    logger: queueLog(options.log),
  };
  const shifts = await keepShifts(queue, options.log);
  return {
    stop: () => {
      clearInterval(sweep);
      return shifts.stop();
    },
  };
}

/** No job of ours works for as long as this: longer ones go on in turns. */
const FORGOTTEN_AFTER_MS = 10 * 60_000;

/**
 * A process that is killed keeps its jobs in hand, and the queue itself waits four hours before it gives them to another.
 * Every job may run beside itself, so giving one away too early costs time and nothing else.
 */
export async function freeForgottenJobs(ownerPool: Pool, silentMs: number): Promise<void> {
  await ownerPool.query(
    `select graphile_worker.force_unlock_workers(array(
       select distinct locked_by from graphile_worker._private_jobs
        where locked_by is not null and locked_at <= now() - $1 * interval '1 millisecond'))`,
    [silentMs],
  );
}

/** Runs what is due, and what that enqueues in turn, until nothing is left: for tests. */
export async function drain(options: WorkerOptions): Promise<void> {
  await runOnce({
    pgPool: options.ownerPool,
    taskList: taskList(options),
    noHandleSignals: true,
    logger: queueLog(options.log),
  });
}

/** `app.enqueue` accepts these names and no other. Names are only ever added: an older process may still know more. */
export async function registerJobs(ownerPool: Pool, jobs: readonly Runnable[]): Promise<void> {
  const names = jobs.map((job) => job.name);
  const twice = names.find((name, i) => names.indexOf(name) !== i);
  if (twice) throw new Error(`Two jobs are called "${twice}". Rename one: the queue would run only the later.`);
  await ownerPool.query('insert into app.job_names (name) select unnest($1::text[]) on conflict do nothing', [names]);
}

function taskList({ tools, jobs, clockwork }: WorkerOptions): TaskList {
  const timed = async (job: Runnable, payload: unknown) => {
    const done = jobSeconds.startTimer({ job: job.name });
    try {
      await job.work(tools, payload);
      done({ outcome: 'done' });
    } catch (error) {
      done({ outcome: 'failed' });
      throw error; // the queue logs it and tries again later
    }
  };
  return Object.fromEntries(
    [...jobs, ...clockwork].map((job) => [job.name, (payload: unknown) => timed(job, payload)]),
  );
}

/** For one-off uses of the queue's own tools, which otherwise write to the console. */
export const quietQueueLog = new QueueLog(() => () => {});

function queueLog(log: Logger): QueueLog {
  const level = { error: 'error', warning: 'warn', info: 'debug', debug: 'trace' } as const;
  return new QueueLog((scope) => (lvl, message, meta) => {
    log[level[lvl as keyof typeof level] ?? 'debug'](
      { ...scope, ...(meta?.error !== undefined && { err: meta.error }) },
      message,
    );
  });
}
