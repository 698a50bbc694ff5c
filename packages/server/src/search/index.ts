/** The door of searching. */
export { searchSlice } from './search.routes.ts';
