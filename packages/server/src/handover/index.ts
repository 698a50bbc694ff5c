/** The door of hand-over. */
export { handoverSlice } from './slice.ts';
