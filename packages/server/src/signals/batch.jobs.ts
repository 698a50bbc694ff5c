/** What the clock does for batches. */
import { z } from 'zod';
import { defineJob } from '../platform/jobs.ts';
import { forgetBatches } from './batch-forget.actions.ts';

export const forgetOldBatches = defineJob({
  name: 'signals.forget_old_batches',
  every: '41 * * * *',
  payload: z.object({}),
  run: (tools) => forgetBatches(tools),
});
