/** The door of cases. */
export { assignWithin, mustBePerson } from './case.actions.ts';
export { say } from './case.events.ts';
export { proposeCaseEnds } from './case.jobs.ts';
export { referenceOf } from './case.key.ts';
export { caseListing } from './case.listing.ts';
export { casesById, holdCases, loadCase } from './case.store.ts';
export { type Case, isLive } from './case.ts';
export { beginClocks } from './clock.actions.ts';
export { casesInHand, type Load, loadByTeam } from './load.store.ts';
export { tellOfCase } from './notice.jobs.ts';
export { cleanWords } from './open.actions.ts';
export { casesSlice } from './slice.ts';
export { tasksOf } from './task.store.ts';
