/** What hand-over gives to the house. */
import type { Slice } from '../platform/slice.ts';
import { nameLoudBatons } from './baton.jobs.ts';
import { batonRoutes } from './baton.routes.ts';

export const handoverSlice: Slice = { name: 'handover', routes: batonRoutes, clockwork: [nameLoudBatons] };
