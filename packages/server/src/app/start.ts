/** Starts the parts of one process in order, says one line, and stops them in the reverse order. */
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { openBell } from '../platform/bell.ts';
import { CannotStart } from '../platform/cannot-start.ts';
import { systemClock } from '../platform/clock.ts';
import { BadSetting, type Config, readConfig } from '../platform/config.ts';
import { isAlive } from '../platform/folder-lock.ts';
import type { Bell } from '../platform/follow.ts';
import type { App } from '../platform/http.ts';
import { outageOf } from '../platform/http-errors.ts';
import { registerJobs, startWorker } from '../platform/jobs.ts';
import { type Logger, openLog } from '../platform/log.ts';
import { openPostgres, type Postgres } from '../platform/postgres.ts';
import type { Tools } from '../platform/tools.ts';
import { MIGRATIONS, openApp, openTools, workOf } from './compose.ts';
import { authenticateBy, checkKey, firstRunLink, slicesFor, startEngine } from './slices.ts';

export type Part = 'api' | 'worker' | 'engine';

type Stop = () => Promise<unknown>;

/** Runs until it is told to stop. Ends the process itself: 0 when asked to stop, 1 for a fault, 2 for a bad setting. */
export async function start(parts: readonly Part[]): Promise<void> {
  const stops: Stop[] = [];
  let stopping: Promise<void> | undefined;
  const stop = (code: number): Promise<void> => {
    stopping ??= stopAll(stops).then((clean) => process.exit(clean ? code : 1));
    return stopping;
  };
  // A signal during start-up counts too: whatever has been started by then is stopped again.
  process.on('SIGINT', () => void stop(0));
  process.on('SIGTERM', () => void stop(0));
  endWithNpm(() => void stop(0));
  const fault = (error: unknown) => {
    console.error('Groundswell stops, because of a fault that nothing was prepared for:', error);
    void stop(1);
  };
  // Whoever read what we say has gone, like the terminal of somebody who left. Saying that would fail the same way, for ever.
  for (const stream of [process.stdout, process.stderr]) stream.on('error', () => {});
  process.on('uncaughtException', fault);
  process.on('unhandledRejection', fault);

  try {
    const config = readConfig(process.env);
    if (parts.length < 3 && !config.databaseUrl) {
      throw new BadSetting('DATABASE_URL', 'is needed when the parts run as processes of their own');
    }
    const log = openLog(config.logLevel);
    process.off('unhandledRejection', fault).on('unhandledRejection', (error) => survive(error, log) || fault(error));
    await open(parts, config, log, stops, stop);
  } catch (error) {
    if (stopping) return stopping; // a part failed because we were already stopping
    console.error(sayPlainly(error));
    await stop(error instanceof CannotStart ? error.exitCode : 1);
  }
}

/**
 * When the database goes away it takes many answers with it at once, and some of them nobody waits for: in foreign code
 * too. Whoever needs one asks again, so that this is no reason to end.
 */
function survive(error: unknown, log: Logger): boolean {
  if (!outageOf(error)) return false;
  log.error({ err: error }, 'the database took an answer with it that nobody waited for');
  return true;
}

/**
 * `npm start` names the processes that it put above us: npm passes on some signals only, and none when it is killed the
 * hard way. Whoever starts us otherwise, even in the background of a shell that ends, keeps us running.
 */
function endWithNpm(stop: () => void): void {
  const above = (process.env.GROUNDSWELL_ENDS_WITH ?? '').split(',').map(Number).filter(Boolean);
  if (above.length > 0) setInterval(() => above.every(isAlive) || stop(), 500).unref();
}

async function open(
  parts: readonly Part[],
  config: Config,
  log: Logger,
  stops: Stop[],
  stop: (code: number) => Promise<void>,
): Promise<void> {
  const postgres = await openPostgres(config, MIGRATIONS, log);
  stops.push(postgres.close);
  void postgres.lost.then((lastWords) => {
    console.error(`The built-in database ended by itself, so Groundswell stops. It said:\n${lastWords}`);
    return stop(1);
  });
  const bell = await openBell(postgres.appUrl, log);
  stops.push(bell.close);
  const tools = openTools(postgres.appPool, systemClock, config);
  await checkKey(tools);
  const slices = slicesFor(config);
  const { jobs, clockwork } = workOf(slices);

  if (parts.includes('worker')) {
    const alone = !config.databaseUrl; // the folder of a built-in database is locked: nobody else can be in it
    const worker = await startWorker({ tools, jobs, clockwork, ownerPool: postgres.ownerPool, log, alone });
    stops.push(worker.stop);
    for (const slice of slices) await slice.resume?.(tools, alone);
  } else {
    await registerJobs(postgres.ownerPool, [...jobs, ...clockwork]); // an api may be the first to enqueue
  }
  if (parts.includes('engine')) {
    stops.push(startEngine(tools, { appUrl: postgres.appUrl, logLevel: config.logLevel }, log));
  }
  if (parts.includes('api')) await serve(config, { tools, bell, log }, postgres, stops);
  else console.log(`Groundswell ${parts.join(' and ')} is running.`);
}

interface Room {
  readonly tools: Tools;
  readonly bell: Bell;
  readonly log: Logger;
}

async function serve(config: Config, { tools, bell, log }: Room, { appPool }: Postgres, stops: Stop[]): Promise<void> {
  const app = await openApp({
    tools,
    bell,
    appPool,
    slices: slicesFor(config),
    authenticate: authenticateBy(tools, config),
    log,
  });
  stops.push(() => app.close());
  const address = await listen(app, config);
  const link = await firstRunLink(tools, address);
  console.log(`Groundswell is running at ${address}`); // last: whoever waits for this line finds everything ready
  if (link) console.log(`First start: open this link within a day to make the first admin: ${link}`);
}

async function listen(app: App, { host, port, publicUrl }: Config): Promise<string> {
  try {
    await app.listen({ host, port });
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'EADDRINUSE') throw new BadSetting('PORT', `is ${port}, and another program answers there already`);
    if (code === 'EACCES') throw new BadSetting('PORT', `is ${port}, which this account may not use`);
    if (code === 'EADDRNOTAVAIL' || code === 'ENOTFOUND')
      throw new BadSetting('HOST', `is ${host}, which is no address of this machine`);
    throw error;
  }
  const bound = (app.server.address() as AddressInfo).port;
  return publicUrl ?? `http://${host.includes(':') ? `[${host}]` : host}:${bound}`;
}

/** A request or a job that does not end is cut off after this; the database is stopped by its watchdog then. */
const STOP_LIMIT_MS = 20_000;

/** What was started last stops first; one that fails to stop does not keep the others running. */
async function stopAll(stops: Stop[]): Promise<boolean> {
  let clean = true;
  const all = async () => {
    for (const stop of stops.reverse()) {
      await stop().catch((error) => {
        clean = false;
        console.error('A part did not stop cleanly:', error);
      });
    }
  };
  const late = sleep(STOP_LIMIT_MS, 'late' as const, { ref: false });
  if ((await Promise.race([all(), late])) === 'late') {
    clean = false;
    console.error(`Not everything had ended after ${STOP_LIMIT_MS / 1000} s; the rest was cut off.`);
  }
  return clean;
}

/** What the system says of a folder that cannot be used. */
const FOLDER_FAULTS: Readonly<Record<string, string>> = {
  EACCES: 'this account may not write there',
  EPERM: 'this account may not write there',
  EROFS: 'the disk is read-only',
  ENOSPC: 'the disk is full',
  EDQUOT: 'the quota of this account is used up',
  ENOTDIR: 'a part of this path is a file',
  EEXIST: 'there is a file of this name',
};

/** A foreseen problem is one of our sentences; the stack helps only where it is none. */
function sayPlainly(error: unknown): string {
  if (error instanceof CannotStart) return error.message;
  const { code = '', path } = error as NodeJS.ErrnoException;
  const why = FOLDER_FAULTS[code];
  if (why && path) {
    return `${path} could not be written: ${why}. Nothing that was kept is lost. Make room or give it access there, or set GROUNDSWELL_DATA to another folder.`;
  }
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}
