/** The words of docs/clocks.md and the tables of the code. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { METRICS, METRICS_IN_ORDER } from '../packages/analytics/src/index.ts';

const text = readFileSync(join(import.meta.dirname, '../docs/clocks.md'), 'utf8');

test('docs/clocks.md has the same table of metrics as the code', () => {
  for (const metric of METRICS_IN_ORDER) {
    const { begins, ends, cancels, stands } = METRICS[metric];
    const cells = [begins, ends, cancels, stands].map((words) => words.map((word) => `\`${word}\``).join(' ') || '–');
    expect(text).toContain(`| \`${metric}\` | ${cells.join(' | ')} |`);
  }
});
