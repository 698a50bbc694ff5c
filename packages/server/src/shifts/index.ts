/** The door of shifts: who works when. */
export { shiftsSlice } from './slice.ts';
