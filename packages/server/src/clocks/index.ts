/** The door of clocks. */
export { previewRules } from './apply.actions.ts';
export { applyClockRules } from './clock.jobs.ts';
export { type HeldItem, holdItems, type Of } from './clock.store.ts';
export { firstClocks, readingsOf, whyOf } from './clock.view.ts';
export { askedUntil, happenTo, type Step, waitedUnanswered } from './happen.actions.ts';
export { insertLegalLine, type LegalLine, legalLine, legalLines } from './legal.store.ts';
export { clocksSlice } from './slice.ts';
