/** The door of exports: how a list leaves the house as a file. */
export type { Listing, Row } from './listing.ts';
export { exportsSlice } from './slice.ts';
