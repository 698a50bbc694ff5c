/** The door of live: what happened, told to the browsers of those who may see it. */
export { liveSlice } from './slice.ts';
