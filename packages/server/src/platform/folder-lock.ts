/**
 * One process per data folder. The lock is a file that is created exclusively and names its holder; it is void once that
 * process is dead. Without it, two starters racing on a first start would build the cluster over one another.
 */
import { linkSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';

/** Somebody else runs on this folder. */
export class FolderInUse extends Error {
  constructor(folder: string, pid: number | null) {
    const who = pid ? `process ${pid}` : 'another process';
    super(
      `Groundswell is already running on ${folder} (${who}). Nothing was touched. ` +
        'Use that one, stop it, or give this one a folder of its own with GROUNDSWELL_DATA.',
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
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'; // alive, and somebody else's
  }
}

/** When the process began, in words that differ between two holders of one number; Linux only. */
function birthOf(pid: number): string {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    const boot = statSync('/proc/1').ctimeMs; // ticks start again with the machine
    return `${stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19]}@${Math.round(boot / 1000)}`;
  } catch {
    return 'unknown';
  }
}
