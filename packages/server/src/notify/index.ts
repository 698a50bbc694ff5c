/** The door of notify: what somebody must know. It knows nobody's nouns; whoever has news calls `tell`. */
export { tell } from './notice.actions.ts';
export type { News } from './notice.ts';
export { notifySlice } from './slice.ts';
