/** The door of privacy: what personal data becomes before it is stored. */

export { pseudonymsOf } from './pseudonym.actions.ts';
export { type Found, type Hints, redact } from './redact.ts';
export { countRedactions, redactionsBySource } from './redaction.store.ts';
export { mustFitKey } from './sealing.actions.ts';
export { privacySlice } from './slice.ts';
