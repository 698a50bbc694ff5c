/** Active users by day as a file: the series that the screen draws. */
import { exportActiveUsers } from '@groundswell/contract';
import type { z } from 'zod';
import { type Listing, wholeListing } from '../exports/index.ts';
import { countDays, listCuts } from './active-users.store.ts';
import { cutFor, seriesOf } from './active-users.ts';

export const activeUsersListing: Listing = wholeListing({
  list: 'active_users',
  endpoint: exportActiveUsers,
  columns: ['day', 'dimension', 'value', 'users'],
  async rows(db, query) {
    const { bom: _, ...asked } = query as z.output<typeof exportActiveUsers.query>;
    const cut = cutFor(await listCuts(db, asked), asked.by);
    const series = cut ? seriesOf(await countDays(db, { ...asked, names: cut.names })) : [];
    return series.flatMap(({ value, days }) =>
      days.map(({ day, users }) => ({
        compartment: asked.compartment,
        row: [day, asked.by ?? null, value, users],
      })),
    );
  },
});
