/** What start and test need before anything else runs. Plain JavaScript that Node 20 can read: it installs the Node that we use. */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const ROOT = dirname(dirname(fileURLToPath(import.meta.url)));
const BIN = join(ROOT, 'node_modules', '.bin');

/** Node 22.18 is the first that runs our TypeScript as it stands. */
const OLDEST = [22, 18];

/** The environment for everything we start: our tools, and our Node, first. */
export const environment = () => ({ ...process.env, PATH: `${BIN}${delimiter}${process.env.PATH ?? ''}` });

export function run(command, args, options = {}) {
  return spawnSync(command, args, { cwd: ROOT, env: environment(), stdio: 'inherit', ...options });
}

/** Ends with the sentence and nothing else: no stack helps whoever reads this. */
export function giveUp(sentence) {
  console.error(sentence);
  process.exit(1);
}

export function installIfNeeded() {
  if (!needsInstall(ROOT)) return;
  console.error('Installing what Groundswell is made of (once, about a quarter of a minute) …');
  // Under `npm start` the very npm that called us; otherwise the one on the PATH.
  const npm = process.env.npm_execpath;
  const args = ['ci', '--no-audit', '--no-fund', '--loglevel=error'];
  const done = npm?.endsWith('.js')
    ? run(process.execPath, [npm, ...args])
    : run('npm', args, { shell: process.platform === 'win32' });
  if (done.status !== 0) {
    giveUp('The installation failed; the lines above say why. Nothing was started. Check the network, then try again.');
  }
}

/** npm writes its own copy of the lock a moment before the lock itself: a few seconds are no difference. */
const SAME_MS = 10_000;

export function needsInstall(root) {
  const installed = modified(join(root, 'node_modules', '.package-lock.json'));
  return installed === 0 || modified(join(root, 'package-lock.json')) > installed + SAME_MS;
}

/** A Node that can run us: the installed one, else this one if it is new enough. */
export function findNode() {
  const shipped = join(BIN, process.platform === 'win32' ? 'node.exe' : 'node');
  if (existsSync(shipped)) return shipped;
  const [major, minor] = process.versions.node.split('.').map(Number);
  if (major > OLDEST[0] || (major === OLDEST[0] && minor >= OLDEST[1])) return process.execPath;
  return giveUp(
    `Groundswell needs Node ${OLDEST.join('.')} or newer; this is ${process.versions.node}, and none could be installed ` +
      'for this machine. Install a newer Node, then try again.',
  );
}

const STAMP = join(ROOT, 'node_modules', '.cache', 'groundswell', 'built');

export function buildIfNeeded() {
  if (!needsBuild(ROOT, STAMP)) return;
  const done = run(findNode(), [join(ROOT, 'tools', 'build.mjs')]);
  if (done.status !== 0) giveUp('The build failed; the lines above say where. Nothing was started.');
}

/** Called before the build reads the first file: what changes meanwhile is newer than the stamp. */
export function startStamp() {
  const startedAt = new Date();
  return () => {
    mkdirSync(dirname(STAMP), { recursive: true });
    writeFileSync(STAMP, startedAt.toISOString());
  };
}

const BUILT = ['packages/server/dist/main.js'];

/** True if any source is newer than the last build. Folders count too: a file that was removed changes its folder. */
export function needsBuild(root, stamp) {
  const built = modified(stamp);
  if (built === 0 || BUILT.some((file) => !existsSync(join(root, file)))) return true;
  if (modified(join(root, 'package-lock.json')) > built) return true;
  return readdirSync(join(root, 'packages')).some((name) => newest(join(root, 'packages', name)) > built);
}

const NOT_SOURCE = new Set(['node_modules', 'dist', 'test', 'walks', 'migrations']);

function newest(folder) {
  let latest = modified(folder);
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    if (NOT_SOURCE.has(entry.name) || /\.(test|walk)\.tsx?$/.test(entry.name)) continue;
    const path = join(folder, entry.name);
    latest = Math.max(latest, entry.isDirectory() ? newest(path) : modified(path));
  }
  return latest;
}

function modified(path) {
  return statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? 0;
}
