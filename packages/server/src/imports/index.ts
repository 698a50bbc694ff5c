/** The door of imports: files in, their rows as signals. */
export { importSlice } from './slice.ts';
