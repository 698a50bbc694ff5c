/** The door of the background: what was going on around the signals. */
export { type Active, activeOn, activeOnEach } from './active.ts';
export { takeActiveUsers } from './active-users.actions.ts';
export { activeUsersListing } from './active-users.listing.ts';
export { takeChanges } from './change.actions.ts';
export { changeListing } from './change.listing.ts';
export { activeBehind } from './exposure.store.ts';
export { backgroundSlice } from './slice.ts';
