/** The door of exports: how a list leaves the house as a file. */
export { type Listing, type Row, several, wholeListing } from './listing.ts';
export { exportsSlice } from './slice.ts';
