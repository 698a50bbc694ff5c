/** The door of imports: files in, their rows as signals. */
export { beginPast, endPast } from './past.store.ts';
export { importSlice } from './slice.ts';
