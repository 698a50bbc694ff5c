/** The door of worlds: sample days and drills. */
export { worldsSlice } from './slice.ts';
