/** What the clock does with notices. */
import { z } from 'zod';
import { defineJob } from '../platform/jobs.ts';
import { forgetOldNotices } from './notice.actions.ts';

export const forgetNotices = defineJob({
  name: 'notify.forget',
  every: '17 3 * * *',
  payload: z.object({}),
  run: forgetOldNotices,
});
