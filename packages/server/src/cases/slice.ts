/** What cases give to the house. */
import type { Slice } from '../platform/slice.ts';
import { besideRoutes } from './beside.routes.ts';
import { proposeCaseEnds, sendHeld, sendOverdue } from './case.jobs.ts';
import { caseRoutes } from './case.routes.ts';
import { clockRoutes } from './clock.routes.ts';
import { listRoutes } from './list.routes.ts';
import { tellOfCase } from './notice.jobs.ts';
import { talkRoutes } from './talk.routes.ts';

export const casesSlice: Slice = {
  name: 'cases',
  routes(app, tools) {
    listRoutes(app, tools);
    caseRoutes(app, tools);
    talkRoutes(app, tools);
    besideRoutes(app, tools);
    clockRoutes(app, tools);
  },
  jobs: [sendHeld, proposeCaseEnds, tellOfCase],
  clockwork: [sendOverdue],
};
