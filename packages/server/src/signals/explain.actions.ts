/** Two sides of a comparison as a reader may see them. */
import { EXPLAINED_MAX, leavesOf, Refusal, type SignalFilter } from '@groundswell/contract';
import type { Db } from '../platform/db.ts';
import type { Above } from './above.ts';
import { type Looked, readAlike } from './explain.store.ts';
import { understood } from './filter.store.ts';

export { mergeKey, mergesOf, reachOf } from './explain.store.ts';

export interface Sides {
  readonly window: Looked;
  readonly baseline: Looked;
}

/** With `apart`, what belongs to the window is no part of the baseline. */
export async function readSides(
  db: Db,
  above: Above,
  { window, baseline, apart }: { window: SignalFilter; baseline: SignalFilter; apart: boolean },
): Promise<Sides> {
  const [a, b] = [await understood(db, window, above), await understood(db, baseline, above)];
  for (const { asked } of [a, b]) {
    if (asked && leavesOf(asked.query.tree).some(({ node }) => node.type === 'field' && node.name === 'at'))
      throw new Refusal(
        'request.invalid',
        'The query holds a time of its own ("at:"), so it cannot be held against another time. Choose the time with the time range and leave "at:" out.',
      );
  }
  const most = EXPLAINED_MAX;
  return {
    window: await readAlike(db, a, above, { most }),
    baseline: await readAlike(db, b, above, { most, except: apart ? a : null }),
  };
}
