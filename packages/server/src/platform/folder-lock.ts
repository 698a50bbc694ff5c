/**
 * One process per data folder. The lock is a file that is created exclusively and names its holder; it is void once that
 * process is dead. Without it, two starters racing on a first start would build the cluster over one another.
 */
import { linkSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { CannotStart } from './cannot-start.ts';

/** Somebody else runs on this folder. */
class FolderInUse extends CannotStart {
  constructor(folder: string, pid: number | null) {
    const who = pid ? `process ${pid}` : 'another process';
    super(
      `Groundswell is already running on ${folder} (${who}). Nothing was touched. ` +
        'Use that one, stop it, or give this one a folder of its own with GROUNDSWELL_DATA.',
      { exitCode: 2 },
    );
    this.name = 'FolderInUse';
  }
}

/** Takes the lock, or waits `waitMs` for a predecessor that is just stopping. Returns the release. */
export async function lockFolder(folder: string, lockFile: string, waitMs = 3_000): Promise<() => void> {
  const mine = `${process.pid} ${birthOf(process.pid)} ${process.hrtime.bigint()}`;
  const giveUpAt = Date.now() + waitMs;
  for (;;) {
    if (create(lockFile, mine)) return () => release(lockFile, mine);
    const held = read(lockFile);
    if (held !== null && isDead(held)) clear(lockFile, held);
    else if (Date.now() > giveUpAt) throw new FolderInUse(folder, held ? pidOf(held) : null);
    else await sleep(50);
  }
}

/** Exclusive, and complete from the first moment: the words are written aside and then linked into place. */
function create(lockFile: string, words: string): boolean {
  const aside = `${lockFile}.${process.pid}.${process.hrtime.bigint()}`;
  writeFileSync(aside, words, { mode: 0o600 });
  try {
    linkSync(aside, lockFile);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  } finally {
    rmSync(aside, { force: true });
  }
}

/** Moves a dead holder's lock away, and puts it back if another starter had replaced it meanwhile. */
function clear(lockFile: string, dead: string): void {
  const aside = `${lockFile}.dead.${process.pid}`;
  try {
    renameSync(lockFile, aside);
  } catch {
    return; // somebody else was faster
  }
  try {
    if (readFileSync(aside, 'utf8') !== dead) linkSync(aside, lockFile);
  } finally {
    rmSync(aside, { force: true });
  }
}

function release(lockFile: string, mine: string): void {
  if (read(lockFile) === mine) rmSync(lockFile, { force: true });
}

function read(lockFile: string): string | null {
  try {
    return readFileSync(lockFile, 'utf8');
  } catch {
    return null;
  }
}

const pidOf = (words: string): number => Number(words.split(' ')[0]);

function isDead(words: string): boolean {
  const [pid, birth] = words.split(' ');
  if (!isAlive(Number(pid))) return true;
  return birth !== 'unknown' && birth !== birthOf(Number(pid)); // a new process has been given the old number
}

export function isAlive(pid: number): boolean {
  if (!Number.isInteger(pid) || pid <= 0) return false;
  try {
    process.kill(pid, 0);
    return !isGhost(pid);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'; // alive, and somebody else's
  }
}

/** Dead, and only not yet noticed by its parent; Linux only. */
function isGhost(pid: number): boolean {
  return statOf(pid)?.[0] === 'Z';
}

/** When the process began, in words that differ between two holders of one number; Linux only. */
function birthOf(pid: number): string {
  const ticks = statOf(pid)?.[19];
  if (!ticks) return 'unknown';
  return `${ticks}@${read('/proc/sys/kernel/random/boot_id')?.trim()}`; // ticks start again with the machine
}

/** What the kernel says of a process, from its state on (field 3 of proc(5)); nothing where there is no such file. */
function statOf(pid: number): string[] | undefined {
  const stat = read(`/proc/${pid}/stat`);
  return stat?.slice(stat.lastIndexOf(')') + 2).split(' '); // the name before it may hold anything
}
