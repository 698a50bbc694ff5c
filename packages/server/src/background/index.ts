/** The door of the background: what was going on around the signals. */
export { backgroundSlice } from './slice.ts';
