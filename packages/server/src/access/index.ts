/** The door of access: who acts, whether they may, and how they prove who they are. */

export { type Actor, mustBeOwnSource, mustHave, SYSTEM } from './actor.ts';
export { authenticator } from './authenticate.ts';
export { compartmentNames, reactor } from './compartment.store.ts';
export type { Site } from './cookie.ts';
export { lastHere, namesOf } from './person.store.ts';
export { firstAdminLink } from './setup.actions.ts';
export { accessSlice } from './slice.ts';
