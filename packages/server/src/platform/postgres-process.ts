/** One PostgreSQL server as a child: started, watched, stopped. It never outlives us, however we end. */
import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { existsSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Logger } from 'pino';
import { CannotStart } from './cannot-start.ts';
import { isAlive } from './folder-lock.ts';
import type { As } from './postgres-account.ts';

/** Without a word for so long. While it recovers from a hard stop it says every 10 s how far it is, and may take minutes. */
const SILENT_LIMIT_MS = 60_000;
const STOP_LIMIT_MS = 12_000;

/**
 * `sh` holds our end of pipe 3 open to watch it. When it closes (even after kill -9 of node), it asks the server for a
 * fast shutdown. The server gets the same pipe closed, so that it cannot keep its own watchdog waiting.
 */
const WATCHDOG = '"$0" "$@" </dev/null 3<&- & p=$!; (cat >/dev/null 2>&1; kill -INT $p 2>/dev/null) <&3 & wait $p';

export interface ServerSpec {
  readonly postgres: string;
  readonly as: As;
  readonly dataDir: string;
  readonly settings: Readonly<Record<string, string | number>>;
  readonly log: Logger;
  /** How long it may say nothing before it is ready. */
  readonly silentLimitMs?: number;
}

export interface RunningServer {
  readonly port: number;
  /** Resolves when the server has ended without being asked to. */
  readonly lost: Promise<string>;
  stop(): Promise<void>;
}

/** Never the caller's LC_* or PG* variables: the cluster must not depend on who started it. */
export const serverEnv = (dataDir: string): NodeJS.ProcessEnv => ({
  PATH: process.env.PATH ?? '/usr/bin:/bin',
  LC_ALL: 'C',
  TZ: 'UTC',
  HOME: dataDir,
});

/** Starts on a free port; another program may take that port in between, so a few are tried. */
export async function startServer(
  spec: ServerSpec,
  nextPort: () => Promise<number> = freePort,
): Promise<RunningServer> {
  await clearPredecessor(spec.dataDir);
  for (let attempt = 1; ; attempt++) {
    try {
      return await startOnce(spec, await nextPort());
    } catch (error) {
      if (attempt === 5 || !/Address already in use|could not bind/.test(String(error))) throw error;
    }
  }
}

async function startOnce(spec: ServerSpec, port: number): Promise<RunningServer> {
  const { postgres, as, dataDir, settings, log, silentLimitMs = SILENT_LIMIT_MS } = spec;
  // TCP on the loopback only: the path of a unix socket breaks at 107 bytes, which deep checkouts exceed.
  const all = { listen_addresses: '127.0.0.1', unix_socket_directories: '', port, ...settings };
  const args = ['-D', dataDir, ...Object.entries(all).flatMap(([key, value]) => ['-c', `${key}=${value}`])];
  // A process group of its own: Ctrl-C reaches node only, which then stops things in order.
  const child = spawn('sh', ['-c', WATCHDOG, postgres, ...args], {
    ...as,
    env: serverEnv(dataDir),
    cwd: '/',
    stdio: ['ignore', 'ignore', 'pipe', 'pipe'],
    detached: true,
  });
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()).once('error', () => resolve()));
  const heard = listen(child, log);
  const { lastWords } = heard;
  const pid = await ready(child, dataDir, heard, silentLimitMs);

  let stopping: Promise<void> | undefined;
  const lost = ended.then(() => (stopping ? new Promise<string>(() => {}) : lastWords()));
  return {
    port,
    lost,
    stop: () => {
      stopping ??= stopServer(pid, ended).finally(() => child.stdio[3]?.destroy());
      return stopping;
    },
  };
}

interface Heard {
  readonly lastWords: () => string;
  /** In ms, by a clock that nobody sets. */
  readonly heardAt: () => number;
}

function listen(child: ChildProcess, log: Logger): Heard {
  let tail = '';
  let at = performance.now();
  child.stderr?.setEncoding('utf8').on('data', (text: string) => {
    tail = (tail + text).slice(-4096);
    at = performance.now();
    log.debug({ postgres: text.trim() }, 'the database says');
    if (text.includes('redo in progress'))
      log.info('the database recovers what it was writing when it was stopped hard');
  });
  return { lastWords: () => tail, heardAt: () => at };
}

/** Ready is what line 8 of postmaster.pid says: the log is for people, and is translated. */
async function ready(child: ChildProcess, dataDir: string, heard: Heard, silentLimitMs: number): Promise<number> {
  const { lastWords, heardAt } = heard;
  let failed: unknown = null;
  child.once('error', (error) => {
    failed = error;
  });
  for (;;) {
    await sleep(10);
    if (failed || child.exitCode !== null || child.signalCode !== null) {
      child.stdio[3]?.destroy();
      await sleep(50); // its last words may still be on the way
      throw new CannotStart(
        `The built-in database did not start. Your data was not changed. It said:\n${lastWords()}`,
        {
          cause: failed,
        },
      );
    }
    const lines = readPidFile(dataDir);
    if (lines?.[7]?.trim() === 'ready') return Number(lines[0]);
    if (performance.now() - heardAt() > silentLimitMs) {
      child.stdio[3]?.destroy(); // the watchdog stops it
      throw new CannotStart(
        `The built-in database is not ready and has said nothing for ${silentLimitMs / 1000} s. Its last words:\n${lastWords()}`,
      );
    }
  }
}

async function stopServer(pid: number, ended: Promise<void>): Promise<void> {
  signal(pid, 'SIGINT'); // fast shutdown: ends sessions, writes a checkpoint
  if (await within(ended, STOP_LIMIT_MS)) return;
  signal(pid, 'SIGQUIT'); // at once; the next start recovers from the log
  await within(ended, STOP_LIMIT_MS);
}

const within = (done: Promise<void>, ms: number): Promise<boolean> => {
  const given = new AbortController();
  const late = sleep(ms, false, { signal: given.signal }).catch(() => false);
  return Promise.race([done.then(() => true), late]).finally(() => given.abort());
};

/** A server that a killed predecessor left: stopped if it is ours, forgotten if only its file is left. */
async function clearPredecessor(dataDir: string): Promise<void> {
  const pid = Number(readPidFile(dataDir)?.[0] ?? 0);
  if (!pid) return;
  if (isAlive(pid) && isOurs(pid, dataDir)) {
    signal(pid, 'SIGINT');
    const giveUpAt = Date.now() + STOP_LIMIT_MS;
    while (isAlive(pid)) {
      if (Date.now() > giveUpAt)
        throw new CannotStart(
          `A database left by an earlier run (process ${pid}) does not stop. End it, then start again.`,
        );
      await sleep(20);
    }
  }
  rmSync(join(dataDir, 'postmaster.pid'), { force: true });
}

function isOurs(pid: number, dataDir: string): boolean {
  const command = existsSync(`/proc/${pid}/cmdline`)
    ? readFileSync(`/proc/${pid}/cmdline`, 'utf8')
    : spawnSync('ps', ['-o', 'command=', '-p', String(pid)], { encoding: 'utf8' }).stdout;
  return command.includes('postgres') && command.includes(dataDir);
}

function readPidFile(dataDir: string): string[] | null {
  try {
    return readFileSync(join(dataDir, 'postmaster.pid'), 'utf8').split('\n');
  } catch {
    return null;
  }
}

function signal(pid: number, name: NodeJS.Signals): void {
  try {
    process.kill(pid, name);
  } catch {
    // it has gone already, which is what was wanted
  }
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer().once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address();
      const port = typeof address === 'object' && address ? address.port : 0;
      probe.close(() => resolve(port));
    });
  });
}
