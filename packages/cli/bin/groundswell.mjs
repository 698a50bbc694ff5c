#!/usr/bin/env node
/** Hands over to the Node that npm has installed if this one cannot read TypeScript. Must itself be readable by Node 20. */
import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';

if (process.features.typescript) await import('../src/main.ts');
else {
  const { findNode } = await import('../../../tools/bootstrap.mjs');
  const self = fileURLToPath(import.meta.url);
  const child = spawn(findNode(), [self, ...process.argv.slice(2)], { stdio: 'inherit' });
  // Ctrl-C reaches both; the one that does the work decides when it is over.
  for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => child.kill(signal));
  child.on('exit', (code) => process.exit(code ?? 1));
}
