/** What notify gives to the house. */
import type { Slice } from '../platform/slice.ts';
import { forgetNotices } from './notice.jobs.ts';
import { noticeRoutes } from './notice.routes.ts';

export const notifySlice: Slice = {
  name: 'notify',
  routes: noticeRoutes,
  clockwork: [forgetNotices],
};
