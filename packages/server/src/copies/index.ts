/** The door of copies: following intake for copied texts, and showing them. */

export { copiesListing } from './copies.listing.ts';
export { type CopiesOrders, startCopiesThread } from './copies.thread.ts';
export { openFollower, runFollower } from './follower.ts';
export { copiesAbove, copiesSlice } from './slice.ts';
