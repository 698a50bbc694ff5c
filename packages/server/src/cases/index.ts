/** The door of cases. */
export { proposeCaseEnds } from './case.jobs.ts';
export { caseListing } from './case.listing.ts';
export { casesById } from './case.store.ts';
export { beginClocks } from './clock.actions.ts';
export { tellOfCase } from './notice.jobs.ts';
export { casesSlice } from './slice.ts';
