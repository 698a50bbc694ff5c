/** The door of people: who works here, who is invited, and in which teams. */
export { peopleListings } from './people.listings.ts';
export { peopleSlice } from './slice.ts';
export { mustBePeople, mustBeTeams } from './team.store.ts';
