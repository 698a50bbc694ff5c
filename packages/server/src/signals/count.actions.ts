/** How many signals a search finds, for slices that ask on somebody's behalf. */
import type { SignalFilter } from '@groundswell/contract';
import type { Db } from '../platform/db.ts';
import type { Above } from './above.ts';
import { NOTHING_ABOVE, understood } from './filter.store.ts';
import { countFound } from './search.store.ts';

/** Counts up to `limit`, of what the reader may see. */
export const countSignals = (above: Partial<Above>) => {
  const seam = { ...NOTHING_ABOVE, ...above };
  return async (db: Db, filter: SignalFilter, limit: number): Promise<number> => {
    const found = await countFound(db, await understood(db, filter, seam), seam, limit);
    return [...found.values()].reduce((sum, n) => sum + n, 0);
  };
};
