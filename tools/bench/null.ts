/**
 * Streams in which nothing happens: `node tools/bench/null.ts [--weeks 200] [--seed 1]`. Author bursts, drifting shares, releases
 * and two clump sizes, at F = 1 and F = .2, Counted after four weeks of learning, with the exact Poisson
 * interval; passes where its lower end is at most F times the weeks.
 */
import { loadavg } from 'node:os';
import { parseArgs } from 'node:util';
import { aNullStream } from '../../packages/analytics/src/engine/null.fixture.ts';
import { createEngine, poissonInterval, step } from '../../packages/analytics/src/index.ts';

const WEEK_MS = 604_800_000;
const LEARNING = 4;
const WEEKS_EACH = 24; // of a stream, so that many streams are looked at
const PER_WEEK = 600;

function falseAlerts(falseAlertsPerWeek: number, clump: number, seed: number): number {
  const state = createEngine({ falseAlertsPerWeek, historical: true });
  const surges = new Set<string>();
  const items = aNullStream({ seed, weeks: WEEKS_EACH, perWeek: PER_WEEK, clump });
  for (const output of step(state, { position: 1, kind: 'items', items })) {
    if (output.kind === 'surge' && output.at >= LEARNING * WEEK_MS) surges.add(output.surge);
  }
  return surges.size;
}

const { values } = parseArgs({
  options: { weeks: { type: 'string', default: '200' }, seed: { type: 'string', default: '1' } },
});
const streams = Math.ceil(Number(values.weeks) / (WEEKS_EACH - LEARNING));
const weeks = streams * (WEEKS_EACH - LEARNING);
console.log(`seeds ${values.seed} to ${Number(values.seed) + streams - 1}, load ${loadavg()[0]!.toFixed(1)}`);
console.log('\n| F | clump | weeks | false alerts | 95 % range | allowed | passes |\n|---|---|---|---|---|---|---|');
for (const budget of [1, 0.2]) {
  for (const clump of [1, 4]) {
    let count = 0;
    for (let i = 0; i < streams; i++) count += falseAlerts(budget, clump, Number(values.seed) + i);
    const { low, high } = poissonInterval(count);
    const passes = low <= budget * weeks;
    if (!passes) process.exitCode = 1;
    const cells = [budget, clump, weeks, count, `${low.toFixed(1)} to ${high.toFixed(1)}`, budget * weeks];
    console.log(`| ${cells.join(' | ')} | ${passes ? 'yes' : 'no'} |`);
  }
}
