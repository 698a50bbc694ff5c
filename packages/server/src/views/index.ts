/** The door of views: saved searches, with whom they are shared, and what watches have said. */
export { viewsSlice } from './slice.ts';
export { toldTo } from './view.store.ts';
