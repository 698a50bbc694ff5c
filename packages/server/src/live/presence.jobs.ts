/** What nobody has said again is removed, not only passed over. */
import { z } from 'zod';
import { defineJob } from '../platform/jobs.ts';
import { forgetLooks as forget } from './presence.actions.ts';

export const forgetLooks = defineJob({
  name: 'live.forget_looks',
  every: '* * * * *',
  payload: z.object({}),
  run: (tools) => forget(tools),
});
