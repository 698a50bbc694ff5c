/** `npm start`: installs and builds what is missing or stale, then becomes Groundswell. */
import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { buildIfNeeded, environment, findNode, giveUp, installIfNeeded, ROOT, SIGNALS } from './bootstrap.mjs';

await installIfNeeded();
buildIfNeeded();

const node = findNode();
const args = [
  '--disable-warning=ExperimentalWarning',
  '--enable-source-maps',
  join(ROOT, 'packages', 'server', 'dist', 'main.js'),
];

/** Compiled code is kept between starts: it saves the second one about a third of its time. */
const surroundings = (endsWith) => ({
  NODE_COMPILE_CACHE: join(ROOT, 'node_modules', '.cache', 'groundswell', 'compiled'),
  ...environment(),
  GROUNDSWELL_ENDS_WITH: endsWith.join(),
});

if (process.execve) become();
else accompany();

/** Takes this process's place: nobody stands between Groundswell and the signals that are meant for it. */
function become() {
  process.execve(node, [node, ...args], surroundings(npmAbove()));
}

/** Node 20 cannot be replaced: it stays as a parent, hands on signals, and ends as its child ends. */
function accompany() {
  const child = spawn(node, args, {
    stdio: 'inherit',
    env: surroundings([...npmAbove(), process.pid]),
  });
  for (const signal of SIGNALS) process.on(signal, () => child.kill(signal));
  child.on('error', (error) => giveUp(`Groundswell could not be started: ${error.message}`));
  child.on('exit', (code) => process.exit(code ?? 1));
}

/**
 * The processes that `npm start` put above us. npm passes some signals to its shell, which keeps them to itself, and
 * passes none when it is killed the hard way: so Groundswell watches them, and ends when one of them has ended.
 */
function npmAbove() {
  if (!process.env.npm_lifecycle_event) return [];
  try {
    const status = readFileSync(`/proc/${process.ppid}/status`, 'utf8'); // Linux; elsewhere the shell alone is watched
    if (/^Name:\s+(\w*sh)$/m.test(status)) return [process.ppid, Number(/^PPid:\s+(\d+)$/m.exec(status)[1])];
  } catch {
    // No /proc here, or the shell has gone already: then the direct parent is all there is to watch.
  }
  return [process.ppid];
}
