/** What was changed, as a file. */
import { exportChanges } from '@groundswell/contract';
import type { z } from 'zod';
import type { Listing } from '../exports/index.ts';
import { type ChangePlace, countChanges, findChanges } from './change.store.ts';
import { viewChange } from './change.ts';

const ROWS_AT_ONCE = 1_000;

const COLUMNS = [
  'at',
  'until',
  'kind',
  'title',
  'url',
  'share',
  'dimensions',
  'by',
  'withdrawn_at',
  'external_id',
  'id',
] as const;

export const changeListing: Listing = {
  list: 'changes',
  endpoint: exportChanges,
  columns: COLUMNS,
  read(query) {
    const { bom: _, ...filter } = query as z.output<typeof exportChanges.query>;
    return {
      async count(db, limit) {
        const rows = await countChanges(db, filter, limit);
        return new Map(rows > 0 ? [[filter.compartment, rows]] : []);
      },
      async page(db, after) {
        const found = await findChanges(db, { ...filter, limit: ROWS_AT_ONCE }, after as ChangePlace | null);
        const rows = found.map(viewChange).map((one) => {
          const dimensions = JSON.stringify(one.dimensions);
          const said = [one.at, one.until, one.kind, one.title, one.url, one.share, dimensions, one.by];
          return [...said, one.withdrawnAt, one.externalId, one.id];
        });
        return { rows, next: found.length === ROWS_AT_ONCE ? found.at(-1)! : null };
      },
    };
  },
};
