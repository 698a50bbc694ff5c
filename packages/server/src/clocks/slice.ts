/** What clocks give to the house. */
import type { Slice } from '../platform/slice.ts';
import { applyClockRules, clockJobs } from './clock.jobs.ts';
import type { Begin } from './look.actions.ts';
import { ruleRoutes } from './rule.routes.ts';

/** `begin` is the word of the slice above whose items these are. */
export function clocksSlice({ begin }: { begin: Begin }): Slice {
  const { look, lookEachMinute } = clockJobs(begin);
  return { name: 'clocks', routes: ruleRoutes, jobs: [look, applyClockRules], clockwork: [lookEachMinute] };
}
