/** The door of shifts: who works when. */
export { listBrings, teamNames } from './shift.store.ts';
export { shiftsSlice } from './slice.ts';
export { rosterAt, turnsBetween } from './turn.view.ts';
