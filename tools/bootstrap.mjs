/** What start and test need before anything else runs. Plain JavaScript that Node 20 can read: it installs the Node that we use. */
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
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

export async function installIfNeeded() {
  if (!needsInstall(ROOT)) return;
  const release = await takeTurn(join(ROOT, '.groundswell', 'installing'));
  try {
    if (!needsInstall(ROOT)) return; // somebody else has done it while we waited
    console.error('Installing what Groundswell is made of (once, about a quarter of a minute) …');
    if ((await install()) === 0) return;
  } finally {
    release();
  }
  giveUp('The installation failed; the lines above say why. Nothing was started. Check the network, then try again.');
}

/** Under `npm start` the very npm that called us; otherwise the one on the PATH. */
function install() {
  const npm = process.env.npm_execpath;
  const args = ['ci', '--no-audit', '--no-fund', '--loglevel=error'];
  const options = { cwd: ROOT, env: environment(), stdio: 'inherit', shell: !npm && process.platform === 'win32' };
  const child = npm?.endsWith('.js') ? spawn(process.execPath, [npm, ...args], options) : spawn('npm', args, options);
  // npm empties node_modules first: it must not go on alone after we have been stopped.
  const stop = (signal) => child.kill(signal);
  for (const signal of SIGNALS) process.on(signal, stop);
  return new Promise((resolve) => {
    child.on('error', () => resolve(1));
    child.on('exit', (code) => resolve(code ?? 1));
  }).finally(() => {
    for (const signal of SIGNALS) process.off(signal, stop);
  });
}

export const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'];

/** Two installations at once destroy each other's work. Waits until a living holder has finished; returns the release. */
async function takeTurn(lock) {
  mkdirSync(dirname(lock), { recursive: true });
  for (;;) {
    try {
      writeFileSync(lock, String(process.pid), { flag: 'wx' });
      return () => rmSync(lock, { force: true });
    } catch (error) {
      if (error.code !== 'EEXIST') throw error;
      if (!isHeld(lock)) rmSync(lock, { force: true });
      else await new Promise((resolve) => setTimeout(resolve, 300));
    }
  }
}

function isHeld(lock) {
  try {
    const pid = Number(readFileSync(lock, 'utf8'));
    if (pid === 0) return Date.now() - modified(lock) < 5_000; // just made, not yet written
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error.code === 'EPERM';
  }
}

/**
 * Whether something that the lock names is not installed as it says. The times alone would not do: a lock that was only
 * touched, or that changed between our own packages, is no reason to empty a node_modules that others may be using.
 */
export function needsInstall(root) {
  const wanted = packagesOf(join(root, 'package-lock.json'));
  const installed = packagesOf(join(root, 'node_modules', '.package-lock.json'));
  return Object.entries(wanted).some(([path, { integrity, link, optional }]) => {
    if (!path.includes('node_modules/')) return false; // our own packages, and the root
    const found = installed[path];
    if (!found) return !optional; // optional ones are for other machines
    return !link && found.integrity !== integrity;
  });
}

function packagesOf(lock) {
  return existsSync(lock) ? JSON.parse(readFileSync(lock, 'utf8')).packages : {};
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
