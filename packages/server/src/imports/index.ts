/** The door of imports: files in, their rows as signals. */
export { importListing } from './import.listing.ts';
export { beginPast, endPast } from './past.store.ts';
export { importSlice } from './slice.ts';
