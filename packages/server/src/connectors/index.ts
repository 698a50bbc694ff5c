/** The door of connectors: other systems that are asked, or that call. */
export { connectorListing } from './connector.listing.ts';
export { connectorsSlice } from './slice.ts';
