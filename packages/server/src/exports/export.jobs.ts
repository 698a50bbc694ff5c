/** Exports that are written, and those whose day is over. */
import { z } from 'zod';
import { defineJob, type Job } from '../platform/jobs.ts';
import type { ListingOf } from './export.routes.ts';
import { letExportsGo, writeExport } from './write.actions.ts';

export const writeJob = (listingOf: ListingOf): Job<{ exportId: string }> =>
  defineJob({
    name: 'exports.write',
    payload: z.object({ exportId: z.uuid() }),
    run: (tools, { exportId }) => writeExport(tools, listingOf, exportId),
  });

export const forgetOldExports = defineJob({
  name: 'exports.forget',
  every: '*/10 * * * *',
  payload: z.object({}),
  run: letExportsGo,
});
