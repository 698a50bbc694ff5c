/** `npm start`: installs and builds what is missing or stale, then becomes Groundswell. */
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { buildIfNeeded, environment, findNode, installIfNeeded, ROOT } from './bootstrap.mjs';

installIfNeeded();
buildIfNeeded();

const node = findNode();
const args = [
  '--disable-warning=ExperimentalWarning',
  '--enable-source-maps',
  join(ROOT, 'packages', 'server', 'dist', 'main.js'),
];

// npm does not pass every signal on. Told whose child it is, Groundswell ends by itself when that one has gone.
const parent = process.env.npm_lifecycle_event ? process.ppid : 0;

if (process.execve) become();
else accompany();

/** Takes this process's place: nobody stands between Groundswell and the signals that are meant for it. */
function become() {
  process.execve(node, [node, ...args], { ...environment(), GROUNDSWELL_PARENT: String(parent || '') });
}

/** Node 20 cannot be replaced: it stays as a parent, hands on signals, and ends as its child ends. */
function accompany() {
  const child = spawn(node, args, {
    stdio: 'inherit',
    env: { ...environment(), GROUNDSWELL_PARENT: String(process.pid) },
  });
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));
  child.on('error', (error) => {
    console.error(`Groundswell could not be started: ${error.message}`);
    process.exit(1);
  });
  child.on('exit', (code) => process.exit(code ?? 1));
}
