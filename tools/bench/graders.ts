/**
 * The detection graders on the data beside the project (`../shared`), which is not part of it: `node tools/bench/graders.ts`.
 * Needs Python 3 with numpy and scikit-learn; says so and does nothing where the data or these are missing.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const ROOT = join(import.meta.dirname, '..', '..');
const SHARED = join(ROOT, '..', 'shared');
const PYTHON = '/usr/bin/python3';
const DETECT = `${process.execPath} ${join(ROOT, 'packages', 'cli', 'bin', 'groundswell.mjs')} detect`;

function python(args: readonly string[]): void {
  const { status } = spawnSync(PYTHON, args, { stdio: 'inherit' });
  if (status !== 0) process.exitCode = 1;
}

function planted(work: string, set: string): void {
  console.log(`\nPlanted incidents, ${set}`);
  const cmd = `${DETECT} {signals} --alerts {alerts} --assignments {assign}`;
  python([
    join(SHARED, 'eval', 'stream', 'score.py'),
    '--set',
    set,
    '--work',
    work,
    '--cmd',
    cmd,
    '--name',
    'groundswell',
  ]);
}

function realSurges(work: string): void {
  console.log('\nReal surges in real reviews of at most three stars');
  for (const app of ['chrome', 'drive']) {
    const [node, ...args] = DETECT.split(' ');
    const reviews = join(SHARED, 'data', 'app-reviews-real', `${app}-ios.jsonl`);
    spawnSync(node!, [...args, reviews, '--max-rating', '3', '--alerts', join(work, `${app}.jsonl`)], {
      stdio: 'inherit',
    });
  }
  python([join(SHARED, 'eval', 'real', 'score_real.py'), '--alerts', work, '-v']);
}

if (!existsSync(SHARED) || spawnSync(PYTHON, ['-c', 'import numpy, sklearn']).status !== 0) {
  console.log('*** NOT MEASURED: the graders need ../shared and Python 3 with numpy and scikit-learn. ***');
} else {
  const work = mkdtempSync(join(tmpdir(), 'groundswell-graders-'));
  try {
    planted(join(work, 'public'), 'public');
    const seed = process.argv[2] ?? '11';
    const other = join(work, `seed-${seed}`);
    python([join(SHARED, 'eval', 'stream', 'generate.py'), '--out', other, '--seed', seed]);
    planted(join(work, 'other'), other);
    realSurges(work);
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
}
