/** Groups of copied texts as a file. */
import { exportCopies } from '@groundswell/contract';
import type { z } from 'zod';
import { type Listing, several } from '../exports/index.ts';
import type { Db } from '../platform/db.ts';
import { loadSignals } from '../signals/index.ts';
import { countPage, type Group, listPage, loadParts, type Position, positionOf } from './group.store.ts';

const ROWS_AT_ONCE = 500;

export const copiesListing: Listing = {
  list: 'copies',
  endpoint: exportCopies,
  columns: [
    ...['shape', 'signals', 'authors', 'most_by_one', 'exact_share', 'first_at', 'last_at', 'busiest_hour'],
    ...['sources', 'languages', 'first_text', 'id'],
  ],
  read(query) {
    const { bom: _, ...filter } = query as z.output<typeof exportCopies.query>;
    return {
      count: (db, limit) => countPage(db, filter, limit),
      async page(db, after) {
        const found = await listPage(db, { ...filter, limit: ROWS_AT_ONCE }, after as Position | null);
        const last = found.length === ROWS_AT_ONCE ? found.at(-1) : undefined;
        return { rows: await rowsOf(db, found), next: last ? positionOf(last, filter.sort) : null };
      },
    };
  },
};

/** A covered text is not in what is loaded. */
async function rowsOf(db: Db, groups: readonly Group[]) {
  const ids = groups.map(({ id }) => id);
  const parts = await loadParts(db, ids);
  const firsts = groups.map(({ firstSignalId }) => firstSignalId);
  const texts = new Map((await loadSignals(db, firsts)).map(({ id, text }) => [id, text]));
  return groups.map((one) => {
    const { sources, languages } = parts.get(one.id)!;
    return [
      ...[one.shape, one.signals, one.authors, one.mostByOne, one.exact / one.signals, one.firstAt, one.lastAt],
      ...[one.busiestHour, several(sources.map(({ name }) => name)), several(languages)],
      ...[texts.get(one.firstSignalId) ?? null, one.id],
    ];
  });
}
