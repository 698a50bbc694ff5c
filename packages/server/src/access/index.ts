/** The door of access: who acts, whether they may, and how they prove who they are. */

export { type Actor, mustBeAtHome, mustBeOwnSource, mustHave, mustStandSomewhere, SYSTEM } from './actor.ts';
export { authenticator, sessionStill } from './authenticate.ts';
export { compartmentNames, reactor } from './compartment.store.ts';
export type { Site } from './cookie.ts';
export { visitorOf, welcome } from './door.ts';
export { type Change, changePeople } from './keeper.actions.ts';
export { makeLink, openLink } from './link.actions.ts';
export { voidLinks } from './link.store.ts';
export { newPasswordHash } from './password-hash.ts';
export { isMailTaken, keepPerson, lastHere, namesOf } from './person.store.ts';
export { rightsOf } from './rights.store.ts';
export { isBeyond, mustNotGiveBeyond, mustNotStandBelow } from './rights.ts';
export { listRoles, rolesNamed } from './role.store.ts';
export { EVERYBODY, type Opened, openSession, recordEnd } from './session.actions.ts';
export { endSessions } from './session.store.ts';
export { firstAdminLink } from './setup.actions.ts';
export { accessSlice } from './slice.ts';
export { listTokens } from './token.store.ts';
