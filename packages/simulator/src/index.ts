/** The door of the simulator: a platform's weeks from a seed, with planted incidents and their truth. */

export { type ActiveUsers, activeUsersOf, activeUsersOfDay } from './active-users.ts';
export { causeIdOf, changesOf, type SimulatedChange } from './changes.ts';
export { EventLog } from './event-log.ts';
export { type HandlingEvent, openHandling } from './handling.ts';
export type { Incident } from './incident.ts';
export { COUNTRIES, LANGUAGES } from './places.ts';
export { DAY_MS, HOUR_MS, type WorldOptions } from './plan.ts';
export { cohortsOf, FaultTally, truthOf, type WorldTruth } from './truth.ts';
export { openWorld, type SimulatedSignal, type World } from './world.ts';
