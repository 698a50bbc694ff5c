/** The door of connectors: other systems that are asked, or that call. */
export { connectorsSlice } from './slice.ts';
