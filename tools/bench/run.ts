/** `npm run bench`: every measurement of docs/benchmarks.md, one after the other. Takes about a quarter of an hour. */
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';

const ALL: readonly (readonly string[])[] = [
  ['start.ts'],
  ['bundle.ts'],
  ['redaction.ts'],
  ['intake.ts'],
  ['intake-beside.ts'],
  ['dictionary.ts'],
  ['intake-stream.ts', '.2'],
  ['searchable.ts'],
  ['copies.ts'],
  ['formats-fuzz.ts', '2'],
  ['clocks.ts'],
  ['clocks-due.ts', '2000'],
  ['search.ts'],
  ['engine.ts', '10000', '100000'],
  ['graders.ts'],
];

for (const [file, ...args] of ALL) {
  console.log(`\n== node tools/bench/${[file, ...args].join(' ')}`);
  const { status } = spawnSync(process.execPath, [join(import.meta.dirname, file!), ...args], { stdio: 'inherit' });
  if (status !== 0) process.exitCode = 1;
}
