/** What privacy gives to the house. */
import type { Slice } from '../platform/slice.ts';
import { privacyRoutes } from './privacy.routes.ts';

export const privacySlice: Slice = { name: 'privacy', routes: privacyRoutes };
