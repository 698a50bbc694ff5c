/** The door of people: who works here, who is invited, and in which teams. */
export { peopleSlice } from './slice.ts';
