/** What exports give to the house. Which lists there are is for those to say who own them. */
import type { ExportList } from '@groundswell/contract';
import type { Slice } from '../platform/slice.ts';
import { forgetOldExports, writeJob } from './export.jobs.ts';
import { exportListing } from './export.listing.ts';
import { exportRoutes } from './export.routes.ts';
import type { Listing } from './listing.ts';

export function exportsSlice(others: readonly Listing[]): Slice {
  const listings = [...others, exportListing];
  const byName = new Map(listings.map((listing) => [listing.list, listing]));
  const listingOf = (list: ExportList): Listing => {
    const found = byName.get(list);
    if (!found) throw new Error(`Nobody has said what the list "${list}" is.`);
    return found;
  };
  return {
    name: 'exports',
    routes: (app, tools) => exportRoutes(app, tools, listings, listingOf),
    jobs: [writeJob(listingOf)],
    clockwork: [forgetOldExports],
  };
}
