/** Lists of signals, of where they come from and of what is known of them, as files. */
import { exportDimensions, saysAll } from '@groundswell/contract';
import type { z } from 'zod';
import { type Listing, several, wholeListing } from '../exports/index.ts';
import type { Above } from './above.ts';
import { listNames } from './dictionary.list.store.ts';
import { valueListing } from './dictionary.listing.ts';
import { signalListing } from './signal.listing.ts';
import { sourceListing } from './source.listing.ts';

const dimensionListing = wholeListing({
  list: 'dimensions',
  endpoint: exportDimensions,
  columns: ['dimension', 'values', 'rows', 'first_at', 'last_at', 'sources', 'capped_rows'],
  async rows(db, query) {
    const { compartment, q } = query as z.output<typeof exportDimensions.query>;
    // the screen looks into the name as people say it too
    const all = await listNames(db, { compartment });
    const found = all.filter(({ name }) => saysAll(`${name} ${name.replaceAll('_', ' ')}`, q));
    return found.map(({ name, values, rows, firstAt, lastAt, sources }) => {
      const names = several(sources.map((one) => one.sourceName));
      const capped = sources.reduce((sum, one) => sum + one.cappedRows, 0);
      return { compartment, row: [name, values, rows, firstAt, lastAt, names, capped] };
    });
  },
});

export const signalListings = (above: Above): readonly Listing[] => [
  signalListing(above),
  sourceListing,
  dimensionListing,
  valueListing,
];
