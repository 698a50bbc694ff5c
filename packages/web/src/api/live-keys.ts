/** Which answers are old when something of a kind has changed. By the first word of their keys; its screen gives birth to each. */
import type { LiveKind } from '@groundswell/contract';

export const ROOTS: Readonly<Record<LiveKind, readonly string[]>> = {
  issue: ['issues', 'home', 'detection'],
  case: ['cases'],
  topic: ['issues', 'home', 'detection'],
  signal: ['signals', 'home', 'sources', 'connectors', 'copies', 'dimensions', 'detection'],
  detection: ['detection', 'issues'],
  source: ['sources', 'home'],
  import: ['imports', 'home', 'sources'],
  connector: ['connectors', 'sources'],
  token: ['tokens'],
  dimension: ['dimensions', 'signals'],
  change: ['changes', 'active-users'],
  privacy: ['privacy'],
  world: ['worlds'],
  person: ['staff'],
  view: ['views'],
  presence: ['presence'],
  mine: ['mine', 'exports'],
};
export const ALL_ROOTS: readonly string[] = [...new Set(Object.values(ROOTS).flat())];
